"""network.py of a site in a VPC that stands already: looked up, so that a wrong id stops the program, never managed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Column, Named, Repeat, args, out, value
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import ExistingVpc
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack


def existing(here: AwsStack, given: ExistingVpc) -> Planned:
    """Return the section that looks up the VPC and its subnets."""
    area = here.area("network", "network", "existing")
    vpc = area.invoke("vpc", "ec2/getVpc:getVpc", args(id=given.vpc))
    title = f"Network: VPC {given.vpc} stands already; this program reads it and changes nothing in it"
    return Planned(area.titled(title), (vpc, _subnets(here, area, given)))


def _subnets(here: AwsStack, area: Area, given: ExistingVpc) -> Repeat:
    """Return the subnets, each asked for by everything that is said of it."""
    subnets = [given.subnets[zone] for zone in here.site.network.zones]
    stated = all(subnet.cidr for subnet in subnets)
    ids = ("id", tuple(value(subnet.id) for subnet in subnets))
    blocks = ("cidr", tuple(value(subnet.cidr) for subnet in subnets))
    inputs = args(
        id=Column("id"),
        vpc_id=out("vpc"),
        availability_zone=ROW,
        cidr_block=Column("cidr") if stated else None,
    )
    subnet = area.invoke("private_subnets", "ec2/getSubnet:getSubnet", inputs)
    note = "Nothing is found, and the program stops, where a subnet is in another VPC or zone than the blueprint says."
    table = (ids, blocks) if stated else (ids,)
    over = Named(here.site.network.zones)
    return Repeat("private_zones", "zone", over, table, (subnet,), area.section, area.origin, note)
