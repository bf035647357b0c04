"""Accelerators that are attached to a machine instead of being part of its type: N1 hosts of Google Cloud."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from rackwright.catalog.reading import real, rows, words, yes
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.catalog.types import Machine


@dataclass(frozen=True, slots=True)
class Attachment:
    """`count` accelerators on a machine. `type` is the cloud's name; prices (USD an hour) include the host."""

    cloud: Cloud
    machine: str
    accelerator: str
    type: str
    count: int
    accelerator_memory_gib: float
    on_demand_usd_hour: float | None
    spot_usd_hour: float | None
    price_region: str
    price_date: str
    verified: bool
    sources: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class Attachable:
    """`count` accelerators as machines of a `family` take them, up to so many vCPUs and so much memory of the machine.

    `type` is the cloud's name.
    """

    cloud: Cloud
    family: str
    accelerator: str
    type: str
    count: int
    accelerator_memory_gib: float
    most_vcpus: int
    most_memory_gib: float
    verified: bool
    sources: tuple[str, ...]
    notes: str


def attachables(cloud: str, family: str) -> tuple[Attachable, ...]:
    """Return what machines of a family take, each accelerator in every number of it."""
    return tuple(each for each in _attachables() if (each.cloud, each.family) == (cloud, family))


def attached(host: Machine, accelerator: str, count: int) -> Machine | None:
    """Return a machine with accelerators (by our name or the cloud's) as one thing; None where it takes none such."""
    for each in attachables(host.cloud, host.family):
        if accelerator in {each.accelerator, each.type} and each.count == count:
            priced = {(one.machine, one.accelerator, one.count): one for one in attachments(host.cloud)}
            price = priced.get((host.name, each.accelerator, count))
            return replace(
                host,
                accelerator=each.accelerator,
                accelerators=count,
                accelerator_memory_gib=each.accelerator_memory_gib,
                on_demand_usd_hour=price.on_demand_usd_hour if price else None,
                spot_usd_hour=price.spot_usd_hour if price else None,
                price_region=price.price_region if price else None,
                price_date=price.price_date if price else None,
            )
    return None


def attachments(cloud: str | None = None, machine: str | None = None) -> tuple[Attachment, ...]:
    """Return what can be attached, of one cloud and machine or of all."""
    return tuple(each for each in _attachments() if cloud in {None, each.cloud} and machine in {None, each.machine})


@cache
def _attachments() -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            cloud=cast("Cloud", row["cloud"]),
            machine=row["machine"],
            accelerator=row["accelerator"],
            type=row["type"],
            count=int(row["count"]),
            accelerator_memory_gib=float(row["accelerator_memory_gib"]),
            on_demand_usd_hour=real(row["on_demand_usd_hour"]),
            spot_usd_hour=real(row["spot_usd_hour"]),
            price_region=row["price_region"],
            price_date=row["price_date"],
            verified=yes(row["verified"]),
            sources=words(row["sources"]),
            notes=row["notes"],
        )
        for row in rows("attachments")
    )


@cache
def _attachables() -> tuple[Attachable, ...]:
    return tuple(
        Attachable(
            cloud=cast("Cloud", row["cloud"]),
            family=row["family"],
            accelerator=row["accelerator"],
            type=row["type"],
            count=int(row["count"]),
            accelerator_memory_gib=float(row["accelerator_memory_gib"]),
            most_vcpus=int(row["most_vcpus"]),
            most_memory_gib=float(row["most_memory_gib"]),
            verified=yes(row["verified"]),
            sources=words(row["sources"]),
            notes=row["notes"],
        )
        for row in rows("attachable")
    )
