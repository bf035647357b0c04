"""Comparing a measurement with a floor that has a source."""

from __future__ import annotations

from rackwright.checks.outcome import State
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Floor:
    """A lower bound: below `fail` is FAIL, below `warn` is WARN. `source` says where the numbers come from."""

    fail: float
    warn: float
    unit: str
    source: str

    def state(self, measured: float) -> State:
        """Return the state of a measured value."""
        if not measured >= self.fail:  # also FAIL for NaN
            return State.FAIL
        return State.WARN if measured < self.warn else State.PASS
