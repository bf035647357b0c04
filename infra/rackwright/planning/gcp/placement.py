"""Where the machines of a cluster stand: close together, in one NVLink domain, or where their reservation is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FlexStart, MachineCluster, Reservation
from rackwright.catalog import limits
from rackwright.plan import args
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.fabric import fabric_of

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

HPC = "h4d-"
"""The series without accelerators whose groups take workload policies (Compute Engine, about workload policies)."""


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


def by_workload(cluster: MachineCluster) -> bool:
    """Return whether a group places its machines by a workload policy of its own, which only these machines take."""
    return cluster.provision == "group" and (fabric_of(cluster) is not None or cluster.machine.startswith(HPC))


def placement(here: GcpStack, area: Area, cluster: MachineCluster) -> Node:
    """Return the policy that places the nodes close together."""
    return area.resource(
        "placement",
        "compute/resourcePolicy:ResourcePolicy",
        "nodes",
        args(name=here.label, region=here.site.region, **_policy(cluster)),
    )


def _policy(cluster: MachineCluster) -> dict[str, Plain]:
    """Return what kind of policy it is; only instances that are made one by one are waited for by their number."""
    shape = domain(cluster)
    if by_workload(cluster):
        shaped: dict[str, Plain] = {"accelerator_topology": shape} if shape else {}
        return {"workload_policy": {"type": "HIGH_THROUGHPUT", **shaped}}
    counted: dict[str, Plain] = {} if cluster.provision == "group" else {"vm_count": cluster.nodes.left}
    return {"group_placement_policy": {"collocation": "COLLOCATED", **({"gpu_topology": shape} if shape else counted)}}
