"""Prices of what is not a machine, and who pays what."""

from __future__ import annotations

from rackwright.catalog.prices import billing, price
from rackwright.catalog.reading import rows

FREE_OF_CHARGE = {"endpoint-Gateway"}


def test_price_has_unit_region_and_date() -> None:
    """A NAT gateway in us-east-1."""
    nat = price("aws", "nat-gateway")
    assert nat is not None
    assert (nat.usd, nat.unit, nat.region, nat.date) == (0.045, "hour", "us-east-1", "2026-02-24")


def test_unknown_price_is_none_and_zero_means_free() -> None:
    """Nothing is priced at zero but what the cloud gives away."""
    assert price("gcp", "filestore-ZONAL") is None
    assert {row["item"] for row in rows("prices") if float(row["usd"]) == 0} == FREE_OF_CHARGE


def test_billing_prefers_the_type_over_its_module() -> None:
    """An instance is charged by its machine, the rest of ec2 is free; an unheard module is unknown."""
    assert getattr(billing("aws:ec2/instance:Instance"), "basis", None) == "machine"
    assert getattr(billing("aws:ec2/routeTable:RouteTable"), "basis", None) == "free"
    assert billing("aws:lambda/function:Function") is None


def test_billing_bases_are_known() -> None:
    """Every row says one of the six ways to charge."""
    assert {row["basis"] for row in rows("billing")} == {"machine", "slice", "fixed", "capacity", "usage", "free"}
