"""Whether a cluster's scheduler gives out its nodes: their states, and one job over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks.measured import Nothing
from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.checks.evidence import Evidence
    from rackwright.checks.measured import Scheduled

ANSWERS, NODES, JOB = "host.answers", "scheduler.nodes", "scheduler.job"
USABLE = ("idle", "mixed", "allocated", "completing")
"""States, in sinfo's words, of a node that runs jobs or could; a mark behind one (idle*) says that it is silent."""


def answers(found: Evidence) -> Outcome:
    """Return whether a host that runs no benchmark was measured at all."""
    if isinstance(found.node, Nothing):
        return _outcome(found, ANSWERS, State.NOT_MEASURED, "nothing", "its facts", found.node.reason)
    return _outcome(found, ANSWERS, State.PASS, "its facts", "its facts", "the host says what it is")


def node(found: Evidence) -> Outcome:
    """Return whether the scheduler has a node among those that run jobs."""
    expected = ", ".join(USABLE)
    if not found.scheduler:
        reason = "the cluster has no scheduler"
        return _outcome(found, NODES, State.NOT_APPLICABLE, "-", "-", reason)
    if found.cannot_schedule:
        return _outcome(found, NODES, State.NOT_APPLICABLE, "-", expected, found.cannot_schedule)
    if isinstance(found.scheduled, Nothing):
        return _outcome(found, NODES, State.NOT_MEASURED, "nothing", expected, found.scheduled.reason)
    seen = [one for one in found.scheduled.nodes or () if one.name == found.host]
    if not seen:
        return _outcome(found, NODES, State.NOT_MEASURED, "nothing", expected, "the scheduler does not speak of it")
    if all(one.state in USABLE for one in seen):
        return _outcome(found, NODES, State.PASS, seen[0].state, expected, "it runs jobs, or could")
    worst = next(one for one in seen if one.state not in USABLE)
    why = worst.reason if worst.reason not in {"", "none"} else "the scheduler gives no reason"
    return _outcome(found, NODES, State.FAIL, worst.state, expected, why)


def job(head: Evidence, nodes: Sequence[Evidence]) -> Outcome:
    """Return whether one job ran on every node that a head gives out and saw every accelerator."""
    of_each = nodes[0].expect if nodes and nodes[0].expect.accelerators else None
    expected = f"{len(nodes)} nodes" + (f" with {of_each.accelerators} x {of_each.accelerator} each" if of_each else "")
    if head.cannot_schedule:
        return _outcome(head, JOB, State.NOT_APPLICABLE, "-", expected, head.cannot_schedule)
    if isinstance(head.scheduled, Nothing):
        return _outcome(head, JOB, State.NOT_MEASURED, "nothing", expected, head.scheduled.reason)
    return _outcome(head, JOB, *_ran(head.scheduled, nodes, expected))


def _ran(found: Scheduled, nodes: Sequence[Evidence], expected: str) -> tuple[State, str, str, str]:
    """Return state, measurement, expectation and reason of a job."""
    seen, said = found.job.seen, f": {found.job.said.splitlines()[-1]}" if found.job.said else ""
    measured = f"{len(seen)} nodes"
    silent = [one.host for one in nodes if one.host not in seen]
    if silent:
        return State.FAIL, measured, expected, f"the job did not run on {', '.join(silent)}{said}"
    short = [one.host for one in nodes if seen[one.host] != one.expect.accelerators]
    if short:
        listed = ", ".join(f"{seen[name]} on {name}" for name in short)
        return State.FAIL, measured, expected, f"the job saw other accelerators: {listed}"
    if found.job.code != 0 or not nodes:
        return State.FAIL, measured, expected, f"the job ended with code {found.job.code}{said}"
    return State.PASS, measured, expected, "one job ran on every node"


def _outcome(found: Evidence, check: str, state: State, measured: str, expected: str, reason: str) -> Outcome:
    """Return an outcome; what a rehearsal cannot do, or a cluster does not have, does not decide."""
    healthy = state in {State.PASS, State.NOT_APPLICABLE}
    return Outcome(
        check, found.host, state, measured, expected, reason,
        required=state is not State.NOT_APPLICABLE, next_step="" if healthy else found.repeat,
    )  # fmt: skip
