"""Plain values and the protobuf structs of Pulumi's protocol, both ways; secrets and unknowns become markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.engine.records import UNKNOWN, Secret, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from google.protobuf.struct_pb2 import Struct, Value

SIGNATURE = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - Pulumi's public marker, not a secret
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def decode(struct: Struct) -> dict[str, Any]:
    """Return a struct as plain data; whole doubles become int."""
    return {key: _decode(value) for key, value in struct.fields.items()}


def _decode(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    match kind:
        case "string_value":
            return UNKNOWN if value.string_value == UNKNOWN_TEXT else value.string_value
        case "number_value":
            return int(value.number_value) if value.number_value.is_integer() else value.number_value
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_decode(item) for item in value.list_value.values]
        case "struct_value":
            plain = decode(value.struct_value)
            return Secret(plain["value"]) if plain.get(SIGNATURE) == SECRET else plain
        case _:
            return None


def encode(plain: Mapping[str, Any]) -> Struct:
    """Return plain data with markers as a struct."""
    from google.protobuf.struct_pb2 import Struct

    struct = Struct()
    struct.update(_encode(plain))
    return struct


def _encode(plain: Any) -> Any:
    match plain:
        case Secret(value):
            return {SIGNATURE: SECRET, "value": _encode(value)}
        case Unknown():
            return UNKNOWN_TEXT
        case dict():
            return {key: _encode(item) for key, item in plain.items()}
        case list() | tuple():
            return [_encode(item) for item in plain]
        case _:
            return plain


def revealed(plain: Any) -> Any:
    """Return the value without its secret markers, for comparing and computing; never for showing."""
    match plain:
        case Secret(value):
            return revealed(value)
        case dict():
            return {key: revealed(item) for key, item in plain.items()}
        case list():
            return [revealed(item) for item in plain]
        case _:
            return plain


def marked(plain: Any, marker: type[Secret | Unknown]) -> bool:
    """Return whether a marker of that kind stands anywhere in the value."""
    match plain:
        case Secret(value):
            return marker is Secret or marked(value, marker)
        case Unknown():
            return marker is Unknown
        case dict():
            return any(marked(item, marker) for item in plain.values())
        case list():
            return any(marked(item, marker) for item in plain)
        case _:
            return False


__all__ = ["UNKNOWN", "decode", "encode", "marked", "revealed"]
