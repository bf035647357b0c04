"""Policy: weights of codes that are not there, or that cannot weigh less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.rule import Rule
from rackwright.rules.weighing import Coded, floor, lighter

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLE = "policy:\n  severity: {NET-W105: error, FAB-W103: note}"


class UnknownWeight(Rule[Coded]):
    """A weight of nothing there is."""

    problem = Problem(
        "POL-E101",
        Severity.ERROR,
        "A policy weighs an unknown code",
        "No finding has this code, so the policy changes nothing. `rackwright explain` lists the codes.",
        EXAMPLE,
    )

    def check(self, subject: Coded) -> Iterator[Finding]:
        """Look at every code of the policy."""
        for code in subject.blueprint.policy.severity:
            if code not in subject.codes:
                path = ("policy", "severity", code)
                yield self.problem.at(path, f"no finding is '{code}'", suggest(code, subject.codes), of_key=True)


class TooLight(Rule[Coded]):
    """A weight below what a code must have."""

    problem = Problem(
        "POL-E102",
        Severity.ERROR,
        "A policy cannot make this lighter",
        "Errors say that the cloud would refuse the program, or that it would build something else than was meant. "
        "Only errors of policy can be lighter, and none below what the blueprint's profile demands. A single case "
        "can be accepted with `suppress:` and a reason, where the code allows it.",
        EXAMPLE,
    )

    def check(self, subject: Coded) -> Iterator[Finding]:
        """Look at every weight of a known code."""
        for code, word in subject.blueprint.policy.severity.items():
            if code in subject.codes and lighter(Severity(word), lowest := floor(subject, code)):
                why = f" in {subject.blueprint.profile}" if subject.codes[code].suppressible else ""
                message = f"{code} is at least of severity {lowest.value}{why}"
                yield self.problem.at(("policy", "severity", code), message, f"rackwright explain {code}")


RULES: tuple[Rule[Coded], ...] = (UnknownWeight(), TooLight())
