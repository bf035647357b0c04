"""Checking inputs against the installed SDK: unknown, missing and wrongly typed arguments, at any depth."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import suggest
from rackwright.diagnostics.record import dataclass
from rackwright.engine.records import Unknown
from rackwright.engine.schema import sdk
from rackwright.engine.schema.shapes import accepts_text, core, is_list, is_map, is_struct, item_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLAIN: dict[Any, tuple[type, ...]] = {str: (str,), bool: (bool,), int: (int,), float: (int, float)}
SDK_INPUTS = {"__defaults"}
"""What the SDK itself puts among the inputs."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the schema refuses: where in the inputs, and why."""

    path: str
    reason: str


def problems(token: str, inputs: dict[str, Any]) -> tuple[Problem, ...]:
    """Return everything the SDK's schema refuses in a resource's inputs (wire names)."""
    kinds = sdk.input_types(token)
    return tuple(_struct(sdk.args_class(token), kinds, inputs, ""))


def _struct(cls: Any, kinds: Mapping[str, Any], given: dict[str, Any], at: str) -> Iterator[Problem]:
    for name in given.keys() - kinds.keys() - SDK_INPUTS:
        yield Problem(f"{at}{name}", f"is no argument; {suggest(name, kinds)}")
    for name in required(cls) - given.keys():
        yield Problem(f"{at}{name}", "is required")
    for name, value in given.items():
        if name in kinds:
            yield from _value(kinds[name], value, f"{at}{name}")


def _value(kind: Any, value: Any, at: str) -> Iterator[Problem]:
    inner = core(kind)
    if value is None or isinstance(value, Unknown) or (isinstance(value, str) and accepts_text(kind)):
        return
    if is_struct(inner) and isinstance(value, dict):
        from pulumi import _types

        yield from _struct(inner, _types.input_type_types(inner), value, f"{at}.")
    elif is_list(inner) and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _value(item_of(inner), item, f"{at}[{index}]")
    elif is_map(inner) and isinstance(value, dict):
        for key, item in value.items():
            yield from _value(item_of(inner), item, f"{at}[{key}]")
    elif is_struct(inner) or is_list(inner) or is_map(inner) or not fits(inner, value):
        yield Problem(at, f"must be {getattr(inner, '__name__', inner)}, is {value!r}")


def fits(kind: Any, value: Any) -> bool:
    """Return whether a plain value is of a plain type."""
    wanted = PLAIN.get(kind)
    if wanted is None:
        return True
    return isinstance(value, wanted) and (kind is bool or not isinstance(value, bool))


def required(cls: Any) -> frozenset[str]:
    """Return the wire names of the arguments that an input class cannot do without."""
    names = sdk.input_names(cls)
    parameters = signature(cls.__init__).parameters
    return frozenset(
        wire for name, wire in names.items() if name in parameters and parameters[name].default is Parameter.empty
    )
