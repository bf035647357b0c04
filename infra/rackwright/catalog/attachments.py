"""Accelerators that are attached to a machine instead of being part of its type: N1 hosts of Google Cloud."""

from __future__ import annotations

from functools import cache
from typing import cast

from rackwright.catalog.reading import real, rows, words, yes
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass


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
