"""Throughputs of file systems."""

from __future__ import annotations

import pytest

from rackwright.catalog import size_tiers, throughput, throughputs


@pytest.mark.parametrize(
    ("service", "tier", "value", "expected"),
    [
        ("fsx-lustre", "PERSISTENT_2", 250, True),
        ("fsx-lustre", "PERSISTENT_2", 200, False),
        ("fsx-lustre", "PERSISTENT_1", 200, True),
        ("fsx-lustre", "PERSISTENT_2-INTELLIGENT_TIERING", 8000, True),
        ("fsx-lustre", "PERSISTENT_2-INTELLIGENT_TIERING", 6000, False),
        ("fsx-lustre", "PERSISTENT_2-METADATA", 12000, True),
        ("fsx-lustre", "PERSISTENT_2-METADATA", 36000, True),
        ("fsx-lustre", "PERSISTENT_2-METADATA", 18000, False),
        ("fsx-openzfs", "SINGLE_AZ_1", 512, True),
        ("fsx-openzfs", "SINGLE_AZ_2", 512, False),
    ],
)
def test_throughput_is_sold_or_not(service: str, tier: str, value: int, expected: bool) -> None:  # noqa: FBT001
    """Single values and steps."""
    found = throughput(service, tier)
    assert found is not None
    assert found.holds(value) is expected


def test_unknown_deployment_is_none() -> None:
    """SCRATCH_2 takes no throughput: there is nothing to choose from."""
    assert throughput("fsx-lustre", "SCRATCH_2") is None


def test_tiers_of_sizes_are_the_throughputs_sold() -> None:
    """PERSISTENT_2 and Managed Lustre have sizes for exactly the throughputs they take."""
    for service, tier in (("fsx-lustre", "PERSISTENT_2"), ("managed-lustre", "STATIC")):
        found = throughput(service, tier)
        assert found is not None
        assert {int(each) for each in size_tiers(service)} == set(found.values)
    assert all(each.values or each.steps for each in throughputs())
