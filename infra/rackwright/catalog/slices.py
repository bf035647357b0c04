"""TPU slice types of Google Cloud."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from rackwright.catalog.reading import real, rows, whole, words, yes
from rackwright.catalog.types import SliceType

if TYPE_CHECKING:
    from rackwright.catalog.types import Arch


def slice_type(name: str) -> SliceType | None:
    """Return a TPU slice type, None where the catalog does not know it."""
    return _slices().get(name)


def slice_types() -> tuple[SliceType, ...]:
    """Return all TPU slice types as the file lists them."""
    return tuple(_slices().values())


@cache
def _slices() -> dict[str, SliceType]:
    return {row["name"]: _slice(row) for row in rows("slices")}


def _slice(row: dict[str, str]) -> SliceType:
    return SliceType(
        name=row["name"],
        generation=row["generation"],
        chips=int(row["chips"]),
        topology=row["topology"],
        hosts=int(row["hosts"]),
        chips_per_host=int(row["chips_per_host"]),
        host_machine=row["host_machine"] or None,
        chip_memory_gib=real(row["chip_memory_gib"]),
        vcpus=whole(row["vcpus"]),
        memory_gib=real(row["memory_gib"]),
        arch=cast("Arch", row["arch"]),
        runtime_version=row["runtime_version"] or None,
        on_demand_usd_hour=real(row["on_demand_usd_hour"]),
        spot_usd_hour=real(row["spot_usd_hour"]),
        price_region=row["price_region"] or None,
        price_date=row["price_date"] or None,
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
