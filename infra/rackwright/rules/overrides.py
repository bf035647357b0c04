"""Overrides of planned resources: of roles that there are not, of what is protected, of the wrong type."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from rackwright.derive.overrides import KEY, Said, Wrong, unknown_role, wrong
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.budget import Priced
from rackwright.rules.inputs import resources
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.plan import Resource

UNKNOWN_ROLE = Problem(
    "OVER-E101",
    Severity.ERROR,
    "An override of something that is not planned",
    "Overrides are keyed by role: the name that the program of the site or cluster gives a resource, which plan.json "
    "has as its key. A resource that is only planned where something else is said has no role without it.",
    "overrides: {template: {metadata_options: {http_put_response_hop_limit: 3}}}",
)
PROTECTED = Problem(
    "OVER-E102",
    Severity.ERROR,
    "An override of what is protected",
    "Tags and labels, deletion, place and machine of a resource are said where the language has a key for them. "
    "Programs, checks, prices and whoever looks for leftovers rely on them.",
    "labels: {project: speech}",
)
REFUSED = Problem(
    "OVER-E103",
    Severity.ERROR,
    "An override that the resource does not take",
    "An argument has a type: that of what is planned in its place, and that of the installed SDK, which `compile` and "
    "`plan` look at. Mappings are merged, and a mapping over a list names its items by number; all else is replaced.",
    'overrides: {template: {block_device_mappings: {"0": {ebs: {volume_initialization_rate: 300}}}}}',
)
OUT_OF_BOUNDS = Problem(
    "OVER-E104",
    Severity.ERROR,
    "An override that the provider refuses",
    "The clouds' own providers look at arguments before they call anything: words of an enumeration, bounds, forms, "
    "what excludes what. Where the catalog holds that, `compile` and `plan` look at it too.",
    "overrides: {template: {metadata_options: {http_put_response_hop_limit: 64}}}",
)


class OverrideRule(Rule[Priced]):
    """Rules of one shape: overrides of every site and cluster beside what is planned."""

    def check(self, subject: Priced) -> Iterator[Finding]:
        """Look at every override of every stack."""
        roles = {plan.stack: {one.key: one for one, _ in resources(plan)} for plan in subject.plans}
        for stack, said, origin in overrides(subject):
            for one in self.mistakes(said, roles.get(stack, {}), stack, origin):
                yield self.problem.at(one.path, one.message, one.hint, of_key=True)

    @abstractmethod
    def mistakes(self, said: Said, roles: dict[str, Resource], stack: str, origin: Path) -> Iterator[Wrong]:
        """Yield what is wrong with the overrides of one stack."""


class UnknownRole(OverrideRule):
    """An override of a role that nothing planned has."""

    problem: ClassVar[Problem] = UNKNOWN_ROLE

    def mistakes(self, said: Said, roles: dict[str, Resource], stack: str, origin: Path) -> Iterator[Wrong]:
        """Yield the roles that there are not."""
        yield from unknown_role(said, roles, stack, origin)


class OfKind(OverrideRule):
    """An override that is not made, because the argument is protected or has another type."""

    protected: ClassVar[bool]

    def mistakes(self, said: Said, roles: dict[str, Resource], stack: str, origin: Path) -> Iterator[Wrong]:
        """Yield what is not made."""
        del stack
        for role in said.keys() & roles.keys():
            found = wrong(roles[role], said[role], (*origin, role))
            yield from (one for one in found if one.protected is self.protected)


class ProtectedArgument(OfKind):
    """An override of an argument that is protected."""

    problem = PROTECTED
    protected = True


class RefusedArgument(OfKind):
    """An override of another type than what is planned."""

    problem = REFUSED
    protected = False


def overrides(subject: Priced) -> Iterator[tuple[str, Said, Path]]:
    """Yield the overrides of every site and cluster: its stack, what is overridden, and where that stands."""
    for name, site in subject.blueprint.sites.items():
        stack = f"{subject.blueprint.name}.{name}"
        if site.overrides:
            yield stack, site.overrides, ("sites", name, KEY)
        for key, cluster in site.clusters.items():
            if cluster.overrides:
                yield f"{stack}.{key}", cluster.overrides, ("sites", name, "clusters", key, KEY)


RULES: tuple[Rule[Priced], ...] = (UnknownRole(), ProtectedArgument(), RefusedArgument())
