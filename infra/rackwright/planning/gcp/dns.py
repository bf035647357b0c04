"""Names of hosts: the private zone of a site, and the records of its clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import SliceCluster
from rackwright.plan import ROW, Export, Numbered, Ref, Repeat, StackOut, args, out, text
from rackwright.planning.hosts.sets import numbered
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Cluster
    from rackwright.blueprint.network import GcpDns
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

ZONE = "dns_zone"
"""The output of a site with its zone, and the zone in the program."""
SECONDS = 60
"""How long a name may be remembered: a node that is replaced has another address."""
ADDRESS = ("network_interfaces", 0, "network_ip")
FIRST_WORKER = ("network_endpoints", 0, "ip_address")


def dns(here: GcpStack, given: GcpDns) -> Planned:
    """Return the section of the zone, with the name of the bastion where there is one."""
    area = here.area("names", "network", "dns")
    bastion: tuple[Resource, ...] = ()
    if here.site.access.kind == "bastion":
        name, address = f"bastion.{given.zone}.", out("bastion_machine", *ADDRESS)
        bastion = (_record(area, "bastion_name", "bastion", name, address, out(ZONE, "name")),)
    stands = " stands already" if given.existing else ""
    title = f"Names: the private zone {given.zone}{stands}"
    return Planned(area.titled(title), (_zone(here, area, given), *bastion))


def dns_exports() -> tuple[Export, ...]:
    """Return what the clusters' records must know."""
    return (Export(ZONE, out(ZONE, "name")),)


def node_names(here: GcpStack, cluster: Cluster, given: GcpDns) -> Planned:
    """Return the section of the records of nodes, and of slices by the first of their workers."""
    area, zone = here.area("names", "network", "dns"), f"{here.cluster}.{given.zone}"
    at = StackOut("site", (ZONE,))
    if isinstance(cluster, SliceCluster):
        first = _record(area, "slice_names", ROW, text(ROW, f".{zone}."), out("slices", *FIRST_WORKER, row=ROW), at)
        over = Numbered(f"{here.cluster}-", cluster.slices)
        slices = Repeat("named", "slice_name", over, (), (first,), area.section, area.origin)
        return Planned(area.titled(f"Names: the first worker of each slice in {zone}"), (slices,))
    record = _record(area, "node_names", ROW, text(ROW, f".{zone}."), out("instances", *ADDRESS, row=ROW), at)
    named: list[Node] = [
        Repeat("named", "node", numbered(here.cluster, cluster), (), (record,), area.section, area.origin)
    ]
    if cluster.scheduler:
        named.append(_record(area, "head_name", "head", f"head.{zone}.", out("head_machine", *ADDRESS), at))
    return Planned(area.titled(f"Names: each node in {zone}"), tuple(named))


def _zone(here: GcpStack, area: Area, given: GcpDns) -> Node:
    if given.existing:
        return area.under("existing").invoke(ZONE, "dns/getManagedZone:getManagedZone", args(name=given.existing))
    inputs = args(
        name=here.label,
        dns_name=f"{given.zone}.",
        description=f"Hosts of {here.stack}",
        visibility="private",
        private_visibility_config={"networks": [{"network_url": out("vpc")}]},
    )
    return area.resource(ZONE, "dns/managedZone:ManagedZone", "hosts", inputs, depends_on=(Ref("enabled"),))


def _record(area: Area, key: str, name: Plain, called: Plain, address: Plain, zone: Plain) -> Resource:
    inputs = args(managed_zone=zone, name=called, type="A", ttl=SECONDS, rrdatas=[address])
    return area.resource(key, "dns/recordSet:RecordSet", name, inputs)
