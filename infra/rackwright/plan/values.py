"""The closed set of values a plan may hold: no lambdas, no Python text, no conditionals."""

from __future__ import annotations

from typing import TypeAlias

from rackwright.diagnostics.record import dataclass

Scalar: TypeAlias = str | int | float | bool | None
OutPath: TypeAlias = tuple[str | int, ...]
KEY = "key"
"""The column every Repeat has: the key of the row."""


@dataclass(frozen=True, slots=True)
class Lit:
    """A scalar that is known while planning."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class List:
    """An ordered list."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping with string keys, in the order in which a reader should meet them."""

    items: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Out:
    """An output of another node: `path` starts with the output's Python name.

    Toward a node of a Repeat, `row` names the row; without one it is the row being expanded.
    """

    node: str
    path: OutPath
    row: Value | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """The same output of every row of a Repeat: a map from row key, or a list in row order."""

    node: str
    path: OutPath
    keyed: bool = True


@dataclass(frozen=True, slots=True)
class Concat:
    """Text put together from parts, each a string, a column or an output."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Json:
    """A value serialized as JSON text (policy documents)."""

    value: Value


@dataclass(frozen=True, slots=True)
class ConfigSecret:
    """A secret the stack's owner sets with `pulumi config set --secret KEY`."""

    key: str


@dataclass(frozen=True, slots=True)
class StackOut:
    """A required output of another stack; `stack` is the key of a StackReference node."""

    stack: str
    path: OutPath


@dataclass(frozen=True, slots=True)
class Column:
    """The cell of the current row of a Repeat; `Column(KEY)` is the row's key."""

    name: str


@dataclass(frozen=True, slots=True)
class Span:
    """Items of a list that differ only in a number: `item` for `column` = start, ..., stop-1. Stands in a List.

    `type` is the token of the items' input type (aws:ec2:LaunchTemplateNetworkInterface), which a type checker
    cannot find out for itself in a comprehension.
    """

    type: str
    column: str
    start: int
    stop: int
    item: Map


Value: TypeAlias = Lit | List | Map | Out | Each | Concat | Json | ConfigSecret | StackOut | Column | Span


def children(value: Value) -> tuple[Value, ...]:
    """Return the values directly inside `value`."""
    match value:
        case Lit():
            return ()
        case List(items):
            return items
        case Map(items):
            return tuple(item for _, item in items)
        case Concat(parts):
            return parts
        case Json(inner) | Span(item=inner):
            return (inner,)
        case Out(_, _, row) if row is not None:
            return (row,)
        case _:
            return ()


def walk(value: Value) -> tuple[Value, ...]:
    """Return `value` and everything inside it, outermost first."""
    found = [value]
    for one in found:
        found.extend(children(one))
    return tuple(found)
