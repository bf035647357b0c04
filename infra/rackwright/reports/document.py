"""The one result document of a run; every report is a thin rendering of it."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import TYPE_CHECKING, Any

from rackwright.checks.verdict import Verdict
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.checks.outcome import Outcome, State

FORMAT = 1
"""Version of the result document."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a run: what it did, how long it took (seconds), whether it ended well."""

    name: str
    seconds: float
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Host:
    """One machine: what it is, where it was reached, and the benchmark result it returned (None: none)."""

    name: str
    stack: str
    machine: str
    accelerators: str
    address: str
    identity: str
    benchmark: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Stack:
    """One deployed program: resources by type, estimated cost (USD an hour; None: unknown) and its topology."""

    name: str
    title: str
    resources: tuple[tuple[str, int], ...]
    usd_per_hour: float | None
    unpriced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found. `kind` is rehearsal or live; `simulated` says in words what is not real hardware."""

    datacenter: str
    kind: str
    rackwright: str
    started_at: str
    finished_at: str
    simulated: tuple[str, ...]
    phases: tuple[Phase, ...]
    stacks: tuple[Stack, ...]
    hosts: tuple[Host, ...]
    verdicts: tuple[Verdict, ...]
    failures: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether every cluster is READY and no step failed."""
        return bool(self.verdicts) and not self.failures and all(verdict.ready for verdict in self.verdicts)

    @property
    def headline(self) -> str:
        """READY or NOT READY, labeled where anything was simulated."""
        word = "READY" if self.ready else "NOT READY"
        return f"{word} (simulated: {', '.join(self.simulated)})" if self.simulated else word

    def outcomes(self) -> tuple[Outcome, ...]:
        """Return all outcomes of all clusters, blocking ones first, then by host and check."""
        found = [outcome for verdict in self.verdicts for outcome in verdict.outcomes]
        return tuple(sorted(found, key=lambda one: (one.healthy, one.host, one.check)))

    def count(self, state: State) -> int:
        """Return how many outcomes have `state`."""
        return sum(1 for outcome in self.outcomes() if outcome.state is state)


def as_data(report: Report) -> dict[str, Any]:
    """Return the report as JSON data."""
    return {"format": FORMAT, "ready": report.ready, "headline": report.headline, **_plain(report)}


def _plain(thing: Any) -> Any:
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: _plain(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, tuple):
        return [_plain(item) for item in thing]
    return thing
