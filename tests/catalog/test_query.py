"""Choosing machines."""

from __future__ import annotations

import pytest

from rackwright.catalog import machine, machines
from rackwright.catalog.query import ORDERS, Order, Query, price_per_accelerator, select


def names(query: Query, order: Order = "name") -> list[str]:
    """Names of what a query finds."""
    return [each.name for each in select(machines(), query, order)]


def test_accelerator_cloud_price_and_order() -> None:
    """H100 machines of both clouds up to 60 USD an hour, cheapest first."""
    found = names(Query(clouds=("aws", "gcp"), accelerators=("H100",), max_price=60), "price")
    assert found == ["p5.4xlarge", "p5.48xlarge"]


def test_accelerator_names_take_families_and_any_case() -> None:
    """a100 also finds the 80 GB one; l4 does not find L40S, t4 not T4G."""
    found = {each.accelerator for each in select(machines(), Query(accelerators=("a100", "l4", "t4")))}
    assert found == {"A100", "A100-80GB", "L4", "T4"}


def test_none_finds_hosts_without_accelerator() -> None:
    """CPU machines, for head and login nodes."""
    assert {each.accelerators for each in select(machines(), Query(accelerators=("none",)))} == {0}


def test_unknown_prices_meet_no_limit_and_come_last() -> None:
    """A machine without a price is not cheap: limits leave it out, orders put it last."""
    h200 = Query(clouds=("aws",), accelerators=("H200",))
    assert names(h200, "price") == ["p5en.48xlarge", "p5e.48xlarge"]
    assert names(Query(clouds=("aws",), accelerators=("H200",), max_price=1000)) == ["p5en.48xlarge"]


def test_fabric_count_memory_network_and_architecture() -> None:
    """Other limits combine."""
    big = Query(fabric=True, min_accelerators=8, min_accelerator_memory_gib=150, min_network_gbps=3200)
    assert names(big) == ["p6-b200.48xlarge", "p6-b300.48xlarge", "a4-highgpu-8g"]
    assert {each.arch for each in select(machines(), Query(arch="arm64"))} == {"arm64"}
    assert names(Query(text="P5EN")) == ["p5en.48xlarge"]


def test_price_by_accelerator_counts_whole_devices() -> None:
    """An eighth of an L4 at 0.202 is 1.616 per L4; without accelerator or price there is none."""
    fraction, head = machine("aws", "g6f.large"), machine("aws", "m7i.large")
    assert fraction is not None
    assert head is not None
    assert price_per_accelerator(fraction) == pytest.approx(1.616)
    assert price_per_accelerator(head) is None


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_keeps_every_machine(order: Order) -> None:
    """Sorting loses nothing, and is the same every time."""
    found = select(machines(), Query(), order)
    assert sorted(each.name for each in found) == sorted(each.name for each in machines())
    assert found == select(reversed(machines()), Query(), order)


def test_largest_first() -> None:
    """By accelerators and by network, the largest comes first."""
    assert select(machines("gcp"), Query(), "accelerators")[0].name == "a2-megagpu-16g"
    assert select(machines("aws"), Query(), "network")[0].name == "p6-b300.48xlarge"
