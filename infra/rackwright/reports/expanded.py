"""An expanded blueprint as YAML with a comment behind each value, or as rows for a machine."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.blueprint.scalars import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rackwright.diagnostics import Path, Position

Label: TypeAlias = "Callable[[Path, Any], str]"
SAFE = re.compile("[A-Za-z0-9_/][A-Za-z0-9_./-]*")
OTHERS_READ = re.compile(r"(yes|no|on|off|y|n|\d{4}-\d\d-\d\d)", re.IGNORECASE)
"""What readers of older YAML take for booleans and dates."""


def as_yaml(data: dict[str, Any], label: Label) -> str:
    """Return data as YAML; `label` says of each value where it came from."""
    return "".join(f"{line}\n" for line in _mapping(data, (), label))


def as_rows(data: Any, origin: Callable[[Path, Any], Position | None], path: Path = ()) -> list[dict[str, Any]]:
    """Return a row for each value: its path, the value, and its place; None for a default."""
    inside = list(data.items() if isinstance(data, dict) else enumerate(data)) if isinstance(data, (dict, list)) else []
    if inside:
        return [row for key, one in inside for row in as_rows(one, origin, (*path, key))]
    return [{"path": list(path), "value": data, "origin": _place(origin(path, data))}]


def _place(at: Position | None) -> dict[str, Any] | None:
    heirs = [asdict(heir) for heir in at.inherited] if at else []
    return {"file": at.file, "line": at.line, "column": at.column, "inherited": heirs} if at else None


def _mapping(data: dict[str, Any], path: Path, label: Label) -> Iterator[str]:
    for key, one in data.items():
        here = (*path, key)
        if isinstance(one, dict) and one:
            yield f"{_text(key)}:"
            yield from (f"  {line}" for line in _mapping(one, here, label))
        elif isinstance(one, list) and any(isinstance(item, dict) for item in one):
            yield f"{_text(key)}:"
            for index, item in enumerate(one):
                first, *rest = _mapping(item, (*here, index), label)
                yield from (f"  - {first}", *(f"    {line}" for line in rest))
        else:
            yield f"{_text(key)}: {_value(one)}  # {label(here, one)}"


def _value(value: Any) -> str:
    match value:
        case dict():
            return "{}"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case str():
            return _text(value)
        case _:
            return json.dumps(value)


def _text(text: str) -> str:
    """Return text as a YAML scalar that any reader takes for text: quoted unless it is plainly a word."""
    if SAFE.fullmatch(text) and isinstance(plain(text), str) and not OTHERS_READ.fullmatch(text):
        return text
    return '"' + "".join(map(_character, text)) + '"'


def _character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"
