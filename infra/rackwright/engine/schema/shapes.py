"""Looking through the SDKs' types: optional, input and union wrappers around the one type that matters."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from typing import Any


def core(kind: Any) -> Any:
    """Return the type inside Optional, Awaitable, Output and unions of twins: an input or output class wins."""
    options = [option for option in _options(kind) if option is not type(None)]
    classes = [option for option in options if is_struct(option)]
    if classes:
        return classes[0]
    plain = [option for option in options if typing.get_origin(option) in {None, list, dict, Sequence, Mapping}]
    return plain[0] if plain else kind


def is_struct(kind: Any) -> bool:
    """Return whether the type is one of the SDK's input or output classes."""
    from pulumi import _types

    return isinstance(kind, type) and (_types.is_input_type(kind) or _types.is_output_type(kind))


def item_of(kind: Any) -> Any:
    """Return the item type of a list or map type, else None."""
    inner = typing.get_args(kind)
    return core(inner[-1]) if inner and typing.get_origin(kind) in {list, dict, Sequence, Mapping} else None


def is_list(kind: Any) -> bool:
    """Return whether the type is a list."""
    return typing.get_origin(kind) in {list, Sequence}


def is_map(kind: Any) -> bool:
    """Return whether the type is a plain map, whose keys are data."""
    return typing.get_origin(kind) in {dict, Mapping}


def _options(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        return tuple(inner for option in typing.get_args(kind) for inner in _options(option))
    return (kind,)


def accepts_text(kind: Any) -> bool:
    """Return whether a plain text is one of the forms the type may take (JSON documents, enums)."""
    import enum

    return any(
        option is str or (isinstance(option, type) and issubclass(option, enum.Enum)) for option in _options(kind)
    )
