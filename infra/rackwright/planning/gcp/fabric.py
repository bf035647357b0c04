"""fabric.py of a cluster: one data network for every accelerator interface of its machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.derive.addresses import data_cidr
from rackwright.diagnostics import StepError
from rackwright.plan import ROW, Column, Named, Repeat, args, out, text, value
from rackwright.planning.gcp.access import firewall
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.catalog import Fabric
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

NAMES = {"gpudirect-tcpx": "GPUDirect-TCPX", "gpudirect-tcpxo": "GPUDirect-TCPXO", "rdma-roce": "RDMA over RoCE"}


def data_nics(cluster: MachineCluster) -> int:
    """Return how many data interfaces, each on a network of its own, a machine of the cluster has."""
    found = fabric_of(cluster)
    return (found.data_nics or 0) if found else 0


def fabric_of(cluster: MachineCluster) -> Fabric | None:
    """Return the fabric of the cluster's machines."""
    found = machine(CLOUD, cluster.machine)
    return found.fabric if found else None


def fabric(here: GcpStack, cluster: MachineCluster) -> Planned | None:
    """Return the section of the data networks; None where the machines have none."""
    found = fabric_of(cluster)
    if found is None:
        return None
    if not found.data_nics:
        hint = "machines with RDMA interfaces come later; use a3-megagpu-8g"
        raise StepError(f"{cluster.machine}: its fabric ({found.kind}) is not planned by this version", hint=hint)
    area = here.area("fabric", "clusters", here.cluster)
    title = f"Fabric: {found.data_nics} data networks for {NAMES[found.kind]}, MTU {found.mtu}"
    return Planned(area.titled(title), (_networks(here, area, found.data_nics, found.mtu),))


def _networks(here: GcpStack, area: Area, count: int, mtu: int | None) -> Node:
    name = text(f"{here.label}-", ROW)
    nodes = [out("node_account", "email")]
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
