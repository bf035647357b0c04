"""Two things of one stack with one name: the second would take the first one's place in the program."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.plan import Each, Out, Plan, Repeat, Resource, walk
from rackwright.rules.inputs import texts
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN = frozenset({"json", "pulumi", "aws", "gcp", "row", "dict", "str", "range"})
"""What programs write by these names."""
Name = tuple[object, ...]


class TakenName(Rule[Plan]):
    """A name that the stack's program already has."""

    problem = Problem(
        "PLAN-E107",
        Severity.ERROR,
        "A name is already taken in the stack",
        "Names of storage become names in the program, among those of the network, keys and groups around it, and of "
        "Python itself. Two things with one name would be mistaken for each other: a bucket named `key` would be "
        "exported as the site's key.",
        "storage: {datasets: {kind: object}}",
        ("https://www.pulumi.com/docs/iac/concepts/resources/names/",),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every name of the program, every name of a resource, and every export."""
        seen: set[Name] = {("program", name) for name in _taken(subject)}
        told: set[Path] = set()
        for name, shown, origin in _names(subject):
            if name in seen and origin not in told:
                told.add(origin)
                message = f"the program of {subject.stack} already has something named '{shown}'"
                yield self.problem.at(origin, message, "choose another name")
            seen.add(name)


def _taken(plan: Plan) -> Iterator[str]:
    """Yield what no node may be called: modules, Python's own names, sections, and the variables of loops."""
    yield from WRITTEN
    yield from (section.name for section in plan.sections)
    yield from (node.row for node in plan.nodes if isinstance(node, Repeat))


def _names(plan: Plan) -> Iterator[tuple[Name, str, Path]]:
    """Yield everything that has a name: what it must be unique among and as what, how to say it, what caused it."""
    origins: dict[str, Path] = {}
    for node, repeat in plan.singles():
        origins[node.key] = node.origin
        yield ("program", "pulumi" if iskeyword(node.key) else node.key), node.key, node.origin
        if isinstance(node, Resource):
            for name in texts(node.name, repeat):
                yield ("resource", node.type, name), name, node.origin
    for loop in plan.nodes:
        if isinstance(loop, Repeat):
            yield ("constant", loop.key), loop.key.upper(), loop.origin
    for export in plan.exports:
        used = [part.node for part in walk(export.value) if isinstance(part, (Out, Each))]
        yield ("export", export.name), export.name, origins.get(used[0], ()) if used else ()


RULES: tuple[Rule[Plan], ...] = (TakenName(),)
