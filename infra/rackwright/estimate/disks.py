"""The disks that machines bring with them: boot disks and volumes of their templates."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count as numbers
from typing import TYPE_CHECKING

from rackwright.catalog import billing
from rackwright.estimate.inputs import launch_template, variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.estimate.inputs import Variant
    from rackwright.plan import Plan

AWS_DEFAULT = "gp3"
GCP_DEFAULT = "pd-standard"
"""What Compute Engine takes where a boot disk names no type."""


@dataclass(frozen=True, slots=True)
class Disk:
    """`count` disks of one type and size (GiB), made with the machines of one resource."""

    resource: str
    type: str
    gib: int
    count: int


def disks(plan: Plan) -> tuple[Disk, ...]:
    """Return the disks whose size a plan says; a machine that leaves it to its image is not listed."""
    found: list[Disk] = []
    for variant in variants(plan):
        row = billing(variant.resource.type)
        if row is not None and row.basis == "machine":
            found.extend(_aws(plan, variant) if plan.cloud == "aws" else _gcp(plan, variant))
    return tuple(found)


def _aws(plan: Plan, variant: Variant) -> Iterator[Disk]:
    own = _disk(variant, ("root_block_device",), ("volume_type", "volume_size"), AWS_DEFAULT)
    template = launch_template(plan, variant)
    mapped = (
        _disk(template, ("block_device_mappings", at, "ebs"), ("volume_type", "volume_size"), AWS_DEFAULT)
        for at in _positions(template, "block_device_mappings")
    )
    yield from (disk for disk in (own, *mapped) if disk is not None)


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
