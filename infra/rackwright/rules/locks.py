"""blueprint.lock: images that nothing holds still, and locks that are another's or say more than is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.blueprint.lock import Lock
from rackwright.derive.images import Alias, aliases, ids, locked_alias
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

AMIS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/finding-an-ami.html"
FAMILIES = "https://cloud.google.com/compute/docs/images/image-families-best-practices"


@dataclass(frozen=True, slots=True)
class Locked:
    """A blueprint and its lock, None where it has none."""

    blueprint: Blueprint
    lock: Lock | None

    @property
    def command(self) -> str:
        """What mends a lock."""
        return f"rackwright lock {self.blueprint.name}"


class Unlocked(Rule[Locked]):
    """An alias that each new node looks up anew."""

    problem = Problem(
        "LOCK-N101",
        Severity.NOTE,
        "The image is looked up when nodes are made",
        "An alias stands for the newest image of its kind. Nodes that stand keep theirs, but one that is added or "
        "replaced next month starts from another image than its neighbors, which nobody reviewed. `rackwright lock` "
        "writes the ids of today into blueprint.lock, and programs then hold ids alone.",
        "image: ami-0123456789abcdef0",
        (AMIS, FAMILIES),
    )

    def check(self, subject: Locked) -> Iterator[Finding]:
        """Look at every alias in use that has no lock beside it; one finding for each."""
        for alias, path in _used(subject).items() if subject.lock is None else ():
            yield self.problem.at(path, f"nothing says which {alias} it is", subject.command)


class LockLacks(Rule[Locked]):
    """An alias that a lock does not know."""

    problem = Problem(
        "LOCK-W102",
        Severity.WARNING,
        "The lock lacks an image in use",
        "The datacenter has a blueprint.lock, but not for this image, region or architecture, so it alone is looked up "
        "when nodes are made.",
        "image: ami-0123456789abcdef0",
        (AMIS, FAMILIES),
    )

    def check(self, subject: Locked) -> Iterator[Finding]:
        """Look at every alias in use; one finding for each."""
        known = ids(subject.lock)
        for alias, path in _used(subject).items():
            if subject.lock is not None and alias not in known:
                yield self.problem.at(path, f"blueprint.lock has no {alias}", subject.command)


class OtherDatacenter(Rule[Locked]):
    """A lock that was copied along."""

    problem = Problem(
        "LOCK-E103",
        Severity.ERROR,
        "The lock belongs to another datacenter",
        "A lock is written for one datacenter and reviewed with it. A copied one says what another team decided.",
        "datacenter: aurora",
    )

    def check(self, subject: Locked) -> Iterator[Finding]:
        """Compare names; a datacenter that was renamed keeps its lock."""
        given, name = subject.lock, subject.blueprint.name
        if given and given.datacenter not in {name, subject.blueprint.renamed_from}:
            message = f"this lock is of '{given.datacenter}', the blueprint of '{name}'"
            yield self.problem.at(("datacenter",), message, f"delete it, then {subject.command}")


class LockedTwice(Rule[Locked]):
    """Two ids for one image."""

    problem = Problem(
        "LOCK-E104",
        Severity.ERROR,
        "An image is locked twice",
        "Which of two ids a program holds would depend on their order.",
        "images: []",
    )

    def check(self, subject: Locked) -> Iterator[Finding]:
        """Look at every image of the lock."""
        seen: set[Alias] = set()
        for path, alias in _locked(subject):
            if alias in seen:
                yield self.problem.at((*path, "alias"), f"{alias} stands here a second time", "keep one of them")
            seen.add(alias)


class LockedForNothing(Rule[Locked]):
    """An id that no program holds."""

    problem = Problem(
        "LOCK-W105",
        Severity.WARNING,
        "The lock holds an image that nothing uses",
        "The blueprint has no cluster with this alias on machines of this architecture in this region: what looks "
        "decided decides nothing.",
        "images: []",
    )

    def check(self, subject: Locked) -> Iterator[Finding]:
        """Look at every image of a lock that is this datacenter's."""
        used = {alias for alias, _ in aliases(subject.blueprint)}
        for path, alias in _locked(subject):
            if alias not in used:
                yield self.problem.at((*path, "alias"), f"no cluster uses {alias}", subject.command)


IN_BLUEPRINT: tuple[Rule[Locked], ...] = (Unlocked(), LockLacks())
IN_LOCK: tuple[Rule[Locked], ...] = (OtherDatacenter(), LockedTwice(), LockedForNothing())
"""Where the findings of each stand."""


def _used(subject: Locked) -> dict[Alias, Path]:
    """Return every alias in use with the place of its first use."""
    return dict(reversed(list(aliases(subject.blueprint))))


def _locked(subject: Locked) -> Iterator[tuple[Path, Alias]]:
    """Yield every image of a lock with its place; nothing of another datacenter's lock."""
    given = subject.lock
    if given and given.datacenter in {subject.blueprint.name, subject.blueprint.renamed_from}:
        for at, one in enumerate(given.images):
            yield ("images", at), locked_alias(one)
