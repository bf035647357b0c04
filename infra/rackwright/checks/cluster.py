"""All checks of a cluster's hosts, in the order of their cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks import accelerators, acceptance, benchmark, fabric, storage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.checks.evidence import Evidence
    from rackwright.checks.outcome import Outcome


def examine(fleet: Sequence[Evidence]) -> tuple[Outcome, ...]:
    """Return every outcome of every host of one cluster."""
    return (
        *map(accelerators.accelerator_count, fleet),
        *(outcome for one in fleet for outcome in storage.mounted(one)),
        *map(fabric.fabric, fleet),
        *map(benchmark.accuracy, fleet),
        *benchmark.speeds(fleet),
        *(outcome for one in fleet for outcome in acceptance.accepted(one)),
    )
