"""The end that every run over hosts has: playbooks, verdicts, one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright import __version__
from rackwright.checks.evidence import Evidence
from rackwright.checks.verdict import Verdict
from rackwright.diagnostics.record import dataclass
from rackwright.estimate import cost
from rackwright.reports.document import Report, Stack
from rackwright.reports.plans import resource_counts
from rackwright.system import clock
from rackwright.workflows import measure

if TYPE_CHECKING:
    from datetime import datetime

    from rackwright.fleet.hosts import LiveHosts
    from rackwright.plan import Plan
    from rackwright.workflows.steps import Steps


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of the hosts of every stack, and the verdicts on it."""

    fleet: dict[str, tuple[Evidence, ...]]
    verdicts: tuple[Verdict, ...]


def play(run: measure.Run, live: LiveHosts, playbook: str, steps: Steps, *, benchmark_timeout: int) -> None:
    """Run a playbook as a step; what fails on a host is for the verdict, not an end."""
    with steps.step(playbook) as step:
        steps.failures += measure.play(run, live, playbook, step, benchmark_timeout=benchmark_timeout)


def judge(run: measure.Run, live: LiveHosts, steps: Steps) -> Judged:
    """Return the verdict on every stack with hosts, as a step."""
    with steps.step("judge") as step:
        fleet = measure.evidence(run, live)
        verdicts = measure.verdicts(run, fleet, live)
        step.detail = f"{sum(verdict.ready for verdict in verdicts)} of {len(verdicts)} clusters READY"
    return Judged(fleet, verdicts)


def report(
    run: measure.Run, judged: Judged, steps: Steps, *, kind: str, simulated: tuple[str, ...], started: datetime
) -> Report:
    """Return the report of a run whose steps have ended."""
    return Report(
        datacenter=run.datacenter,
        kind=kind,
        rackwright=__version__,
        started_at=started.isoformat(timespec="seconds"),
        finished_at=clock.now().isoformat(timespec="seconds"),
        simulated=simulated,
        phases=steps.phases,
        stacks=tuple(_stack(plan) for plan in run.plans),
        hosts=measure.report_hosts(run, judged.fleet),
        verdicts=judged.verdicts,
        failures=tuple(steps.failures),
    )


def _stack(plan: Plan) -> Stack:
    estimated = cost(plan)
    unpriced = tuple(sorted({line.item for line in estimated.unpriced}))
    return Stack(plan.stack, plan.title, tuple(resource_counts(plan).items()), estimated.usd_hour, unpriced)
