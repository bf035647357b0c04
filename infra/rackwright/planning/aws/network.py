"""network.py: the VPC, its subnets and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.addresses import private_cidr, public_cidr
from rackwright.plan import ROW, Column, Named, Ref, Repeat, args, out, text, value
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

ANYWHERE = "0.0.0.0/0"


def network(here: AwsStack) -> Planned:
    """Return the network's section."""
    area = here.area("network", "network")
    given = here.site.network
    nodes: list[Node] = [*_vpc(here, area)]
    if given.nat != "none" or here.site.access.kind == "bastion":
        nodes += [*_internet(here, area), *_public(here, area)]
    nodes.append(_private(here, area))
    zones = f"{len(given.zones)} zone{'s' if len(given.zones) > 1 else ''}"
    way_out = {"none": "no way out", "single": "one NAT gateway", "per-zone": "NAT per zone"}[given.nat]
    return Planned(area.titled(f"Network: VPC {given.cidr}, private subnets in {zones}, {way_out}"), tuple(nodes))


def _vpc(here: AwsStack, area: Area) -> tuple[Resource, Resource]:
    vpc = args(
        cidr_block=here.site.network.cidr,
        enable_dns_support=True,
        enable_dns_hostnames=True,
        tags={"Name": here.label},
    )
    empty = "The VPC's default group is kept empty: nothing is reachable because somebody forgot to choose a group."
    return (
        area.resource("vpc", "ec2/vpc:Vpc", "vpc", vpc),
        area.resource(
            "default_group",
            "ec2/defaultSecurityGroup:DefaultSecurityGroup",
            "default",
            args(vpc_id=out("vpc")),
            note=empty,
        ),
    )


def _internet(here: AwsStack, area: Area) -> tuple[Resource, ...]:
    return (
        area.resource(
            "internet_gateway",
            "ec2/internetGateway:InternetGateway",
            "internet",
            args(vpc_id=out("vpc"), tags={"Name": here.label}),
        ),
        area.resource(
            "public_routes",
            "ec2/routeTable:RouteTable",
            "public",
            args(vpc_id=out("vpc"), tags={"Name": f"{here.label}-public"}),
        ),
        area.resource(
            "public_route",
            "ec2/route:Route",
            "public-internet",
            args(
                route_table_id=out("public_routes"),
                destination_cidr_block=ANYWHERE,
                gateway_id=out("internet_gateway"),
            ),
        ),
    )


def _public(here: AwsStack, area: Area) -> tuple[Node, ...]:
    """Return public subnets, with a NAT gateway in each, one in the first, or none."""
    per_zone, entered = here.site.network.nat == "per-zone", here.site.access.kind == "bastion"
    body = (
        _subnet(here, area, "public_subnet", "public"),
        _association(area, "public", "public_subnet", "public_routes"),
        *(_nat(here, area, "nat_gateways", text("nat-", ROW), text(here.label, "-", ROW)) if per_zone else ()),
    )
    held = "NAT gateways and the bastion" if entered else "NAT gateways"
    note = f"Public subnets hold {held if here.site.network.nat != 'none' else 'the bastion'} and nothing else."
    zones = _zones(here, area, "public_zones", public_cidr, body, note)
    if here.site.network.nat != "single":
        return (zones,)
    return (zones, *_nat(here, area, "nat_gateway", value("nat"), value(here.label), row=here.site.network.zones[0]))


def _nat(
    here: AwsStack, area: Area, key: str, name: Plain, tag: Plain, row: str | None = None
) -> tuple[Resource, Resource]:
    address_tag = text(here.label, "-nat-", ROW) if row is None else value(f"{here.label}-nat")
    return (
        area.resource("nat_address", "ec2/eip:Eip", name, args(domain="vpc", tags={"Name": address_tag})),
        area.resource(
            key,
            "ec2/natGateway:NatGateway",
            name,
            args(subnet_id=out("public_subnet", row=row), allocation_id=out("nat_address"), tags={"Name": tag}),
            depends_on=(Ref("internet_gateway"),),
        ),
    )


def _private(here: AwsStack, area: Area) -> Repeat:
    """Return private subnets, each with a route table of its own."""
    tags = {"Name": text(here.label, "-private-", ROW)}
    routes = area.resource(
        "private_routes",
        "ec2/routeTable:RouteTable",
        text("private-", ROW),
        args(vpc_id=out("vpc"), tags=tags),
    )
    association = _association(area, "private", "private_subnets", "private_routes")
    body = [_subnet(here, area, "private_subnets", "private"), routes, association]
    if here.site.network.nat != "none":
        body.append(_private_route(here, area))
    return _zones(here, area, "private_zones", private_cidr, tuple(body), "")


def _private_route(here: AwsStack, area: Area) -> Resource:
    per_zone = here.site.network.nat == "per-zone"
    return area.resource(
        "private_route",
        "ec2/route:Route",
        text("private-", ROW, "-internet"),
        args(
            route_table_id=out("private_routes"),
            destination_cidr_block=ANYWHERE,
            nat_gateway_id=out("nat_gateways", row=ROW) if per_zone else out("nat_gateway"),
        ),
    )


def _subnet(here: AwsStack, area: Area, key: str, role: str) -> Resource:
    return area.resource(
        key,
        "ec2/subnet:Subnet",
        text(f"{role}-", ROW),
        args(
            vpc_id=out("vpc"),
            availability_zone=ROW,
            cidr_block=Column("cidr"),
            map_public_ip_on_launch=False,
            tags={"Name": text(f"{here.label}-{role}-", ROW)},
        ),
    )


def _association(area: Area, role: str, subnets: str, routes: str) -> Resource:
    return area.resource(
        f"{role}_association",
        "ec2/routeTableAssociation:RouteTableAssociation",
        text(f"{role}-", ROW),
        args(subnet_id=out(subnets), route_table_id=out(routes)),
    )


def _zones(
    here: AwsStack,
    area: Area,
    key: str,
    cidr_of: Callable[[str, int], str],
    body: tuple[Resource, ...],
    note: str,
) -> Repeat:
    given = here.site.network
    cells = tuple(value(cidr_of(given.cidr, index)) for index in range(len(given.zones)))
    return Repeat(key, "zone", Named(given.zones), (("cidr", cells),), body, area.section, area.origin, note)
