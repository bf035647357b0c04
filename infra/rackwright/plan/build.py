"""Short ways to write values, so that planning reads like the program it plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from rackwright.plan.values import KEY, Column, Concat, List, Lit, Map, Out, OutPath, Scalar, Value

Plain: TypeAlias = Value | Scalar | Sequence["Plain"] | Mapping[str, "Plain"]
"""A value as a planner writes it: scalars, lists and dicts become Lit, List and Map."""

ROW = Column(KEY)
"""The key of the row being expanded."""


def value(plain: Plain) -> Value:
    """Return `plain` as a Value, recursively."""
    match plain:
        case None | bool() | int() | float() | str():
            return Lit(plain)
        case Mapping():
            return Map(tuple((key, value(item)) for key, item in plain.items()))
        case Sequence():
            return List(tuple(value(item) for item in plain))
        case _:
            return plain


def args(**plain: Plain) -> tuple[tuple[str, Value], ...]:
    """Return the inputs of a node in the order written; an argument that is None is left out."""
    return tuple((name, value(item)) for name, item in plain.items() if item is not None)


def out(node: str, *path: str | int, row: Plain = None) -> Out:
    """Return the output `path` of `node` (default: its id), of the given row."""
    where: OutPath = path or ("id",)
    return Out(node, where, None if row is None else value(row))


def text(*parts: Plain) -> Value:
    """Return text put together from parts; neighboring literals melt into one."""
    melted: list[Value] = []
    for part in map(value, parts):
        if isinstance(part, Lit) and melted and isinstance(melted[-1], Lit):
            melted[-1] = Lit(f"{melted[-1].value}{part.value}")
        else:
            melted.append(part)
    return melted[0] if len(melted) == 1 else Concat(tuple(melted))
