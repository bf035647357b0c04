"""What disks of a machine are, and what they are called on AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import VOLUME, limits

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster

LETTERS = "fghijklmnop"
"""Last letters of the names that EC2 recommends for volumes: /dev/sdf to /dev/sdp."""
ROOT = "/dev/sda1"
"""The boot disk of an image of which the catalog knows nothing."""

HYPERDISK, PERSISTENT_DISK = "hyperdisk-balanced", "pd-balanced"
"""General volume types of Google Cloud: newer series attach the first, older ones the second alone."""


def data_disk(number: int) -> str:
    """Return the name of the block volume that is `number` of its machine, counted from zero."""
    return f"/dev/sd{LETTERS[number]}"


def volume_kind(cloud: str, machine: str, asked: str | None) -> str:
    """Return what a block volume of a machine is: as asked, or the general type that its cloud and series attach."""
    if asked or cloud == "aws":
        return asked or VOLUME
    known = limits(cloud, machine)
    return HYPERDISK if known and HYPERDISK in known.disk_types else PERSISTENT_DISK


def local_disks(cloud: str, cluster: MachineCluster) -> int | None:
    """Return how many disks of its own each machine has: those that it brings, or those that are asked for."""
    known = limits(cloud, cluster.machine)
    return (known.nvme_disks if known else None) or cluster.local_disks
