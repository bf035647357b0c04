"""Where the machines of a cluster stand: close together, in one NVLink domain, or where their reservation is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FlexStart, MachineCluster, Reservation
from rackwright.catalog import limits
from rackwright.plan import args
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.fabric import fabric_of

if TYPE_CHECKING:
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack


def is_packed(cluster: MachineCluster) -> bool:
    """Return whether a policy places the nodes: asked for, or by default where the fabric gains from it."""
    if cluster.placement != "auto":
        return cluster.placement == "cluster"
    return fabric_of(cluster) is not None and cluster.nodes.count > 1 and _free(cluster)


def _free(cluster: MachineCluster) -> bool:
    """Return whether a policy may choose the place: a reservation has one, and few machines are queued for one."""
    known = limits(CLOUD, cluster.machine)
    if isinstance(cluster.capacity, FlexStart):
        return known is not None and "flex-start" in known.placement
    return not isinstance(cluster.capacity, Reservation) or domain(cluster) is not None


def domain(cluster: MachineCluster) -> str | None:
    """Return the shape of the NVLink domain that machines of this series share, as 1x72; None where they have none."""
    known = limits(CLOUD, cluster.machine)
    return known.gpu_topology if known else None


def placement(here: GcpStack, area: Area, cluster: MachineCluster) -> Node:
    """Return the policy that places the nodes close together."""
    shape = domain(cluster)
    together = {"gpu_topology": shape} if shape else {"vm_count": cluster.nodes.left}
    return area.resource(
        "placement",
        "compute/resourcePolicy:ResourcePolicy",
        "nodes",
        args(
            name=here.label,
            region=here.site.region,
            group_placement_policy={"collocation": "COLLOCATED", **together},
        ),
    )
