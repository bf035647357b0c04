"""Machines: what the loader promises and what holds for every row."""

from __future__ import annotations

import pytest
from tests.catalog.families import Family, for_each_family

from rackwright.catalog import Interface, Machine, machine, machine_names, machines
from rackwright.catalog.reading import rows

EVERY = for_each_family(machines())


def test_machine_returns_the_row_as_typed_facts() -> None:
    """A machine carries the numbers of its row, typed, with units in the names."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    assert (p5.accelerator, p5.accelerators, p5.accelerator_memory_gib) == ("H100", 8, 80.0)
    assert (p5.vcpus, p5.memory_gib, p5.arch, p5.network_gbps) == (192, 2048.0, "amd64", 3200.0)
    assert (p5.on_demand_usd_hour, p5.price_region, p5.price_date) == (55.04, "us-east-1", "2026-07-20")


def test_unknown_machine_is_none() -> None:
    """A name or a cloud that is not in the catalog gives None, not an error."""
    assert (machine("aws", "p5.48xlargee"), machine("azure", "p5.48xlarge"), machine("gcp", "p5.48xlarge")) == (
        None,
        None,
        None,
    )


def test_both_clouds_are_broad() -> None:
    """At least 60 accelerator machines of both clouds, and CPU machines for head and login nodes."""
    with_accelerators = [each for each in machines() if each.accelerators]
    assert len(with_accelerators) >= 100
    assert all(sum(1 for each in machines(cloud) if not each.accelerators) >= 12 for cloud in ("aws", "gcp"))


def test_names_are_unique_and_listed_by_cloud() -> None:
    """One row per name and cloud; the cloud's list holds exactly its rows."""
    for cloud in ("aws", "gcp"):
        listed = [row["name"] for row in rows(f"{cloud}-machines")]
        assert listed == list(machine_names(cloud)) == [each.name for each in machines(cloud)]
    assert len(machines()) == len(machines("aws")) + len(machines("gcp"))
    assert machines("azure") == ()


@EVERY
def test_spot_is_not_above_on_demand(family: Family) -> None:
    """A spot price above the list price is a wrong SKU in the source."""
    for each in family:
        if each.spot_usd_hour is not None and each.on_demand_usd_hour is not None:
            assert each.spot_usd_hour <= each.on_demand_usd_hour


@EVERY
def test_unknown_is_blank_never_zero(family: Family) -> None:
    """Sizes and prices are positive or None; only counts and bundled disks may be zero."""
    for each in family:
        numbers = (
            each.accelerator_memory_gib, each.vcpus, each.memory_gib, each.network_gbps,
            each.on_demand_usd_hour, each.spot_usd_hour,
        )  # fmt: skip
        assert all(number is None or number > 0 for number in numbers)
        assert 0 < each.accelerator_share <= 1


@EVERY
def test_a_price_says_where_and_when(family: Family) -> None:
    """A machine has a price region and date exactly when it has a price."""
    for each in family:
        priced = each.on_demand_usd_hour is not None or each.spot_usd_hour is not None
        assert (each.price_region is not None, each.price_date is not None) == (priced, priced)


@EVERY
def test_accelerator_and_count_belong_together(family: Family) -> None:
    """A host with accelerators says which, and one without says none."""
    for each in family:
        assert (each.accelerator is not None) == (each.accelerators > 0)
        assert each.accelerator is not None or each.accelerator_memory_gib is None


