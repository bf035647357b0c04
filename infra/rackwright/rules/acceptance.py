"""Commands of the team's own: bounds that say nothing, or that nothing can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Acceptance, Blueprint
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


class AcceptanceOfAnything(Rule[Blueprint]):
    """A team's own command without a bound: whatever it prints is accepted."""

    problem = Problem(
        "VAL-E106",
        Severity.ERROR,
        "An acceptance command without a threshold",
        "A command of the team's own decides READY by a number in the JSON it prints, so the blueprint says what the "
        "number must reach or must not exceed. A check that cannot fail would only look like one.",
        "validate: {acceptance: {loss: {command: python3 /data/accept.py, value: loss, at_most: 2.5}}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every command of every cluster."""
        for path, name, asked in _commands(subject):
            if asked.at_least is None and asked.at_most is None:
                yield self.problem.at(path, f"'{name}' accepts any number", "add at_least or at_most", of_key=True)


class AcceptanceOfNothing(Rule[Blueprint]):
    """Bounds that no number lies between."""

    problem = Problem(
        "VAL-E107",
        Severity.ERROR,
        "Bounds that nothing can meet",
        "The number must reach `at_least` and must not exceed `at_most`: with the first above the second no cluster is "
        "ever READY.",
        "validate: {acceptance: {loss: {command: python3 /data/accept.py, value: loss, at_least: 0.5, at_most: 2.5}}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every command of every cluster."""
        for path, name, asked in _commands(subject):
            low, high = asked.at_least, asked.at_most
            if low is not None and high is not None and low > high:
                message = f"no number for '{name}' is at least {low:g} and at most {high:g}"
                yield self.problem.at((*path, "at_least"), message, "exchange the two")


def _commands(blueprint: Blueprint) -> Iterator[tuple[Path, str, Acceptance]]:
    for place in clusters(blueprint):
        for name, asked in place.cluster.validate_.acceptance.items():
            yield (*place.path, "validate", "acceptance", name), name, asked


RULES: tuple[Rule[Blueprint], ...] = (
    AcceptanceOfAnything(),
    AcceptanceOfNothing(),
)
