"""All checks of a cluster's hosts, in the order of their cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks import accelerators, acceptance, benchmark, fabric, scheduler, storage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.checks.evidence import Evidence
    from rackwright.checks.outcome import Outcome


def examine(fleet: Sequence[Evidence]) -> tuple[Outcome, ...]:
    """Return every outcome of every host of one cluster."""
    nodes, heads = [one for one in fleet if not one.is_head], [one for one in fleet if one.is_head]
    return (
        *map(scheduler.answers, heads),
        *map(accelerators.accelerator_count, nodes),
        *(outcome for one in fleet for outcome in storage.mounted(one)),
        *map(scheduler.node, nodes),
        *(scheduler.job(head, [one for one in nodes if one.scheduler == head.host]) for head in heads),
        *map(fabric.fabric, nodes),
        *map(benchmark.accuracy, nodes),
        *benchmark.speeds(nodes),
        *(outcome for one in nodes for outcome in acceptance.accepted(one)),
    )
