"""The stack of a link between two sites on Google Cloud: each network peers with the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.blueprint import GcpSite
from rackwright.plan import Export, Plan, Ref, args, out
from rackwright.planning.ends import site_output, sites
from rackwright.planning.gcp.context import CLOUD, GcpStack, provider
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Link
    from rackwright.plan import Resource

ENDS = ("first", "second")


def plan_link(blueprint: Blueprint, name: str, link: Link) -> Plan:
    """Return the plan of a link's stack."""
    pairs = zip(ENDS, link.between, strict=True)
    first, second = (
        GcpStack(blueprint, site, one, link=name, end=end)
        for end, site in pairs
        if isinstance(one := blueprint.sites[site], GcpSite)
    )
    sections = (_projects(first, second), sites(first, second), _peering(first, second))
    return Plan(
        stack=first.stack,
        datacenter=blueprint.name,
        cloud=CLOUD,
        region=first.site.region,
        identity=first.site.project,
        title=f"link {name}, VPC network peering between sites {first.site_name} and {second.site_name}",
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(Export("state", out("second_peering", "state")),),
    )


def _projects(first: GcpStack, second: GcpStack) -> Planned:
    area = first.area("account", "between")
    title = f"Account: each end lands in the project of its site, {first.site.project} and {second.site.project}"
    return Planned(area.titled(title), tuple(provider(one, area, one.end) for one in (first, second)))


def _peering(first: GcpStack, second: GcpStack) -> Planned:
    title = f"Peering: the networks of {first.site_name} and {second.site_name}, subnet routes alone"
    note = "Google Cloud takes one change of peerings at a time: the second waits for the first."
    after = (Ref("first_peering"),)
    nodes = (_side(first, second), _side(second, first, note=note, depends_on=after))
    return Planned(first.area("peering", "between").titled(title), nodes)


def _side(here: GcpStack, there: GcpStack, **options: Any) -> Resource:
    """Return the peering of one network with the other; what else is routed to either stays its own."""
    return here.area("peering", "between").resource(
        f"{here.end}_peering",
        "compute/networkPeering:NetworkPeering",
        here.end,
        args(
            name=here.label,
            network=site_output(here, "network_id"),
            peer_network=site_output(there, "network_id"),
            export_custom_routes=False,
            import_custom_routes=False,
        ),
        **options,
    )
