"""Sizes that storage services sell."""

from __future__ import annotations

import pytest

from rackwright.catalog import (
    VolumeType,
    nearest_sizes,
    size_ranges,
    size_services,
    size_tiers,
    valid_size,
    volume_type,
    volume_types,
)


@pytest.mark.parametrize(
    ("service", "tier", "gib", "expected"),
    [
        ("fsx-lustre", 250, 1200, True),
        ("fsx-lustre", 250, 2400, True),
        ("fsx-lustre", 250, 3600, False),
        ("fsx-lustre", 250, 12000, True),
        ("fsx-lustre", 250, 12288, False),
        ("fsx-lustre", 300, 2400, None),
        ("managed-lustre", 1000, 9000, True),
        ("managed-lustre", 1000, 10000, False),
        ("managed-lustre", 125, 9000, False),
        ("managed-lustre", 500, 3168000, True),
        ("fsx-lustre-scratch-2", 200, 3600, False),
        ("fsx-lustre-scratch-1", 200, 3600, True),
        ("fsx-lustre-scratch-1", 200, 4800, False),
        ("fsx-lustre-persistent-1-hdd", 12, 6000, True),
        ("fsx-lustre-persistent-1-hdd", 40, 6000, False),
        ("fsx-openzfs", "SINGLE_AZ_2", 63, False),
        ("parallelstore", "SCRATCH", 16384, True),
        ("parallelstore", "SCRATCH", 14336, False),
        ("filestore", "ZONAL", 1024, True),
        ("filestore", "ZONAL", 1100, False),
        ("filestore", "BASIC_SSD", 2000, False),
    ],
)
def test_valid_size(service: str, tier: str | int, gib: int, expected: bool | None) -> None:  # noqa: FBT001
    """A size is sold, not sold, or of a tier that is not known."""
    assert valid_size(service, tier, gib) is expected


@pytest.mark.parametrize(
    ("service", "tier", "gib", "expected"),
    [
        ("fsx-lustre", 125, 12288, (12000, 14400)),
        ("fsx-lustre", 125, 100, (1200,)),
        ("fsx-lustre", 125, 2000, (1200, 2400)),
        ("fsx-lustre", 125, 2400, (2400,)),
        ("managed-lustre", 250, 40000, (36000, 72000)),
        ("managed-lustre", 250, 99999999, (40032000,)),
        ("filestore", "NO_SUCH", 1024, ()),
    ],
)
def test_nearest_sizes(service: str, tier: str | int, gib: int, expected: tuple[int, ...]) -> None:
    """The next smaller and next larger sizes, for a hint."""
    assert nearest_sizes(service, tier, gib) == expected


@pytest.mark.parametrize("service", size_services())
def test_ranges_are_ordered_and_their_ends_are_sold(service: str) -> None:
    """Each range begins and ends with a size it holds, after the one before it."""
    for tier in size_tiers(service):
        ranges = size_ranges(service, tier)
        assert all(each.holds(each.min_gib) for each in ranges)
        assert all(each.max_gib is None or each.holds(each.max_gib) for each in ranges)
        ends = [each.max_gib for each in ranges[:-1]]
        assert all(end is not None and end < after.min_gib for end, after in zip(ends, ranges[1:], strict=True))


def test_volume_type_knows_its_limits() -> None:
    """gp3 ties IO operations to size and throughput to IO operations."""
    gp3 = volume_type("aws", "gp3")
    assert gp3 is not None
    assert (gp3.min_iops, gp3.iops_per_gib, gp3.min_throughput, gp3.throughput_per_iops) == (3000, 500, 125, 0.25)
    assert volume_type("gcp", "gp3") is None


@pytest.mark.parametrize("each", volume_types(), ids=lambda each: f"{each.cloud}:{each.name}")
def test_limits_of_volume_types_are_ordered(each: VolumeType) -> None:
    """Nothing ends before it begins; a throughput per IO operation belongs to a type with IO operations."""
    assert each.min_gib < each.max_gib
    assert (each.min_iops or 0) <= (each.max_iops or 10**9)
    assert (each.min_throughput or 0) <= (each.max_throughput or 10**9)
    assert each.throughput_per_iops is None or each.max_iops is not None


def test_block_volumes_of_both_clouds() -> None:
    """The types that blueprints name."""
    assert {each.name for each in volume_types("aws")} == {"gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"}
    assert {"pd-balanced", "pd-ssd", "hyperdisk-balanced", "hyperdisk-ml"} <= {
        each.name for each in volume_types("gcp")
    }
