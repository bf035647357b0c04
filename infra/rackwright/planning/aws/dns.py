"""Names of hosts: the private zone of a site, and the records of its clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Export, Repeat, StackOut, args, out, text
from rackwright.planning.hosts.sets import numbered
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.blueprint.network import AwsDns
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

ZONE = "dns_zone"
"""The output of a site with its zone, and the zone in the program."""
SECONDS = 60
"""How long a name may be remembered: a node that is replaced has another address."""


def dns(here: AwsStack, given: AwsDns) -> Planned:
    """Return the section of the zone, with the name of the bastion where there is one."""
    area = here.area("names", "network", "dns")
    bastion: tuple[Resource, ...] = ()
    if here.site.access.kind == "bastion":
        name, address = f"bastion.{given.zone}", out("bastion_machine", "private_ip")
        bastion = (_record(area, "bastion_name", "bastion", name, address, out(ZONE, "zone_id")),)
    stands = " stands already" if given.existing else ""
    title = f"Names: the private zone {given.zone}{stands}"
    return Planned(area.titled(title), (_zone(here, area, given), *bastion))


def dns_exports() -> tuple[Export, ...]:
    """Return what the clusters' records must know."""
    return (Export(ZONE, out(ZONE, "zone_id")),)


def node_names(here: AwsStack, cluster: MachineCluster, given: AwsDns) -> Planned:
    """Return the section of the nodes' records."""
    area, zone = here.area("names", "network", "dns"), f"{here.cluster}.{given.zone}"
    address = out("instances", "private_ip", row=ROW)
    record = _record(area, "node_names", ROW, text(ROW, f".{zone}"), address, StackOut("site", (ZONE,)))
    over = numbered(here.cluster, cluster)
    named: list[Node] = [Repeat("named", "node", over, (), (record,), area.section, area.origin)]
    if cluster.scheduler:
        head, at = out("head_machine", "private_ip"), StackOut("site", (ZONE,))
        named.append(_record(area, "head_name", "head", f"head.{zone}", head, at))
    return Planned(area.titled(f"Names: each node in {zone}"), tuple(named))


def _zone(here: AwsStack, area: Area, given: AwsDns) -> Node:
    if given.existing:
        return area.under("existing").invoke(ZONE, "route53/getZone:getZone", args(zone_id=given.existing))
    inputs = args(name=given.zone, comment=f"Hosts of {here.stack}", vpcs=[{"vpc_id": out("vpc")}])
    return area.resource(ZONE, "route53/zone:Zone", "hosts", inputs)


def _record(area: Area, key: str, name: Plain, called: Plain, address: Plain, zone: Plain) -> Resource:
    inputs = args(zone_id=zone, name=called, type="A", ttl=SECONDS, records=[address])
    return area.resource(key, "route53/record:Record", name, inputs)
