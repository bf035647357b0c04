"""The verdict on a cluster: READY only when every required check was measured and holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rackwright.checks.outcome import Outcome, State
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

VALID_FOR = timedelta(days=7)
"""How long a verdict stands: machines wear, drivers are upgraded; a week is the usual burn-in cadence."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a verdict is about: the program that made the cluster and the machines that were measured.

    `program` is the manifest's digest; `hosts` pairs each host with the identity it reported ("" where it did not);
    `repeat` is what to type to measure again.
    """

    stack: str
    program: str
    repeat: str
    hosts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """READY or not, why, for what, and until when (ISO 8601, UTC)."""

    ready: bool
    outcomes: tuple[Outcome, ...]
    binding: Binding
    measured_at: str
    expires_at: str

    @property
    def blocking(self) -> tuple[Outcome, ...]:
        """The outcomes that keep the cluster from being READY."""
        return tuple(outcome for outcome in self.outcomes if not outcome.healthy)

    @property
    def simulated(self) -> bool:
        """Whether anything that was measured is simulated hardware."""
        return any(outcome.simulated for outcome in self.outcomes)


def judge(outcomes: Sequence[Outcome], binding: Binding, at: datetime) -> Verdict:
    """Return the verdict on `outcomes`; no outcome at all, or a host without a required one, is not READY."""
    complete = (*outcomes, *_silent_hosts(outcomes, binding))
    ready = bool(outcomes) and all(outcome.healthy for outcome in complete)
    return Verdict(ready, complete, binding, at.isoformat(), (at + VALID_FOR).isoformat())


def _silent_hosts(outcomes: Sequence[Outcome], binding: Binding) -> tuple[Outcome, ...]:
    heard = {outcome.host for outcome in outcomes if outcome.required}
    return tuple(
        Outcome(
            check="host.measured",
            host=host,
            state=State.NOT_MEASURED,
            measured="nothing",
            expected="every required check",
            reason="no required check reached this host",
            next_step=binding.repeat,
        )
        for host, _ in binding.hosts
        if host not in heard
    )
