"""Who refers to whom in a plan: decides whether a node needs a variable, a dict, or no name at all."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from rackwright.plan import ROW, Each, Invoke, Out, Provider, Repeat, Resource, StackOut, StackReference, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.plan import Options, Plan, Single, Value


class Form(Enum):
    """How a node appears in its program."""

    BARE = "bare expression"
    VARIABLE = "variable"
    DICT = "one entry a row of a dict"


class Usage:
    """The references of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._singles = {node.key: (node, repeat) for node, repeat in plan.singles()}
        self._form = dict.fromkeys(self._singles, Form.BARE)
        for node, repeat in plan.singles():
            for value in values_of(node):
                self._note(value, repeat)
            for key, row in _refs(node):
                self._refer(key, row, repeat)
        for export in plan.exports:
            self._note(export.value, None)

    def node(self, key: str) -> Single:
        """Return the node named `key`."""
        return self._singles[key][0]

    def repeated(self, key: str) -> bool:
        """Return whether node `key` stands in a Repeat."""
        return self._singles[key][1] is not None

    def form(self, key: str) -> Form:
        """Return how node `key` must appear so that everything can refer to it."""
        return self._form[key]

    def _note(self, value: Value, inside: Repeat | None) -> None:
        for part in walk(value):
            match part:
                case Out(node, _, row):
                    self._refer(node, row, inside)
                case Each(node, _, _):
                    self._form[node] = Form.DICT
                case StackOut(stack, _):
                    self._form[stack] = Form.VARIABLE
                case _:
                    continue

    def _refer(self, key: str, row: Value | None, inside: Repeat | None) -> None:
        _, home = self._singles[key]
        local = home is None or (inside is home and row in {None, ROW})
        if not local:
            self._form[key] = Form.DICT
        elif self._form[key] is Form.BARE:
            self._form[key] = Form.VARIABLE


def values_of(node: Single) -> Iterator[Value]:
    """Yield every value of a node: inputs, name and aliases."""
    if isinstance(node, (Resource, Provider)):
        yield node.name
    if not isinstance(node, StackReference):
        yield from (value for _, value in node.inputs)
    if isinstance(node, (Resource, Invoke)):
        yield from node.options.aliases


def _refs(node: Single) -> Iterator[tuple[str, Value | None]]:
    options: Options | None = node.options if isinstance(node, (Resource, Invoke)) else None
    if options is None:
        return
    if options.provider:
        yield options.provider, None
    for ref in options.depends_on:
        yield ref.node, ref.row
