"""plan.json: the canonical, versioned form of a plan. Same plan, same text; text and plan convert both ways."""

from __future__ import annotations

import dataclasses
import json
import types
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from rackwright.plan.plan import Plan

FORMAT = 2
"""Version of the plan.json format; grows when an older reader would misread a newer file."""


def to_json(plan: Plan) -> str:
    """Return the canonical text of `plan`, ending in a newline."""
    return json.dumps({"format": FORMAT, "plan": encode(plan)}, indent=1, ensure_ascii=False) + "\n"


def from_json(text: str) -> Plan:
    """Return the plan in `text`; raises ValueError where the text is of another format version."""
    document = json.loads(text)
    if document.get("format") != FORMAT:
        raise ValueError(f"plan.json has format {document.get('format')!r}, this rackwright reads {FORMAT}")
    plan = _decode(document["plan"], Plan)
    if not isinstance(plan, Plan):
        raise TypeError("plan.json does not hold a plan")
    return plan


def encode(thing: object) -> Any:
    """Return `thing` as JSON data: dataclasses become objects tagged `is`, fields at their default are left out."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {f.name: getattr(thing, f.name) for f in dataclasses.fields(thing) if not _is_default(thing, f)}
        return {"is": type(thing).__name__, **{name: encode(item) for name, item in fields.items()}}
    if isinstance(thing, tuple):
        return [encode(item) for item in thing]
    return thing


def _is_default(thing: object, field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING and bool(getattr(thing, field.name) == field.default)


def _decode(data: Any, hint: Any) -> Any:
    """Return `data` as the type `hint` says: a dataclass by its tag, a tuple, or a scalar."""
    if isinstance(data, dict):
        cls = _classes(hint)[data["is"]]
        hints = _hints(cls)
        return cls(**{name: _decode(item, hints[name]) for name, item in data.items() if name != "is"})
    if isinstance(data, list):
        return _decode_tuple(data, next(h for h in _options(hint) if get_origin(h) is tuple))
    return data


def _decode_tuple(data: list[Any], hint: Any) -> tuple[Any, ...]:
    inner = get_args(hint)
    if len(inner) == 2 and inner[1] is Ellipsis:  # noqa: PLR2004 - tuple[T, ...]
        return tuple(_decode(item, inner[0]) for item in data)
    return tuple(_decode(item, each) for item, each in zip(data, inner, strict=True))


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in {types.UnionType, Union} else (hint,)


def _classes(hint: Any) -> dict[str, Any]:
    return {option.__name__: option for option in _options(hint) if isinstance(option, type)}


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)
