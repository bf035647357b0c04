"""The stack of a cluster on an AWS site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.derive.places import home_zone
from rackwright.plan import Each, Export, Plan, StackReference, out
from rackwright.planning.aws.access import access
from rackwright.planning.aws.account import account
from rackwright.planning.aws.context import CLOUD, AwsStack
from rackwright.planning.aws.nodes import image_id, nodes
from rackwright.planning.hosts import machine_hosts
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import AwsSite, Blueprint, MachineCluster


def plan_cluster(blueprint: Blueprint, site_name: str, site: AwsSite, name: str, cluster: MachineCluster) -> Plan:
    """Return the plan of one cluster's stack."""
    here = AwsStack(blueprint, site_name, site, name)
    sections = [account(here), _site(here), access(here), nodes(here, cluster)]
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
            Export("hosts", Each("instances", ("private_ip",))),
            Export("instance_ids", Each("instances", ("id",))),
            Export("image_id", image_id(here, cluster)),
            Export("security_group_id", out("node_group")),
        ),
        host_sets=(machine_hosts(site, name, cluster, node="instances", address=("private_ip",)),),
    )


def _title(here: AwsStack, cluster: MachineCluster) -> str:
    count = cluster.nodes.left
    found = machine(CLOUD, cluster.machine)
    fabric = " on EFA" if found and found.fabric else ""
    return f"cluster {here.cluster}, {count} x {cluster.machine}{fabric} in {home_zone(here.site, cluster)}"


def _site(here: AwsStack) -> Planned:
    area = here.area("site_stack")
    reference = StackReference("site", here.site_stack, area.section, area.origin)
    return Planned(area.titled(f"Site: what {here.site_stack} provides, read from its stack"), (reference,))
