"""Python names to wire names: struct keys are translated, keys of plain maps (tags) are data and stay."""

from __future__ import annotations

from typing import Any

from rackwright.engine.schema import sdk
from rackwright.engine.schema.shapes import core, is_list, is_struct, item_of


def inputs_to_wire(token: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return a resource's inputs with wire names throughout; None is left out, as the SDK does."""
    cls, kinds = sdk.args_class(token), sdk.input_types(token)
    names = sdk.input_names(cls)
    wire = {names[name]: to_wire(core(kinds[names[name]]), value) for name, value in inputs.items()}
    return {name: value for name, value in wire.items() if value is not None}


def arguments_to_wire(token: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return a function's arguments with wire names throughout."""
    kinds = sdk.function_types(token)
    return {sdk.camel(name): to_wire(core(kinds[name]), value) for name, value in arguments.items()}


def to_wire(kind: Any, value: Any) -> Any:
    """Return a value of the SDK type `kind` with wire names throughout."""
    if isinstance(value, dict) and is_struct(kind):
        from pulumi import _types

        names, kinds = sdk.input_names(kind), _types.input_type_types(kind)
        return {names[key]: to_wire(core(kinds[names[key]]), item) for key, item in value.items()}
    if isinstance(value, list) and is_list(kind):
        return [to_wire(item_of(kind), item) for item in value]
    return value
