"""Reading the inputs of planned resources: what a rule may know while outputs do not exist yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.plan import Column, Concat, List, Lit, Map, Plan, Repeat, Resource, Value, row_keys
from rackwright.plan.values import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rackwright.diagnostics import Path

Known: TypeAlias = Any
UNKNOWN: Known = object()
"""Stands for what is known only while the program runs."""


def resources(plan: Plan) -> Iterator[tuple[Resource, Repeat | None]]:
    """Yield every resource of a plan with the Repeat it stands in."""
    for node, repeat in plan.singles():
        if isinstance(node, Resource):
            yield node, repeat


def known(value: Value) -> Known:
    """Return a value as Python data, with UNKNOWN wherever it is not known yet."""
    match value:
        case Lit(scalar):
            return scalar
        case List(items):
            return [known(item) for item in items]
        case Map(items):
            return {key: known(item) for key, item in items}
        case _:
            return UNKNOWN


def at(resource: Resource, path: str) -> tuple[Known, ...]:
    """Return what stands at a dotted path, as "metadata_options.http_tokens".

    One value for each item of the lists on the way and at the end; (None,) where nothing is set.
    """
    found: Known = {name: known(value) for name, value in resource.inputs}
    return tuple(_below(found, tuple(path.split(".")))) or (None,)


def origin(resource: Resource, path: str) -> Path:
    """Return where a blueprint overrides what stands at a dotted path; what caused the resource where it does not."""
    wanted = tuple(path.split("."))
    for one in resource.overrides:
        said = tuple(part for part in one.argument if not part.isdecimal())
        if said == wanted[: len(said)]:
            return one.origin
    return resource.origin


def _below(found: Known, path: tuple[str, ...]) -> Iterator[Known]:
    if isinstance(found, list):
        for item in found:
            yield from _below(item, path)
    elif not path or found is UNKNOWN:
        yield found
    else:
        yield from _below(found.get(path[0]) if isinstance(found, dict) else None, path[1:])


def texts(value: Value, repeat: Repeat | None) -> tuple[str, ...]:
    """Return every text a name takes, one per row of the Repeat it stands in; none where a part is not known."""
    rows = _column(value, dict(repeat.table) if repeat else {}, row_keys(repeat.over) if repeat else ("",))
    return tuple(text for text in rows if text is not None)


def _column(value: Value, table: dict[str, tuple[Value, ...]], keys: tuple[str, ...]) -> Sequence[str | None]:
    """Return the text of a value in every row, None where a part of it is not known."""
    match value:
        case Lit(scalar):
            return (None if scalar is None else str(scalar),) * len(keys)
        case Column(name) if name == KEY:
            return keys
        case Column(name) if len(table.get(name, ())) == len(keys):
            return [_column(cell, {}, (key,))[0] for cell, key in zip(table[name], keys, strict=True)]
        case Concat(parts):
            rows = zip(*(_column(part, table, keys) for part in parts), strict=True)
            return [None if None in row else "".join(text or "" for text in row) for row in rows]
        case _:
            return (None,) * len(keys)
