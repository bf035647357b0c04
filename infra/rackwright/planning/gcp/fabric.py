"""fabric.py of a cluster: the networks that the accelerators of its machines speak on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.derive.addresses import data_cidr
from rackwright.derive.places import home_zone
from rackwright.plan import ROW, Column, Named, Repeat, args, out, text, value
from rackwright.planning.gcp.access import firewall
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.rdma import rdma
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.catalog import Fabric
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

NAMES = {"gpudirect-tcpx": "GPUDirect-TCPX", "gpudirect-tcpxo": "GPUDirect-TCPXO", "rdma-roce": "GPUDirect-RDMA"}


def nics_of(cluster: MachineCluster) -> str:
    """Return how many interfaces a machine of the cluster has, as a reader counts them: the host's + the fabric's."""
    found = fabric_of(cluster)
    return f"{found.host_nics} + {found.data_nics or found.rdma_nics}" if found else "1"


def fabric_of(cluster: MachineCluster) -> Fabric | None:
    """Return the fabric of the cluster's machines."""
    found = machine(CLOUD, cluster.machine)
    return found.fabric if found else None


def fabric(here: GcpStack, cluster: MachineCluster) -> Planned | None:
    """Return the section of the fabric's networks; None where the machines have none."""
    found = fabric_of(cluster)
    if found is None:
        return None
    area = here.area("fabric", "clusters", here.cluster)
    if found.rdma_nics:
        return rdma(here, area, found, home_zone(here.site, cluster))
    title = f"Fabric: {found.data_nics} data networks for {NAMES[found.kind]}, MTU {found.mtu}"
    return Planned(area.titled(title), (_networks(here, area, found.data_nics or 0, found.mtu),))


def _networks(here: GcpStack, area: Area, count: int, mtu: int | None) -> Node:
    name = text(f"{here.label}-", ROW)
    nodes = [here.account("node")]
    body = (
        area.resource(
            "data_network", "compute/network:Network", ROW, args(name=name, auto_create_subnetworks=False, mtu=mtu)
        ),
        area.resource(
            "data_subnets",
            "compute/subnetwork:Subnetwork",
            ROW,
            args(name=name, network=out("data_network"), region=here.site.region, ip_cidr_range=Column("cidr")),
        ),
        firewall(
            area,
            ROW,
            name,
            network=out("data_network"),
            description="All traffic between nodes",
            source={"source_service_accounts": nodes},
            target=nodes,
        ),
    )
    table = (("cidr", tuple(value(data_cidr(here.site.network.cidr, number)) for number in range(count))),)
    over = Named(tuple(f"data-{number}" for number in range(1, count + 1)))
    note = "They belong to the cluster and go with it: nothing else has an interface on them."
    return Repeat("data_networks", "network", over, table, body, area.section, area.origin, note)
