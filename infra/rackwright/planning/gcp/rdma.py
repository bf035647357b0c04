"""fabric.py of machines with RDMA interfaces: a second host network, and subnets of one RoCE network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.addresses import data_cidr, second_cidr
from rackwright.plan import ROW, Column, Named, Repeat, args, out, text, value
from rackwright.planning.gcp.access import firewall
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.catalog import Fabric
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack


def rdma(here: GcpStack, area: Area, found: Fabric, zone: str) -> Planned:
    """Return the section of the networks of machines whose accelerators speak RDMA."""
    nodes = (*_second(here, area, found.mtu), *_subnets(here, area, found, zone))
    title = f"Fabric: a second host network and {found.rdma_nics} RDMA subnets in {zone}, MTU {found.mtu}"
    return Planned(area.titled(title), nodes)


def _second(here: GcpStack, area: Area, mtu: int | None) -> tuple[Node, ...]:
    name = f"{here.label}-host-2"
    nodes = [here.account("node")]
    note = "These networks belong to the cluster and go with it: nothing else has an interface on them."
    network = args(name=name, auto_create_subnetworks=False, mtu=mtu)
    cidr = second_cidr(here.site.network.cidr)
    subnet = args(name=name, network=out("second_network"), region=here.site.region, ip_cidr_range=cidr)
    return (
        area.resource("second_network", "compute/network:Network", "host-2", network, note=note),
        area.resource("second_subnet", "compute/subnetwork:Subnetwork", "host-2", subnet),
        firewall(
            area,
            "host-2",
            name,
            network=out("second_network"),
            description="All traffic between nodes",
            source={"source_service_accounts": nodes},
            target=nodes,
        ),
    )


def _subnets(here: GcpStack, area: Area, found: Fabric, zone: str) -> tuple[Node, Node]:
    profile = f"projects/{here.site.project}/global/networkProfiles/{zone}-{found.network_profile}"
    network = area.resource(
        "rdma_network",
        "compute/network:Network",
        "rdma",
        args(name=f"{here.label}-rdma", auto_create_subnetworks=False, mtu=found.mtu, network_profile=profile),
        note="The profile ties this network to one zone; it takes no firewall rules.",
    )
    subnet = area.resource(
        "rdma_subnets",
        "compute/subnetwork:Subnetwork",
        ROW,
        args(
            name=text(f"{here.label}-", ROW),
            network=out("rdma_network"),
            region=here.site.region,
            ip_cidr_range=Column("cidr"),
        ),
    )
    count = found.rdma_nics or 0
    table = (("cidr", tuple(value(data_cidr(here.site.network.cidr, number)) for number in range(count))),)
    over = Named(tuple(f"rdma-{number}" for number in range(1, count + 1)))
    return network, Repeat("rdma_ranges", "subnet", over, table, (subnet,), area.section, area.origin)
