"""Quotas: which, and how much."""

from __future__ import annotations

import pytest
from tests.catalog.families import Family, for_each_family

from rackwright.catalog import Quota, machine, machines, quota_demand, quotas, slice_type

WITHOUT = {"p6e-gb200.36xlarge", "a3-edgegpu-8g", "a4x-highgpu-4g", "a4x-maxgpu-4g-metal"}


def test_p5_draws_vcpus_of_two_quotas() -> None:
    """On demand and spot are granted apart, and both count vCPUs."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    found = [quota_demand(p5, "on-demand"), quota_demand(p5, "spot")]
    assert [(each.quota.code, each.amount) for each in found if each] == [("L-417A185B", 192), ("L-C4BD4855", 192)]


def test_a3_mega_draws_gpus_of_its_own_family() -> None:
    """H100 of A3 Mega are another quota than H100 of A3 High."""
    mega, high = machine("gcp", "a3-megagpu-8g"), machine("gcp", "a3-highgpu-8g")
    assert mega is not None
    assert high is not None
    found = [quota_demand(mega), quota_demand(high)]
    assert [(each.quota.code, each.amount) for each in found if each] == [
        ("NVIDIA_H100_MEGA_GPUS", 8),
        ("NVIDIA_H100_GPUS", 8),
    ]


@pytest.mark.parametrize(
    ("name", "unit", "amount"), [("v5litepod-16", "chip", 16), ("v5p-8", "core", 8), ("v4-8", "core", 8)]
)
def test_slices_draw_chips_or_cores(name: str, unit: str, amount: int) -> None:
    """The unit is the generation's."""
    found = slice_type(name)
    assert found is not None
    demand = quota_demand(found)
    assert demand is not None
    assert (demand.quota.unit, demand.amount, demand.quota.scope) == (unit, amount, "zone")


def test_unknown_quota_is_none() -> None:
    """Sources disagree on the spot quota of P6: none is named."""
    b200 = machine("aws", "p6-b200.48xlarge")
    assert b200 is not None
    assert quota_demand(b200, "spot") is None


@for_each_family(machines())
def test_every_machine_draws_on_demand_on_one_quota(family: Family) -> None:
    """But for those whose quota no source names, and Tau and G4 on Google Cloud."""
    for each in family:
        expected = each.name not in WITHOUT and each.family not in {"t2a", "g4"}
        assert (quota_demand(each) is not None) == expected
        covering = [one for one in quotas(each.cloud) if one.use == "on-demand" and each.family in one.families]
        assert len(covering) <= 1


@pytest.mark.parametrize("each", quotas(), ids=lambda each: f"{each.use}:{each.name}")
def test_a_quota_covers_something(each: Quota) -> None:
    """No quota without a family or an accelerator."""
    assert each.families or each.accelerators
    assert each.cloud == "gcp" or each.code
