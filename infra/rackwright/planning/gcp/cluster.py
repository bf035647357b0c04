"""The stack of a cluster on a Google Cloud site: machines, or TPU slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import MachineCluster, SliceCluster
from rackwright.derive.places import home_zone
from rackwright.plan import Each, Export, Plan, out, row_keys, value
from rackwright.plan.nodes import Numbered
from rackwright.planning.gcp.access import access, gate
from rackwright.planning.gcp.context import CLOUD, GcpStack, account, site_reference
from rackwright.planning.gcp.fabric import NAMES, fabric, fabric_of
from rackwright.planning.gcp.machines import described, image_of
from rackwright.planning.gcp.nodes import is_group, nodes
from rackwright.planning.gcp.scaling import MEMBER
from rackwright.planning.gcp.slices import slices, workers
from rackwright.planning.hosts import group_hosts, head_hosts, machine_hosts, slice_hosts

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Cluster, GcpSite
    from rackwright.derive.images import Ids
    from rackwright.plan import HostSet, Value
    from rackwright.planning.section import Planned

ADDRESS = ("network_interfaces", 0, "network_ip")


def plan_cluster(blueprint: Blueprint, site_name: str, site: GcpSite, name: str, cluster: Cluster, ids: Ids) -> Plan:
    """Return the plan of one cluster's stack."""
    here = GcpStack(blueprint, site_name, site, name, ids)
    if isinstance(cluster, SliceCluster):
        return _slices(here, cluster)
    return _machines(here, cluster)


def _machines(here: GcpStack, cluster: MachineCluster) -> Plan:
    data = fabric(here, cluster)
    scheduled: tuple[Planned, ...] = ()
    exported: tuple[Export, ...] = ()
    if cluster.scheduler:
        from rackwright.planning.gcp.head import head, head_exports

        scheduled, exported = (head(here, cluster, cluster.scheduler),), head_exports(here)
    if here.site.network.dns and not is_group(cluster):
        from rackwright.planning.gcp.dns import node_names

        scheduled = (*scheduled, node_names(here, cluster, here.site.network.dns))
    if here.watches("nodes"):
        from rackwright.planning.gcp.monitoring import node_alerts

        scheduled = (*scheduled, node_alerts(here))
    fabrics = (data,) if data else ()
    sections = (account(here), site_reference(here), access(here), *fabrics, nodes(here, cluster), *scheduled)
    exports = (
        _members(cluster),
        *exported,
        Export("image", image_of(here, cluster)),
        Export("service_account", value(here.account("node"))),
    )
    hosts = _hosts(here, cluster)
    found = fabric_of(cluster)
    on = f" on {NAMES[found.kind]}" if found else ""
    slurm = ", with a Slurm head" if cluster.scheduler else ""
    what = f"{described(cluster)}{on} in {home_zone(here.site, cluster)}{slurm}"
    return _plan(here, what, sections, exports, hosts)


def _members(cluster: MachineCluster) -> Export:
    """Return the addresses of the nodes by name, or the group whose members are found by their label."""
    return Export("group", out("group", "name")) if is_group(cluster) else Export("hosts", Each("instances", ADDRESS))


def _hosts(here: GcpStack, cluster: MachineCluster) -> tuple[HostSet, ...]:
    """Return the nodes and, where a scheduler gives them out, its head."""
    if is_group(cluster):
        return (group_hosts(here.site, here.cluster, cluster, node="group", label=MEMBER),)
    about = (here.site, here.cluster, cluster)
    nodes = machine_hosts(*about, node="instances", address=ADDRESS)
    if cluster.scheduler is None:
        return (nodes,)
    return nodes, head_hosts(*about, cluster.scheduler, node="head_machine", address=ADDRESS)


def _slices(here: GcpStack, cluster: SliceCluster) -> Plan:
    sections: tuple[Planned, ...] = (account(here), site_reference(here), access(here), slices(here, cluster))
    if here.site.network.dns:
        from rackwright.planning.gcp.dns import node_names

        sections = (*sections, node_names(here, cluster, here.site.network.dns))
    exports = (
        Export("hosts", _workers(here, cluster)),
        Export("service_account", value(here.account("node"))),
    )
    address = ("network_endpoints",)
    hosts = slice_hosts(here.site, here.cluster, cluster, node="slices", workers=workers(cluster), address=address)
    what = f"{cluster.slices} x {cluster.accelerator} in {home_zone(here.site, cluster)}"
    return _plan(here, what, sections, exports, (hosts,))


def _workers(here: GcpStack, cluster: SliceCluster) -> Value:
    """Return worker name -> address, worker by worker: a slice's hosts are not resources of their own."""
    return value(
        {
            f"{key}-w{worker}": out("slices", "network_endpoints", worker, "ip_address", row=key)
            for key in row_keys(Numbered(f"{here.cluster}-", cluster.slices))
            for worker in range(workers(cluster))
        }
    )


def _plan(
    here: GcpStack, what: str, sections: tuple[Planned, ...], exports: tuple[Export, ...], hosts: tuple[HostSet, ...]
) -> Plan:
    return Plan(
        stack=here.stack,
        datacenter=here.blueprint.name,
        cloud=CLOUD,
        region=here.site.region,
        identity=here.site.project,
        title=f"cluster {here.cluster}, {what}",
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(*exports, *gate(here)),
        host_sets=hosts,
    )
