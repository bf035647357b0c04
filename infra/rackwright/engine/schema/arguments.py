"""Arguments under their Python names, as a blueprint overrides them, against the installed SDK: the nearest names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import suggest
from rackwright.diagnostics.record import dataclass
from rackwright.engine.records import Unknown
from rackwright.engine.schema import sdk
from rackwright.engine.schema.check import fits, required
from rackwright.engine.schema.shapes import accepts_text, core, is_list, is_map, is_struct, item_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Refused:
    """One argument that a resource does not take: names and numbers that lead to it, why, what it does take."""

    path: tuple[str, ...]
    reason: str
    hint: str = ""


def refused(token: str, arguments: Mapping[str, Any]) -> tuple[Refused, ...]:
    """Return everything that the SDK refuses in some of a resource's arguments."""
    return tuple(_named(sdk.args_class(token), sdk.input_types(token), arguments, ()))


def _named(cls: Any, kinds: Mapping[str, Any], given: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[Refused]:
    names = sdk.input_names(cls)
    for name, value in given.items():
        if name in names:
            yield from _value(kinds[names[name]], value, (*at, name))
        else:
            yield Refused((*at, name), f"there is no argument '{name}'", suggest(name, names))


def _value(kind: Any, value: Any, at: tuple[str, ...]) -> Iterator[Refused]:
    inner = core(kind)
    if value is None or isinstance(value, Unknown) or (isinstance(value, str) and accepts_text(kind)):
        return
    if is_struct(inner) and isinstance(value, dict):
        yield from _struct(inner, value, at)
    elif is_list(inner) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _value(item_of(inner), item, (*at, str(index)))
    elif is_map(inner) and isinstance(value, dict):
        for key, item in value.items():
            yield from _value(item_of(inner), item, (*at, key))
    elif is_struct(inner) or is_list(inner) or is_map(inner) or not fits(inner, value):
        yield Refused(at, f"{at[-1]} is {_words(inner)}, not {value!r}")


def _struct(cls: Any, value: dict[str, Any], at: tuple[str, ...]) -> Iterator[Refused]:
    from pulumi import _types

    names = sdk.input_names(cls)
    lacking = sorted(name for name, wire in names.items() if wire in required(cls) and name not in value)
    for name in lacking:
        yield Refused(at, f"{at[-1]} lacks '{name}'", "say it beside the others")
    yield from _named(cls, _types.input_type_types(cls), value, at)


def _words(kind: Any) -> str:
    if is_struct(kind) or is_map(kind):
        return "a mapping"
    if is_list(kind):
        return "a list"
    return {str: "text", bool: "true or false", int: "a whole number", float: "a number"}.get(kind, str(kind))
