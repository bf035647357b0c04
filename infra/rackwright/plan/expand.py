"""The only meaning of Repeat: a plan as the flat list of nodes it stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rackwright.plan.nodes import (
    Invoke,
    Options,
    Provider,
    Ref,
    Repeat,
    Resource,
    Single,
    StackReference,
    row_keys,
)
from rackwright.plan.plan import Export, Plan
from rackwright.plan.values import KEY, Column, Concat, Each, Json, List, Lit, Map, Out, Span, Value


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a Repeat while it is expanded: its cells by column, its key among them."""

    repeat: str
    cells: dict[str, Value]


NO_ROW = Row("", {})


class Expander:
    """Resolves columns, rows and Each of one plan; expanded nodes hold none of them.

    In an expansion every Out toward a repeated node names its row as a literal.
    """

    def __init__(self, plan: Plan) -> None:
        self._repeat_of = {
            inner.key: repeat for repeat in plan.nodes if isinstance(repeat, Repeat) for inner in repeat.body
        }

    def value(self, value: Value, row: Row) -> Value:
        """Return `value` with every column, row and Each resolved for `row`."""
        match value:
            case Column(name):
                return row.cells[name]
            case List(items):
                return List(tuple(one for item in items for one in self._items(item, row)))
            case Map(items):
                return Map(tuple((key, self.value(item, row)) for key, item in items))
            case Json(inner):
                return Json(self.value(inner, row))
            case Concat(parts):
                return _melt(tuple(self.value(part, row) for part in parts))
            case Out():
                return self._out(value, row)
            case Each():
                return self._each(value)
            case _:
                return value

    def _items(self, item: Value, row: Row) -> tuple[Value, ...]:
        if not isinstance(item, Span):
            return (self.value(item, row),)
        rows = (Row(row.repeat, {**row.cells, item.column: Lit(n)}) for n in range(item.start, item.stop))
        return tuple(self.value(item.item, each) for each in rows)

    def _out(self, out: Out, row: Row) -> Out:
        if out.node not in self._repeat_of:
            return out
        return replace(out, row=row.cells[KEY] if out.row is None else self.value(out.row, row))

    def _each(self, each: Each) -> Value:
        keys = row_keys(self._repeat_of[each.node].over)
        outs = tuple((key, Out(each.node, each.path, Lit(key))) for key in keys)
        return Map(outs) if each.keyed else List(tuple(out for _, out in outs))

    def _refs(self, ref: Ref, row: Row) -> tuple[Ref, ...]:
        repeat = self._repeat_of.get(ref.node)
        if repeat is None:
            return (ref,)
        if ref.row is not None:
            return (Ref(ref.node, self.value(ref.row, row)),)
        if repeat.key == row.repeat:
            return (Ref(ref.node, row.cells[KEY]),)
        return tuple(Ref(ref.node, Lit(key)) for key in row_keys(repeat.over))

    def options(self, options: Options, row: Row) -> Options:
        """Return `options` with references and aliases resolved for one row."""
        return replace(
            options,
            depends_on=tuple(one for ref in options.depends_on for one in self._refs(ref, row)),
            aliases=tuple(self.value(alias, row) for alias in options.aliases),
        )

    def single(self, node: Single, row: Row) -> Single:
        """Return one node with its values resolved."""
        match node:
            case Resource():
                name = self.value(node.name, row)
                return replace(node, name=name, inputs=self._inputs(node, row), options=self.options(node.options, row))
            case Invoke():
                return replace(node, inputs=self._inputs(node, row), options=self.options(node.options, row))
            case Provider():
                return replace(node, inputs=self._inputs(node, row))
            case StackReference():
                return node

    def _inputs(self, node: Resource | Invoke | Provider, row: Row) -> tuple[tuple[str, Value], ...]:
        return tuple((name, self.value(value, row)) for name, value in node.inputs)


def rows(repeat: Repeat) -> tuple[tuple[str, Row], ...]:
    """Return every row of a Repeat with its key, in order."""
    return tuple(
        (key, Row(repeat.key, {KEY: Lit(key), **{column: cells[at] for column, cells in repeat.table}}))
        for at, key in enumerate(row_keys(repeat.over))
    )


def expand(plan: Plan) -> tuple[tuple[str | None, Single], ...]:
    """Return every node the plan stands for, in program order, with its row key (None: not repeated)."""
    expander = Expander(plan)
    flat: list[tuple[str | None, Single]] = []
    for node in plan.nodes:
        if isinstance(node, Repeat):
            flat.extend((key, expander.single(inner, row)) for key, row in rows(node) for inner in node.body)
        else:
            flat.append((None, expander.single(node, NO_ROW)))
    return tuple(flat)


def expand_exports(plan: Plan) -> tuple[Export, ...]:
    """Return the exports with every Each resolved."""
    expander = Expander(plan)
    return tuple(Export(export.name, expander.value(export.value, NO_ROW)) for export in plan.exports)


def _melt(parts: tuple[Value, ...]) -> Value:
    """Return the parts as one literal where all are known, else as they are."""
    if all(isinstance(part, Lit) for part in parts):
        return Lit("".join(str(part.value) for part in parts if isinstance(part, Lit)))
    return Concat(parts)
