"""Running rules: all of them, in order, whatever one of them trips over."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rackwright.diagnostics import Finding, Problem, Severity, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.rules.rule import Rule

Subject = TypeVar("Subject")

CRASHED = Problem(
    "RULE-E001",
    Severity.ERROR,
    "A rule failed",
    "A rule of rackwright itself broke while it looked at this blueprint. What it would have found is unknown, so the "
    "blueprint does not pass. This is a defect of rackwright, not of the blueprint.",
    "Report the blueprint and the message; an older release may not have the defect.",
)


def run(rules: Iterable[Rule[Subject]], subjects: Iterable[Subject]) -> tuple[Finding, ...]:
    """Return the findings of every rule on every subject, sorted by path and code."""
    given = tuple(subjects)
    found = {finding: None for rule in rules for subject in given for finding in _run(rule, subject)}
    return tuple(sorted(found, key=sort_key))


def _run(rule: Rule[Subject], subject: Subject) -> tuple[Finding, ...]:
    try:
        return tuple(rule.check(subject))
    except Exception as crash:  # noqa: BLE001 - a broken rule must not hide what the others find
        message = f"rule {rule.problem.code} failed: {type(crash).__name__}: {crash}"
        return (CRASHED.at((), message, "this is a defect of rackwright; please report it"),)