def test_efa_layout_of_p5_follows_the_user_guide() -> None:
    """Primary ENA on card 0, then EFA-only on card 0 device 1 and on device 0 of the other 31 cards."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    assert p5.fabric is not None
    assert p5.fabric.interfaces == (
        Interface(0, 0, "interface"),
        Interface(0, 1, "efa-only"),
        *(Interface(card, 0, "efa-only") for card in range(1, 32)),
    )
    assert (p5.fabric.efa_interfaces, p5.fabric.ceiling_gbs) == (32, 400.0)


def test_efa_starts_at_card_1_where_card_0_is_ena_only() -> None:
    """p6-b300 has 17 cards for 16 EFA interfaces."""
    b300 = machine("aws", "p6-b300.48xlarge")
    assert b300 is not None
    assert b300.fabric is not None
    assert b300.fabric.interfaces is not None
    assert [each.card for each in b300.fabric.interfaces if each.kind == "efa-only"] == list(range(1, 17))


def test_gb200_has_one_efa_interface_for_each_accelerator() -> None:
    """Cards share hardware in fours: one of each four carries all that its accelerator can send, card 0 none."""
    gb200 = machine("aws", "p6e-gb200.36xlarge")
    assert gb200 is not None
    assert gb200.fabric is not None
    assert gb200.fabric.interfaces is not None
    assert [each.card for each in gb200.fabric.interfaces if each.kind == "efa-only"] == [1, 5, 9, 13]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a3-highgpu-8g", ("gpudirect-tcpx", 1, 4, 0, 8244, None, 100.0)),
        ("a3-megagpu-8g", ("gpudirect-tcpxo", 1, 8, 0, 8244, None, 200.0)),
        ("a3-ultragpu-8g", ("rdma-roce", 2, 0, 8, 8896, "vpc-roce", 400.0)),
        ("a4-highgpu-8g", ("rdma-roce", 2, 0, 8, 8896, "vpc-roce", 400.0)),
    ],
)
def test_gcp_fabrics_say_nics_and_mtu(name: str, expected: tuple[object, ...]) -> None:
    """Google's fabrics differ in host, data and RDMA interfaces, MTU and network profile."""
    each = machine("gcp", name)
    assert each is not None
    fabric = each.fabric
    assert fabric is not None
    assert expected == (
        fabric.kind, fabric.host_nics, fabric.data_nics, fabric.rdma_nics, fabric.mtu, fabric.network_profile,
        fabric.ceiling_gbs,
    )  # fmt: skip


def test_every_fabric_is_used_by_a_machine() -> None:
    """No fabric row is left over."""
    used = {each.fabric.name for each in machines() if each.fabric is not None}
    assert used == {row["name"] for row in rows("fabrics")}


def by_family(cloud: str) -> dict[str, list[Machine]]:
    """Return the machines without accelerators of a cloud by family and kind (n2-standard)."""
    found: dict[str, list[Machine]] = {}
    for each in machines(cloud):
        if not each.accelerators:
            found.setdefault(each.name.rpartition("-")[0] if cloud == "gcp" else each.family, []).append(each)
    return found


@pytest.mark.parametrize(
    "family", ["e2-standard", "n2-standard", "n2d-standard", "n4-standard", "c3d-standard", "t2a-standard"]
)
def test_rows_of_a_google_family_agree_with_each_other(family: str) -> None:
    """Four GiB a vCPU, and one price a vCPU: list prices of a kind are proportional to its size."""
    rows_of = by_family("gcp")[family]
    assert len(rows_of) >= 5
    assert {(each.memory_gib or 0) / (each.vcpus or 1) for each in rows_of} == {4.0}
    prices = [each.on_demand_usd_hour / each.vcpus for each in rows_of if each.on_demand_usd_hour and each.vcpus]
    assert prices == pytest.approx([prices[0]] * len(prices), rel=0.002)


@pytest.mark.parametrize("family", ["m7i", "m6i", "m7g", "c7i", "c7g", "r7i", "r7g"])
def test_rows_of_an_aws_family_agree_with_each_other(family: str) -> None:
    """One architecture, one ratio of memory, one price a vCPU."""
    rows_of = by_family("aws")[family]
    assert len({each.arch for each in rows_of}) == 1
    assert len({(each.memory_gib or 0) / (each.vcpus or 1) for each in rows_of}) == 1
    prices = [each.on_demand_usd_hour / each.vcpus for each in rows_of if each.on_demand_usd_hour and each.vcpus]
    assert prices == pytest.approx([prices[0]] * len(prices), rel=0.01)


@pytest.mark.parametrize(
    ("cloud", "families"),
    [
        ("aws", ("t3", "t4g", "m6i", "m7i", "m7g", "c7i", "c7g", "r7i", "r7g", "hpc7g", "hpc7a")),
        ("gcp", ("e2", "n1", "n2", "n2d", "n4", "c3", "c3d", "c4", "c4a", "t2a", "h3")),
    ],
)
def test_families_for_head_and_login_nodes(cloud: str, families: tuple[str, ...]) -> None:
    """The CPU families that clusters are built with."""
    assert set(families) <= {each.family for each in machines(cloud) if not each.accelerators}
