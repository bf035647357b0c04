"""Suppressions: of nothing, of what is no more, of what cannot be accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import Finding, Path, Problem, Severity, dotted, suggest
from rackwright.rules.dated import Dated
from rackwright.rules.rule import Rule
from rackwright.rules.weighing import Coded, Outcome, covers, expired

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint, Suppression

EXAMPLE = "suppress:\n  - {code: NET-W105, at: sites.use1.network.cidr, reason: ours since 1993, until: 2027-01-31}"


class UnknownCode(Rule[Coded]):
    """A suppression of nothing there is."""

    problem = Problem(
        "SUP-E101",
        Severity.ERROR,
        "A suppression of an unknown code",
        "No finding has this code, so the suppression accepts nothing. `rackwright explain` lists the codes.",
        EXAMPLE,
    )

    def check(self, subject: Coded) -> Iterator[Finding]:
        """Look at every suppression."""
        for path, one in _suppressions(subject.blueprint):
            if one.code not in subject.codes:
                yield self.problem.at((*path, "code"), f"no finding is '{one.code}'", suggest(one.code, subject.codes))


class NoSuchPlace(Rule[Coded]):
    """A suppression at a place that the blueprint does not have."""

    problem = Problem(
        "SUP-E102",
        Severity.ERROR,
        "A suppression of a place that is not there",
        "`at` is the path of a key, with dots between names and list items numbered from 0, as "
        "sites.use1.network.zones[1]. After a rename the old path accepts nothing.",
        EXAMPLE,
    )

    def check(self, subject: Coded) -> Iterator[Finding]:
        """Look at every suppression of a known code."""
        suppressions = [found for found in _suppressions(subject.blueprint) if found[1].code in subject.codes]
        places = _places(subject.blueprint.model_dump(by_alias=True)) if suppressions else frozenset[str]()
        for path, one in suppressions:
            if one.at not in places:
                yield self.problem.at((*path, "at"), f"there is no '{one.at}'", suggest(one.at, places))


class NotSuppressible(Rule[Coded]):
    """A suppression of an error that would still be one."""

    problem = Problem(
        "SUP-E103",
        Severity.ERROR,
        "An error that cannot be suppressed",
        "Warnings, notes and errors of policy can be accepted. Other errors say that the cloud would refuse the "
        "program, or that it would build something else than was meant; a reason does not change that.",
        EXAMPLE,
    )

    def check(self, subject: Coded) -> Iterator[Finding]:
        """Look at every suppression of a known code."""
        for path, one in _suppressions(subject.blueprint):
            if one.code in subject.codes and not subject.codes[one.code].suppressible:
                message = f"{one.code} cannot be suppressed ({subject.codes[one.code].title})"
                yield self.problem.at((*path, "code"), message, f"rackwright explain {one.code}")


class UnusedSuppression(Rule[Outcome]):
    """A suppression of what is not found any more."""

    problem = Problem(
        "SUP-W104",
        Severity.WARNING,
        "A suppression that suppresses nothing",
        "The finding is gone. What stays behind would hide it, reason and all, when it comes back.",
        EXAMPLE,
    )

    def check(self, subject: Outcome) -> Iterator[Finding]:
        """Look at every suppression that has not expired."""
        for path, one in _suppressions(subject.blueprint):
            used = any(covers(one, finding) for finding in subject.findings if finding.suppressed)
            if not used and not expired(one, subject.today):
                yield self.problem.at(path, f"there is no {one.code} at {one.at}", "remove it")


class ExpiredSuppression(Rule[Dated]):
    """A suppression whose last day is past."""

    problem = Problem(
        "SUP-N105",
        Severity.NOTE,
        "A suppression has expired",
        "What it accepted counts again. Mend it, or have a later day reviewed; `check --now` shows what will expire.",
        EXAMPLE,
    )

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at every suppression with a last day."""
        for path, one in _suppressions(subject.blueprint):
            if expired(one, subject.today):
                message = f"{one.code} at {one.at} was accepted until {one.until}"
                yield self.problem.at((*path, "until"), message, "mend it, or accept it until a later day")


def _suppressions(blueprint: Blueprint) -> Iterator[tuple[Path, Suppression]]:
    for index, one in enumerate(blueprint.suppress):
        yield ("suppress", index), one


def _places(data: Any) -> frozenset[str]:
    """Return the dotted path of everything in a blueprint, said or by default."""
    return frozenset(dotted(path) for path in _paths(data, ()))


def _paths(data: Any, path: Path) -> Iterator[Path]:
    if path:
        yield path
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, (list, tuple)) else ()
    for key, value in inside:
        yield from _paths(value, (*path, key))


RULES: tuple[Rule[Coded], ...] = (UnknownCode(), NoSuchPlace(), NotSuppressible())
DATED: tuple[Rule[Dated], ...] = (ExpiredSuppression(),)
OUTCOME: tuple[Rule[Outcome], ...] = (UnusedSuppression(),)
