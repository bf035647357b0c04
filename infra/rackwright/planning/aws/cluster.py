"""The stack of a cluster on an AWS site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.derive.places import home_zone
from rackwright.plan import Each, Export, Plan, StackOut, StackReference, out
from rackwright.planning.aws.access import access
from rackwright.planning.aws.account import account
from rackwright.planning.aws.context import CLOUD, AwsStack
from rackwright.planning.aws.nodes import image_id, nodes
from rackwright.planning.aws.scaling import MEMBER
from rackwright.planning.hosts import group_hosts, head_hosts, machine_hosts
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import AwsSite, Blueprint, MachineCluster
    from rackwright.derive.images import Ids
    from rackwright.plan import HostSet


def plan_cluster(
    blueprint: Blueprint, site_name: str, site: AwsSite, name: str, cluster: MachineCluster, ids: Ids
) -> Plan:
    """Return the plan of one cluster's stack."""
    here = AwsStack(blueprint, site_name, site, name, ids)
    sections = [account(here), _site(here), access(here), nodes(here, cluster)]
    scheduled: tuple[Export, ...] = ()
    if cluster.scheduler:
        from rackwright.planning.aws.head import head, head_exports

        sections.append(head(here, cluster, cluster.scheduler))
        scheduled = head_exports(here)
    if site.network.dns and cluster.provision == "instances":
        from rackwright.planning.aws.dns import node_names

        sections.append(node_names(here, cluster, site.network.dns))
    if here.watches("nodes"):
        from rackwright.planning.aws.alarms import node_alarms

        sections.append(node_alarms(here, cluster))
    return Plan(
        stack=here.stack,
        datacenter=blueprint.name,
        cloud=CLOUD,
        region=site.region,
        identity=site.account,
        title=_title(here, cluster),
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(
            *_members(cluster),
            *scheduled,
            *_gate(here),
            Export("image_id", image_id(here, cluster)),
            Export("security_group_id", out("node_group")),
        ),
        host_sets=_hosts(here, cluster),
    )


def _members(cluster: MachineCluster) -> tuple[Export, ...]:
    """Return the addresses and ids of the nodes: by name, or, of a group, as its members are found."""
    if cluster.provision == "group":
        return Export("hosts", out("members", "private_ips")), Export("instance_ids", out("members", "ids"))
    return Export("hosts", Each("instances", ("private_ip",))), Export("instance_ids", Each("instances", ("id",)))


def _gate(here: AwsStack) -> tuple[Export, ...]:
    """Return the bastion that leads to the nodes, if there is one."""
    return (Export("bastion", StackOut("site", ("bastion",))),) if here.site.access.kind == "bastion" else ()


def _hosts(here: AwsStack, cluster: MachineCluster) -> tuple[HostSet, ...]:
    """Return the nodes and, where a scheduler gives them out, its head."""
    if cluster.provision == "group":
        return (group_hosts(here.site, here.cluster, cluster, node="group", label=MEMBER),)
    about, address = (here.site, here.cluster, cluster), ("private_ip",)
    nodes = machine_hosts(*about, node="instances", address=address)
    if cluster.scheduler is None:
        return (nodes,)
    return nodes, head_hosts(*about, cluster.scheduler, node="head_machine", address=address)


def _title(here: AwsStack, cluster: MachineCluster) -> str:
    count = cluster.nodes.left
    found = machine(CLOUD, cluster.machine)
    fabric = " on EFA" if found and found.fabric else ""
    slurm = ", with a Slurm head" if cluster.scheduler else ""
    return f"cluster {here.cluster}, {count} x {cluster.machine}{fabric} in {home_zone(here.site, cluster)}{slurm}"


def _site(here: AwsStack) -> Planned:
    area = here.area("site_stack")
    reference = StackReference("site", here.site_stack, area.section, area.origin)
    return Planned(area.titled(f"Site: what {here.site_stack} provides, read from its stack"), (reference,))
