"""List prices of what is not a machine, and which resources cost what."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias, cast

from rackwright.catalog.reading import rows, words, yes
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass

Unit: TypeAlias = Literal["hour", "month", "GiB-month", "IOPS-month", "MiB/s-month"]
Basis: TypeAlias = Literal["machine", "slice", "fixed", "capacity", "usage", "free"]


@dataclass(frozen=True, slots=True)
class Price:
    """A list price in USD per `unit`, in `region` on `date`."""

    cloud: Cloud
    item: str
    unit: Unit
    usd: float
    region: str
    date: str
    verified: bool
    sources: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class Billing:
    """How a resource type is charged: by its machine, its slice, a fixed price, its capacity, use, or not at all.

    `item` is the price it takes, `{input}` standing for an input of the resource. `size` is the input (dotted path)
    that holds its capacity in GiB, or the list by whose length a fixed price multiplies.
    """

    type: str
    basis: Basis
    item: str
    size: str
    notes: str


def price(cloud: str, item: str) -> Price | None:
    """Return the list price of an item of a cloud, None where it is not known."""
    return _prices().get((cloud, item))


def prices(cloud: str | None = None) -> tuple[Price, ...]:
    """Return the list prices of one cloud, or of both."""
    return tuple(each for each in _prices().values() if cloud in {None, each.cloud})


def billing(resource_type: str) -> Billing | None:
    """Return how a Pulumi resource type is charged, by its row or its module's (aws:iam/*), None where none says."""
    table = _billing()
    return table.get(resource_type) or table.get(f"{resource_type.partition('/')[0]}/*")


@cache
def _prices() -> dict[tuple[str, str], Price]:
    return {(row["cloud"], row["item"]): _price(row) for row in rows("prices")}


def _price(row: dict[str, str]) -> Price:
    return Price(
        cloud=cast("Cloud", row["cloud"]),
        item=row["item"],
        unit=cast("Unit", row["unit"]),
        usd=float(row["usd"]),
        region=row["region"],
        date=row["date"],
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )


@cache
def _billing() -> dict[str, Billing]:
    return {
        row["type"]: Billing(row["type"], cast("Basis", row["basis"]), row["item"], row["size"], row["notes"])
        for row in rows("billing")
    }
