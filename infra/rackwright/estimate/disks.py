"""The disks that machines bring with them: boot disks and volumes of their templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count as numbers
from typing import TYPE_CHECKING

from rackwright.catalog import VOLUME, volume_type
from rackwright.catalog.prices import billing
from rackwright.estimate.inputs import launch_template, variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.estimate.inputs import Variant
    from rackwright.plan import Plan

GCP_DEFAULT = "pd-standard"
"""What Compute Engine takes where a boot disk names no type."""


@dataclass(frozen=True, slots=True)
class Disk:
    """`count` disks of one type and size (GiB), made with the machines of one resource.

    `iops` and `throughput` (MiB/s) are what is asked for beyond what comes with the type.
    """

    resource: str
    type: str
    gib: int
    count: int
    iops: int = 0
    throughput: int = 0


def disks(plan: Plan) -> tuple[Disk, ...]:
    """Return the disks whose size a plan says; a machine that leaves it to its image is not listed."""
    found: list[Disk] = []
    for variant in variants(plan):
        row = billing(variant.resource.type)
        if row is not None and row.basis == "machine":
            found.extend(_aws(plan, variant) if plan.cloud == "aws" else _gcp(plan, variant))
    return tuple(found)


def _aws(plan: Plan, variant: Variant) -> Iterator[Disk]:
    own = _volume(variant, ("root_block_device",))
    template = launch_template(plan, variant)
    mapped = (
        _volume(template, ("block_device_mappings", at, "ebs")) for at in _positions(template, "block_device_mappings")
    )
    yield from (disk for disk in (own, *mapped) if disk is not None)


def _volume(variant: Variant, path: tuple[str | int, ...]) -> Disk | None:
    """Return the volume of AWS at a path, with what is charged besides its size."""
    disk = _disk(variant, path, ("volume_type", "volume_size"), VOLUME)
    known = volume_type("aws", disk.type) if disk else None
    if disk is None or known is None:
        return disk
    asked = [variant.scalar(*path, name) for name in ("iops", "throughput")]
    free = (0 if known.needs_iops else known.min_iops or 0, known.min_throughput or 0)
    more = [max(0, int(one) - least) if isinstance(one, int) else 0 for one, least in zip(asked, free, strict=True)]
    return replace(disk, iops=more[0], throughput=more[1])


def _gcp(plan: Plan, variant: Variant) -> Iterator[Disk]:
    own = _disk(variant, ("boot_disk", "initialize_params"), ("type", "size"), GCP_DEFAULT)
    template = launch_template(plan, variant)
    made = (
        _disk(template, ("disks", at), ("disk_type", "disk_size_gb"), GCP_DEFAULT)
        for at in _positions(template, "disks")
    )
    yield from (disk for disk in (own, *made) if disk is not None)


def _positions(variant: Variant, name: str) -> Iterator[int]:
    for at in numbers():
        if variant.value(name, at) is None:
            return
        yield at


def _disk(variant: Variant, path: tuple[str | int, ...], names: tuple[str, str], default: str) -> Disk | None:
    kind, size = (variant.scalar(*path, name) for name in names)
    if not isinstance(size, int | float | str):
        return None
    return Disk(variant.resource.key, str(kind or default), int(size), variant.count)
