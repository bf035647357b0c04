"""nodes.py of a cluster of machines: image, placement, instances or the group of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import MachineCluster, gib
from rackwright.derive.places import home_zone
from rackwright.plan import ROW, Repeat, Timeouts, args, out, text
from rackwright.planning.gcp import images
from rackwright.planning.gcp.capacity import bought
from rackwright.planning.gcp.fabric import fabric_of, nics_of
from rackwright.planning.gcp.machines import (
    METADATA,
    SITE_KEY,
    SLOW,
    accelerators,
    arch_of,
    bandwidth,
    boot_type,
    described,
    identity,
    image_name,
    image_of,
    interfaces,
    locked_note,
    shielded,
)
from rackwright.planning.gcp.placement import is_packed, placement
from rackwright.planning.gcp.scaling import group
from rackwright.planning.gcp.snapshots import followed, schedule
from rackwright.planning.gcp.volumes import attached, disks, scratch
from rackwright.planning.hosts.sets import numbered
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

IMAGE = "bootDisk.initializeParams.image"
"""The SDK passes nested paths on as they are: they are written as the engine spells them."""


def nodes(here: GcpStack, cluster: MachineCluster) -> Planned:
    """Return the section of a cluster's nodes."""
    area, zone = here.area("nodes", "clusters", here.cluster), home_zone(here.site, cluster)
    found: list[Node] = [*images.look_up(area, "image", image_name(here, cluster), arch_of(cluster))]
    if is_packed(cluster):
        found.append(placement(here, area, cluster))
    found += schedule(here, area, cluster)
    found += group(here, area, cluster, zone) if is_group(cluster) else (_instances(here, area, cluster, zone),)
    nics = f", {nics_of(cluster)} network interfaces" if fabric_of(cluster) else ""
    return Planned(area.titled(f"Nodes: {described(cluster)} in {zone}{nics}"), tuple(found))


def is_group(cluster: MachineCluster) -> bool:
    """Return whether one group stands for all nodes."""
    return cluster.provision == "group"


def _instances(here: GcpStack, area: Area, cluster: MachineCluster, zone: str) -> Repeat:
    instance = area.under("nodes").resource(
        "instances",
        "compute/instance:Instance",
        ROW,
        args(
            name=text(f"{here.blueprint.name}-{here.site_name}-", ROW),
            zone=zone,
            machine_type=cluster.machine,
            guest_accelerators=accelerators(cluster),
            boot_disk={
                "initialize_params": {
                    "image": image_of(here, cluster),
                    "size": gib(cluster.disk),
                    "type": boot_type(cluster),
                    "labels": here.labels(),
                },
                "kms_key_self_link": SITE_KEY,
                "auto_delete": True,
            },
            attached_disks=attached(here, cluster),
            scratch_disks=scratch(cluster),
            network_interfaces=interfaces(cluster, "InstanceNetworkInterface"),
            network_performance_config=bandwidth(cluster),
            service_account=identity(here, "node"),
            shielded_instance_config=shielded(cluster),
            **bought(cluster),
            resource_policies=out("placement", "self_link") if is_packed(cluster) else None,
            metadata=METADATA,
        ),
        ignore_changes=(IMAGE,),
        timeouts=Timeouts(create=SLOW, delete=SLOW),
    )
    over = numbered(here.cluster, cluster)
    body = (*disks(here, cluster, zone), *followed(here, here.area("nodes", "storage"), cluster, zone), instance)
    note = locked_note(here, cluster)
    return Repeat("nodes", "node", over, (), body, area.section, area.under("nodes").origin, note)
