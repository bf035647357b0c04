"""Rules run whatever one of them does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.rule import Rule
from rackwright.rules.runner import run

if TYPE_CHECKING:
    from collections.abc import Iterator

PROBLEM = Problem("TEST-W001", Severity.WARNING, "Long", "Words are short.", "a")


class Long(Rule[str]):
    """Finds long words."""

    problem = PROBLEM

    def check(self, subject: str) -> Iterator[Finding]:
        """Look at one word."""
        if len(subject) > 2:
            yield self.problem.at((subject,), f"{subject} is long")


class Broken(Rule[str]):
    """Breaks on the first word."""

    problem = Problem("TEST-E002", Severity.ERROR, "Broken", "Breaks.", "a")

    def check(self, subject: str) -> Iterator[Finding]:
        """Break."""
        yield self.problem.at((), "half a finding")
        raise KeyError(subject)


def test_a_broken_rule_is_a_finding_and_hides_nothing() -> None:
    """What the other rules find is kept, and the broken rule stops the phase."""
    found = run((Broken(), Long()), ("abc", "ab"))

    assert [(one.code, one.severity, one.message) for one in found] == [
        ("RULE-E001", Severity.ERROR, "rule TEST-E002 failed: KeyError: 'ab'"),
        ("RULE-E001", Severity.ERROR, "rule TEST-E002 failed: KeyError: 'abc'"),
        ("TEST-W001", Severity.WARNING, "abc is long"),
    ]


def test_findings_are_sorted_and_said_once() -> None:
    """Order does not depend on the order of rules or subjects."""
    forward = run((Long(), Long()), ("zzz", "aaa"))

    assert [one.message for one in forward] == ["aaa is long", "zzz is long"]
    assert forward == run((Long(),), ("aaa", "zzz"))
