"""Disks of its own for each node: volumes beside an instance or from the template of a group, and local SSDs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, MachineCluster, gib
from rackwright.derive.disks import volume_kind
from rackwright.plan import ROW, args, out, text
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.machines import SITE_KEY, alike

if TYPE_CHECKING:
    from rackwright.plan import Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

NVME: dict[str, Plain] = {"interface": "NVME"}
LOCAL_SSD = 375
"""GB of a local SSD (Compute Engine, Local SSD disks)."""


def disks(here: GcpStack, cluster: MachineCluster, zone: str) -> tuple[Resource, ...]:
    """Return the disks of one node, to stand before it in its loop."""
    area = here.area("nodes", "storage")
    return tuple(
        _disk(here, area.under(name), cluster, zone, name, given) for name, given in mounted(here, cluster).items()
    )


def attached(here: GcpStack, cluster: MachineCluster) -> Plain:
    """Return how an instance takes its disks: under the names of their volumes; None where it has none."""
    return [{"source": out(disks_of(name)), "device_name": name} for name in mounted(here, cluster)] or None


def templated(here: GcpStack, cluster: MachineCluster) -> list[Plain]:
    """Return the disks that each member of a group is made with."""
    local: dict[str, Plain] = {"type": "SCRATCH", "disk_type": "local-ssd", "disk_size_gb": LOCAL_SSD}
    return [
        {
            "device_name": name,
            "disk_size_gb": gib(given.size),
            "disk_type": volume_kind(CLOUD, cluster.machine, given.type),
            **_speed(given),
            "disk_encryption_key": {"kms_key_self_link": SITE_KEY},
            "auto_delete": True,
            "labels": here.labels(),
        }
        for name, given in mounted(here, cluster).items()
    ] + _local(cluster, "InstanceTemplateDisk", {**local, **NVME})


def scratch(cluster: MachineCluster) -> Plain:
    """Return the local SSDs that an instance is asked for; None where it brings its own, or has none."""
    return _local(cluster, "InstanceScratchDisk", NVME) or None


def _local(cluster: MachineCluster, kind: str, each: dict[str, Plain]) -> list[Plain]:
    count = cluster.local_disks or 0
    return [alike(kind, "disk", range(count), each)] if count > 1 else [each] * count


def mounted(here: GcpStack, cluster: MachineCluster) -> dict[str, BlockStorage]:
    """Return the block volumes that a cluster mounts, in the order of its mounts."""
    volumes = {name: here.site.storage[name] for name in cluster.mounts.values()}
    return {name: volume for name, volume in volumes.items() if isinstance(volume, BlockStorage)}


def _disk(here: GcpStack, area: Area, cluster: MachineCluster, zone: str, name: str, given: BlockStorage) -> Resource:
    return area.resource(
        disks_of(name),
        "compute/disk:Disk",
        text(ROW, f"-{name}"),
        args(
            name=text(f"{here.blueprint.name}-{here.site_name}-", ROW, f"-{name}"),
            zone=zone,
            type=volume_kind(CLOUD, cluster.machine, given.type),
            size=gib(given.size),
            **_speed(given),
            disk_encryption_key={"kms_key_self_link": SITE_KEY},
        ),
    )


def _speed(given: BlockStorage) -> dict[str, Plain]:
    asked = {"provisioned_iops": given.iops, "provisioned_throughput": given.throughput}
    return {name: number for name, number in asked.items() if number}


def disks_of(name: str) -> str:
    """Return what the disks of a volume are called in a plan."""
    return f"{name.replace('-', '_')}_disks"
