"""A group of alike nodes that Google Cloud itself keeps at their number, and the template they are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import gib
from rackwright.plan import Timeouts, args, out
from rackwright.planning.gcp.capacity import bought
from rackwright.planning.gcp.machines import (
    METADATA,
    SITE_KEY,
    SLOW,
    accelerators,
    bandwidth,
    boot_type,
    identity,
    image_of,
    interfaces,
    shielded,
)
from rackwright.planning.gcp.placement import by_workload, is_packed
from rackwright.planning.gcp.volumes import templated

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

IMAGE = "disks[0].sourceImage"
MEMBER = "rackwright-group"
"""The label of every machine of a group, with the group's name."""


def group(here: GcpStack, area: Area, cluster: MachineCluster, zone: str) -> tuple[Node, ...]:
    """Return the template and the group; running members keep their template, new ones start from the newest."""
    made = area.under("nodes").resource(
        "group",
        "compute/instanceGroupManager:InstanceGroupManager",
        "nodes",
        args(
            name=here.label,
            description=f"Nodes of {here.stack}",
            zone=zone,
            base_instance_name=here.label,
            versions=[{"instance_template": out("template")}],
            target_size=cluster.nodes.left,
            list_managed_instances_results="PAGINATED",
            update_policy={"type": "OPPORTUNISTIC", "minimal_action": "REPLACE"},
            resource_policies=_together(cluster),
            wait_for_instances=True,
        ),
        note="Running members keep what they have; those that replace them start from the newest template.",
        timeouts=Timeouts(SLOW, SLOW, SLOW),
    )
    return _template(here, area, cluster), made


def _together(cluster: MachineCluster) -> Plain:
    """Return the workload policy of the group, where it has one."""
    return {"workload_policy": out("placement", "self_link")} if is_packed(cluster) and by_workload(cluster) else None


def _template(here: GcpStack, area: Area, cluster: MachineCluster) -> Node:
    placed = is_packed(cluster) and not by_workload(cluster)
    return area.resource(
        "template",
        "compute/instanceTemplate:InstanceTemplate",
        "nodes",
        args(
            name_prefix=f"{here.label}-",
            description=f"Nodes of {here.stack}",
            machine_type=cluster.machine,
            guest_accelerators=accelerators(cluster),
            disks=[
                {
                    "source_image": image_of(here, cluster),
                    "disk_size_gb": gib(cluster.disk),
                    "disk_type": boot_type(cluster),
                    "disk_encryption_key": {"kms_key_self_link": SITE_KEY},
                    "boot": True,
                    "auto_delete": True,
                    "labels": here.labels(),
                },
                *templated(here, cluster),
            ],
            network_interfaces=interfaces(cluster, "InstanceTemplateNetworkInterface"),
            network_performance_config=bandwidth(cluster),
            service_account=identity(here, "node"),
            shielded_instance_config=shielded(cluster),
            **bought(cluster),
            resource_policies=out("placement", "self_link") if placed else None,
            metadata=METADATA,
            labels={MEMBER: here.label},
        ),
        ignore_changes=(IMAGE,),
    )
