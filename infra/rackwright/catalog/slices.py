"""TPU slice types of Google Cloud."""

from __future__ import annotations

from functools import cache
from math import prod
from typing import TYPE_CHECKING, cast

from rackwright.catalog.reading import real, rows, whole, words, yes
from rackwright.catalog.types import SliceType

if TYPE_CHECKING:
    from rackwright.catalog.types import Arch


def slice_type(name: str) -> SliceType | None:
    """Return a TPU slice type, None where the catalog does not know it."""
    return _slices().get(name)


SHAPED = {"V4": "v4", "V5P": "v5p"}
"""What the Cloud TPU API calls the generations whose slices come in several shapes."""


def slice_of_shape(kind: str, topology: str) -> SliceType | None:
    """Return the slice type of a generation, as the API calls it, that has as many chips as a topology."""
    chips = prod(int(side) for side in topology.split("x"))
    return next((one for one in slice_types() if (one.generation, one.chips) == (SHAPED.get(kind), chips)), None)


def runtime_generations(runtime: str) -> tuple[str, ...]:
    """Return the TPU generations that a software version is made for; empty where no source says it."""
    return _runtimes().get(runtime, ())


def runtime_names() -> tuple[str, ...]:
    """Return the names of all TPU software that the catalog knows."""
    return tuple(_runtimes())


def slice_types() -> tuple[SliceType, ...]:
    """Return all TPU slice types as the file lists them."""
    return tuple(_slices().values())


@cache
def _runtimes() -> dict[str, tuple[str, ...]]:
    return {row["name"]: words(row["generations"]) for row in rows("runtimes")}


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
