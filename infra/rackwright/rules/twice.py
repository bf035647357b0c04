"""Two things with one name: in a program, where the second would replace the first, or in a project or account."""

from __future__ import annotations

from keyword import iskeyword
from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.plan import Each, Out, Plan, Repeat, Resource, walk
from rackwright.rules.inputs import known, resources, texts
from rackwright.rules.names import LIMITS
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITTEN = frozenset({"json", "pulumi", "aws", "gcp", "row", "dict", "str", "range"})
"""What programs write by these names."""
WITHIN = frozenset({"gcp:compute/routerNat:RouterNat", "gcp:kms/cryptoKey:CryptoKey"})
"""What has its name within another resource."""
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


class MeetingNames(Rule[tuple[Plan, ...]]):
    """A name that two stacks give in one project or account."""

    problem = Problem(
        "NAME-E105",
        Severity.ERROR,
        "Two stacks give one name in the same project or account",
        "Names in the cloud are those of datacenter, site and cluster joined by hyphens: cluster b-c of site a and "
        "cluster c of site a-b are called alike, and so is what a site makes for its bastion and a cluster named "
        "bastion. The second stack to be deployed would be refused half way.",
        "sites: {use1: {clusters: {train: {}}}, use1b: {clusters: {serve: {}}}}",
        ("https://cloud.google.com/compute/docs/naming-resources",),
    )

    def check(self, subject: tuple[Plan, ...]) -> Iterator[Finding]:
        """Look at every name that is the only one of its kind where it is given; one finding for two stacks."""
        seen: dict[Name, str] = {}
        told: set[tuple[str, str]] = set()
        for plan in subject:
            for name in _given(plan):
                first = seen.setdefault(name, plan.stack)
                if first != plan.stack and (first, plan.stack) not in told:
                    told.add((first, plan.stack))
                    message = f"'{name[-1]}' is a name that stack {first} gives already"
                    yield self.problem.at(_path(plan), message, "choose another name", of_key=True)


def _given(plan: Plan) -> Iterator[Name]:
    """Yield the names that a stack gives in its project or account, with what must not have the same and where."""
    for resource, repeat in resources(plan):
        inputs = dict(resource.inputs)
        place = next((known(inputs[key]) for key in ("zone", "location", "region") if key in inputs), "")
        for key, given in inputs.items():
            if (resource.type, key) in LIMITS and resource.type not in WITHIN:
                yield from ((plan.identity, resource.type, str(place), name) for name in texts(given, repeat))


def _path(plan: Plan) -> Path:
    """Return the site or the cluster that a stack is of."""
    _, site, *cluster = plan.stack.split(".")
    return ("sites", site, *(("clusters", cluster[0]) if cluster else ()))


RULES: tuple[Rule[Plan], ...] = (TakenName(),)
TOGETHER: tuple[Rule[tuple[Plan, ...]], ...] = (MeetingNames(),)
"""Rules that look at all plans of a blueprint at once."""
