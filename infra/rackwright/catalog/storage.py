"""Sizes that storage services sell, and the limits of volume types."""

from __future__ import annotations

from functools import cache
from typing import cast

from rackwright.catalog.reading import real, rows, whole, words, yes
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass

VOLUME = "gp3"
"""The volume type on AWS where a blueprint says none."""


@dataclass(frozen=True, slots=True)
class SizeRange:
    """Sizes from `min_gib` to `max_gib` (None: no end known) in steps of `step_gib` (None: step not known), GiB.

    `service` is fsx-lustre (PERSISTENT_2 SSD), fsx-lustre-persistent-1, -persistent-1-hdd, -scratch-1, -scratch-2,
    -efa or managed-lustre with the throughput in MB/s per TiB as `tier`, filestore with its service tier, or
    fsx-openzfs with its deployment type.
    """

    service: str
    tier: str
    min_gib: int
    max_gib: int | None
    step_gib: int | None
    verified: bool
    sources: tuple[str, ...]

    def holds(self, gib: int) -> bool:
        """Return whether a size (GiB) is one of these."""
        within = self.min_gib <= gib and (self.max_gib is None or gib <= self.max_gib)
        return within and (self.step_gib is None or (gib - self.min_gib) % self.step_gib == 0)

    def neighbors(self, gib: int) -> tuple[int, int]:
        """Return the largest size here that is at most `gib` and the smallest at least; ends where it is outside."""
        top = gib if self.max_gib is None else self.max_gib
        inside = max(self.min_gib, min(gib, top))
        below = inside - (inside - self.min_gib) % (self.step_gib or 1)
        above = below if below >= gib else below + (self.step_gib or 1)
        return below, above if self.max_gib is None else min(above, self.max_gib)


@dataclass(frozen=True, slots=True)
class VolumeType:
    """A block volume type: sizes in GiB, throughput in MiB/s, ratios per GiB and per IO operation a second.

    Where it `needs_iops` it has no baseline; else the least of what can be asked for is what it has by itself.
    """

    cloud: Cloud
    name: str
    min_gib: int
    max_gib: int
    min_iops: int | None
    max_iops: int | None
    iops_per_gib: int | None
    needs_iops: bool
    min_throughput: int | None
    max_throughput: int | None
    throughput_per_iops: float | None
    verified: bool
    sources: tuple[str, ...]
    notes: str


def size_ranges(service: str, tier: str | int) -> tuple[SizeRange, ...]:
    """Return the sizes a service sells in a tier, empty where the catalog does not know."""
    return _sizes().get((service, str(tier)), ())


def size_services() -> tuple[str, ...]:
    """Return the services whose sizes the catalog knows."""
    return tuple(dict.fromkeys(service for service, _ in _sizes()))


def size_tiers(service: str) -> tuple[str, ...]:
    """Return the tiers of a service."""
    return tuple(tier for known, tier in _sizes() if known == service)


def valid_size(service: str, tier: str | int, gib: int) -> bool | None:
    """Return whether a service sells a size (GiB), None where the catalog does not know the tier."""
    ranges = size_ranges(service, tier)
    return any(each.holds(gib) for each in ranges) if ranges else None


def nearest_sizes(service: str, tier: str | int, gib: int) -> tuple[int, ...]:
    """Return the next smaller and next larger valid size (GiB), for a hint."""
    near = {size for each in size_ranges(service, tier) for size in each.neighbors(gib)}
    below = max((size for size in near if size <= gib), default=None)
    above = min((size for size in near if size >= gib), default=None)
    return tuple(dict.fromkeys(size for size in (below, above) if size is not None))


def volume_type(cloud: str, name: str) -> VolumeType | None:
    """Return a block volume type of a cloud."""
    return _volumes().get((cloud, name))


def volume_types(cloud: str | None = None) -> tuple[VolumeType, ...]:
    """Return the block volume types of one cloud, or of both."""
    return tuple(each for each in _volumes().values() if cloud in {None, each.cloud})


@cache
def _sizes() -> dict[tuple[str, str], tuple[SizeRange, ...]]:
    found: dict[tuple[str, str], tuple[SizeRange, ...]] = {}
    for row in rows("storage-sizes"):
        key = (row["service"], row["tier"])
        found[key] = (*found.get(key, ()), _size(row))
    return found


def _size(row: dict[str, str]) -> SizeRange:
    return SizeRange(
        service=row["service"],
        tier=row["tier"],
        min_gib=int(row["min_gib"]),
        max_gib=whole(row["max_gib"]),
        step_gib=whole(row["step_gib"]),
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
    )


@cache
def _volumes() -> dict[tuple[str, str], VolumeType]:
    return {(row["cloud"], row["name"]): _volume(row) for row in rows("volumes")}


def _volume(row: dict[str, str]) -> VolumeType:
    return VolumeType(
        cloud=cast("Cloud", row["cloud"]),
        name=row["name"],
        min_gib=int(row["min_gib"]),
        max_gib=int(row["max_gib"]),
        min_iops=whole(row["min_iops"]),
        max_iops=whole(row["max_iops"]),
        iops_per_gib=whole(row["iops_per_gib"]),
        needs_iops=yes(row["needs_iops"]),
        min_throughput=whole(row["min_throughput"]),
        max_throughput=whole(row["max_throughput"]),
        throughput_per_iops=real(row["throughput_per_iops"]),
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
