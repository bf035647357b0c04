"""TPU slices: hosts, chips and names agree."""

from __future__ import annotations

from math import prod

import pytest

from rackwright.catalog import SliceType, runtime_generations, slice_of_shape, slice_type, slice_types

CORES_PER_CHIP = {"v2": 2, "v3": 2, "v4": 2, "v5p": 2, "v7x": 2, "v5e": 1, "v6e": 1}
"""What the number in a slice's name counts, per chip: TensorCores, or chips themselves."""

EVERY = pytest.mark.parametrize("each", slice_types(), ids=lambda each: each.name)


def test_slice_returns_the_row_as_typed_facts() -> None:
    """A slice carries the numbers of its row, typed."""
    each = slice_type("v5litepod-16")
    assert each is not None
    assert (each.generation, each.chips, each.topology, each.hosts, each.chips_per_host) == ("v5e", 16, "4x4", 4, 4)
    assert (each.runtime_version, each.accelerator) == ("v2-alpha-tpuv5-lite", "TPU-v5e")


def test_unknown_slice_is_none() -> None:
    """A name that is not in the catalog gives None."""
    assert slice_type("v5e-16") is None


@EVERY
def test_hosts_times_chips_is_the_slice(each: SliceType) -> None:
    """A slice is its hosts: no chip more, none less."""
    assert each.hosts * each.chips_per_host == each.chips


@EVERY
def test_topology_multiplies_to_the_chips(each: SliceType) -> None:
    """4x4 is 16 chips."""
    assert prod(int(side) for side in each.topology.split("x")) == each.chips


@EVERY
def test_name_counts_chips_or_cores(each: SliceType) -> None:
    """The number in the name is chips for v5e and v6e, TensorCores for the others."""
    assert int(each.name.rsplit("-", 1)[1]) == each.chips * CORES_PER_CHIP[each.generation]


@EVERY
def test_prices_are_of_the_whole_slice_and_in_order(each: SliceType) -> None:
    """Spot is not above on demand, unknown is None, and a price says where and when."""
    prices = (each.on_demand_usd_hour, each.spot_usd_hour)
    assert all(one is None or one > 0 for one in prices)
    assert (each.price_region is not None) == (each.price_date is not None) == any(prices)
    if each.on_demand_usd_hour is not None and each.spot_usd_hour is not None:
        assert each.spot_usd_hour <= each.on_demand_usd_hour


def test_a_shape_has_the_hosts_of_the_slice_with_as_many_chips() -> None:
    """4x4x16 of v4 is 256 chips, as v4-512; generations of one shape have no others."""
    found = slice_of_shape("V4", "4x4x16")
    assert found is not None
    assert (found.name, slice_of_shape("V6E", "2x8"), slice_of_shape("V4", "2x2x3")) == ("v4-512", None, None)


@EVERY
def test_the_catalogs_runtime_is_of_the_generation(each: SliceType) -> None:
    """What is installed by default is software of the slice's own generation."""
    assert each.runtime_version is None or each.generation in runtime_generations(each.runtime_version)


def test_software_nobody_describes_has_no_generations() -> None:
    """An unknown name says nothing."""
    assert runtime_generations("a-runtime-of-tomorrow") == ()
