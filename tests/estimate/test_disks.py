"""Disks of machines, and what they cost besides their size."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import site_plans

from rackwright.estimate import cost


def lines(volume: dict[str, Any]) -> list[tuple[str, float | None]]:
    """Return the lines of one machine's block volume: what, and USD a month."""
    clusters = {"train": {"machine": "g6.xlarge", "nodes": 1, "mounts": {"/cache": "cache"}}}
    storage = {"cache": {"kind": "block", "size": "500GiB", **volume}}
    found = cost(site_plans("aws", storage=storage, clusters=clusters)[1]).lines
    disks = [line for line in found if line.kind == "disk"][1:]
    return [(line.item, None if line.usd_hour is None else round(line.usd_hour * 730, 6)) for line in disks]


@pytest.mark.parametrize(
    ("volume", "expected"),
    [
        ({}, [("500 GiB gp3", 40)]),
        ({"iops": 3000, "throughput": 125}, [("500 GiB gp3", 40)]),
        (
            {"iops": 5000, "throughput": 500},
            [("500 GiB gp3", 40), ("2000 IOPS of gp3", None), ("375 MiB/s of gp3", None)],
        ),
        ({"type": "io2", "iops": 100}, [("500 GiB io2", 62.5), ("100 IOPS of io2", 6.5)]),
        (
            {"type": "io2", "iops": 100000},
            [
                ("500 GiB io2", 62.5),
                ("32000 IOPS of io2", 2080),
                ("32000 IOPS of io2", 1472),
                ("36000 IOPS of io2", 1152),
            ],
        ),
    ],
)  # fmt: skip
def test_operations_are_charged_beyond_what_a_type_includes(volume: Any, expected: Any) -> None:
    """io2 is charged for each operation, in three steps; gp3 beyond 3000, at a price that the catalog does not have."""
    assert lines(volume) == expected
