"""Inputs of a resource by wire name -> the parameters of an API operation, by the operation's own model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.model import Shape


class NotPassedError(Exception):
    """An input that the operation has no parameter for: nothing of a program may get lost on the way."""


def parameters(inputs: Mapping[str, Any], shape: Shape, renames: Mapping[str, str]) -> dict[str, Any]:
    """Return the parameters; raises NotPassedError for inputs that have no place among them.

    Names are compared without case; `renames` maps wire names, at any depth, to the API's own.
    """
    members = {name.lower(): name for name in shape.members}
    found: dict[str, Any] = {}
    for wire, given in inputs.items():
        name = members.get(renames.get(wire, wire).lower())
        if name is None:
            raise NotPassedError(f"{shape.name} has no parameter for {wire}")
        found[name] = _value(given, shape.members[name], renames)
    return found


def _value(given: Any, shape: Shape, renames: Mapping[str, str]) -> Any:
    match shape.type_name:
        case "structure":
            return parameters(given, shape, renames)
        case "list":
            names = {*getattr(shape.member, "members", ())}
            pair = next((one for one in ("Key", "Name") if {one, "Value"} == names), "")
            if isinstance(given, dict) and pair:
                return [{pair: key, "Value": text} for key, text in given.items()]
            return [_value(one, shape.member, renames) for one in (given if isinstance(given, list) else [given])]
        case "map":
            return {key: _value(one, shape.value, renames) for key, one in given.items()}
        case "boolean":
            return given is True or given == "true"
        case "integer" | "long":
            return int(given)
        case "string":
            return str(given)
        case _:
            return given
