"""Typed values that say where they come from: unique to the thing that gives them and the path to them.

A text carries its origin in clear; a number is a digest of it, odd and large enough not to meet by chance. A boolean
cannot be unique, nor can a word of an enumeration: programs do not compute with those of other resources, and the
proof says nothing about them.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import Any

from rackwright.engine.schema.shapes import core, is_list, is_map, is_struct, item_of

LONGEST, NESTED = 64, 2
"""How many items lists have: at the top, and inside other values. A program that reaches beyond fails the proof."""
DEEPEST = 6
NUMBERS = 1 << 40


def sentinel(origin: str, kind: Any, depth: int = 0) -> Any:
    """Return the sentinel for a value of the SDK type `kind`, with wire names; `origin` is unique to it."""
    kind = core(kind)
    if is_struct(kind) and depth < DEEPEST:
        from pulumi import _types

        kinds = _types.output_type_types(kind) if _types.is_output_type(kind) else _types.input_type_types(kind)
        return {name: sentinel(f"{origin}.{name}", inner, depth + 1) for name, inner in kinds.items()}
    if is_list(kind):
        return [
            sentinel(f"{origin}[{index}]", item_of(kind), depth + 1) for index in range(NESTED if depth else LONGEST)
        ]
    if is_map(kind):
        return {"some-key": sentinel(f"{origin}[some-key]", item_of(kind), depth + 1)}
    return _scalar(origin, kind)


def _scalar(origin: str, kind: Any) -> Any:
    if kind is bool:
        return True
    if kind is int:
        return _number(origin)
    if kind is float:
        return float(_number(origin))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    return f"<{origin}>"


def _number(origin: str) -> int:
    return int.from_bytes(hashlib.sha256(origin.encode()).digest()[:8], "big") % NUMBERS | 1
