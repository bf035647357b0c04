"""The stack of a link between two sites on AWS: the first asks for the peering, the second accepts, both route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite
from rackwright.plan import ROW, Column, Export, Named, Plan, Repeat, args, out, text
from rackwright.planning.aws.account import provider
from rackwright.planning.aws.context import CLOUD, AwsStack
from rackwright.planning.ends import site_output, sites
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Link
    from rackwright.plan import Node, Resource

ENDS = ("requester", "accepter")


def plan_link(blueprint: Blueprint, name: str, link: Link) -> Plan:
    """Return the plan of a link's stack."""
    pairs = zip(ENDS, link.between, strict=True)
    requester, accepter = (
        AwsStack(blueprint, site, one, link=name, end=end)
        for end, site in pairs
        if isinstance(one := blueprint.sites[site], AwsSite)
    )
    read = sites(requester, accepter)
    sections = (_accounts(requester, accepter), read, _peering(requester, accepter), _routes(requester, accepter))
    return Plan(
        stack=requester.stack,
        datacenter=blueprint.name,
        cloud=CLOUD,
        region=requester.site.region,
        identity=requester.site.account,
        title=f"link {name}, VPC peering between sites {requester.site_name} and {accepter.site_name}",
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(Export("peering_id", out("connection")),),
    )


def _accounts(requester: AwsStack, accepter: AwsStack) -> Planned:
    area = requester.area("account", "between")
    lands = " and ".join(f"{one.site.account} ({one.site.region})" for one in (requester, accepter))
    title = f"Account: each end lands in the account of its site, {lands}"
    return Planned(area.titled(title), tuple(provider(one, area, one.end) for one in (requester, accepter)))


def _peering(requester: AwsStack, accepter: AwsStack) -> Planned:
    area = requester.area("peering", "between")
    connection = area.resource(
        "connection",
        "ec2/vpcPeeringConnection:VpcPeeringConnection",
        "peering",
        args(
            vpc_id=site_output(requester, "vpc_id"),
            peer_vpc_id=site_output(accepter, "vpc_id"),
            peer_owner_id=accepter.site.account,
            peer_region=accepter.site.region,
            tags={"Name": requester.label},
        ),
    )
    accepted = accepter.area("peering", "between").resource(
        "accepted",
        "ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
        "peering",
        args(vpc_peering_connection_id=out("connection"), auto_accept=True, tags={"Name": accepter.label}),
    )
    title = f"Peering: {requester.site_name} asks, {accepter.site_name} accepts; names resolve to private addresses"
    return Planned(area.titled(title), (connection, accepted, _names(requester), _names(accepter)))


def _names(here: AwsStack) -> Resource:
    """Return how one end resolves the names of its hosts for the other, which it may say once the peering stands."""
    return here.area("peering", "between").resource(
        f"{here.end}_names",
        "ec2/peeringConnectionOptions:PeeringConnectionOptions",
        here.end,
        args(vpc_peering_connection_id=out("accepted"), **{here.end: {"allow_remote_vpc_dns_resolution": True}}),
    )


def _routes(requester: AwsStack, accepter: AwsStack) -> Planned:
    title = "Routes: from the private subnets of each site to the block of the other"
    nodes = (_toward(requester, accepter), _toward(accepter, requester))
    return Planned(requester.area("routes", "between").titled(title), nodes)


def _toward(here: AwsStack, there: AwsStack) -> Node:
    """Return a route for every private route table of one site."""
    area, zones = here.area("routes", "between"), here.site.network.zones
    route = area.resource(
        f"{here.end}_route",
        "ec2/route:Route",
        text(f"{here.end}-", ROW),
        args(
            route_table_id=Column("table"),
            destination_cidr_block=there.site.network.cidr,
            vpc_peering_connection_id=out("accepted"),
        ),
    )
    tables = tuple(site_output(here, "route_table_ids", zone) for zone in zones)
    return Repeat(f"{here.end}_zones", "zone", Named(zones), (("table", tables),), (route,), area.section, area.origin)
