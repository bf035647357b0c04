"""What a check can say. Fail closed: whatever was not measured is not healthy."""

from __future__ import annotations

from enum import Enum

from rackwright.diagnostics.record import dataclass


class State(Enum):
    """The five states of a check, worst last in no order: only PASS and WARN let a cluster be READY."""

    PASS = "PASS"  # noqa: S105 - a state, not a password
    WARN = "WARN"
    FAIL = "FAIL"
    NOT_MEASURED = "NOT_MEASURED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found on one host.

    `measured` and `expected` are text with units, as a reader should see them. `required` checks decide
    READY, and a required check that is NOT_APPLICABLE is not READY either: what a blueprint requires must be there.
    `simulated` says that what was looked at is simulated hardware. `next_step` is what to type or do.
    """

    check: str
    host: str
    state: State
    measured: str
    expected: str
    reason: str
    required: bool = True
    simulated: bool = False
    source: str = ""
    next_step: str = ""

    @property
    def healthy(self) -> bool:
        """Whether this outcome lets the cluster be READY."""
        return not self.required or self.state in {State.PASS, State.WARN}
