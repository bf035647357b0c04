"""Renames that cannot be: from a name that something still has, that two claim, or that is the new one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.rules.places import sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rackwright.blueprint import AcceleratorCluster, Cluster, Link, Site, Storage

NAMES = "https://www.pulumi.com/docs/iac/concepts/resources/options/aliases/"
KEY = "renamed_from"


@dataclass(frozen=True, slots=True)
class Siblings:
    """Things of one kind side by side: what each was called before (None: so already), and where they stand."""

    kind: str
    before: dict[str, str | None]
    path: Path


class TakenOver(Rule[Blueprint]):
    """A rename from a name that is still in use, or that two things claim."""

    problem = Problem(
        "NAME-E102",
        Severity.ERROR,
        "A rename takes over a name that is not free",
        "`renamed_from` hands what stands under the old name to the new one. As long as something else has the old "
        "name, or two say that they had it, nobody can tell whose the machines and the data are.",
        "clusters:\n  learn: {renamed_from: train, machine: p5.48xlarge, nodes: 16}",
        (NAMES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at sites, links, clusters and storage, each among those beside it."""
        for group in _siblings(subject):
            claims = Counter(before for before in group.before.values() if before)
            for name, before in group.before.items():
                if before is None or before == name:
                    continue
                at = (*group.path, name, KEY)
                if before in group.before:
                    message = f"there is still a {group.kind} '{before}'"
                    yield self.problem.at(at, message, f"delete '{before}', or leave {KEY} out")
                elif claims[before] > 1:
                    message = f"{claims[before]} things here say that they were '{before}'"
                    yield self.problem.at(at, message, "one takes over what stands, the others are new")


class RenamedToItself(Rule[Blueprint]):
    """A rename that is none."""

    problem = Problem(
        "NAME-E103",
        Severity.ERROR,
        "Something is renamed to the name that it had",
        "A name before is another name than the one now.",
        "name: aurora\nrenamed_from: dawn",
        (NAMES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at everything that can be renamed."""
        if subject.renamed_from == subject.name:
            yield self._finding((), subject.name)
        for group in _siblings(subject):
            for name, before in group.before.items():
                if before == name:
                    yield self._finding((*group.path, name), name)

    def _finding(self, path: Path, name: str) -> Finding:
        return self.problem.at((*path, KEY), f"'{name}' is its name now", f"leave {KEY} out, or say what it was")


def _siblings(blueprint: Blueprint) -> Iterator[Siblings]:
    yield Siblings("site", _before(blueprint.sites), ("sites",))
    yield Siblings("link", _before(blueprint.links), ("links",))
    for place in sites(blueprint):
        yield Siblings("storage", _before(place.site.storage), (*place.path, "storage"))
        yield Siblings("cluster", _before(place.site.clusters), (*place.path, "clusters"))


def _before(named: Mapping[str, Site | Link | Storage | Cluster | AcceleratorCluster]) -> dict[str, str | None]:
    return {name: None if isinstance(one, BlockStorage) else one.renamed_from for name, one in named.items()}


RULES: tuple[Rule[Blueprint], ...] = (TakenOver(), RenamedToItself())
