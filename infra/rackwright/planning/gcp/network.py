"""network.py: the VPC, its subnet, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.addresses import private_cidr
from rackwright.plan import Ref, args, out
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import ExistingNetwork
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

LARGEST_MTU = 8896
"""The largest packet that VPC networks carry (Google Cloud, VPC networks, maximum transmission unit)."""


def network(here: GcpStack) -> Planned:
    """Return the network's section."""
    if here.site.network.existing:
        return _existing(here, here.site.network.existing)
    area, region = here.area("network", "network"), here.site.region
    cidr = private_cidr(here.site.network.cidr, 0)
    vpc = area.resource(
        "vpc",
        "compute/network:Network",
        "vpc",
        args(name=here.label, auto_create_subnetworks=False, routing_mode="REGIONAL", mtu=LARGEST_MTU),
        depends_on=(Ref("enabled"),),
    )
    hosts = area.resource(
        "hosts",
        "compute/subnetwork:Subnetwork",
        "hosts",
        args(
            name=f"{here.label}-hosts",
            network=out("vpc"),
            region=region,
            ip_cidr_range=cidr,
            private_ip_google_access=True,
            log_config=_flow_logs() if here.site.network.flow_logs else None,
        ),
    )
    way_out = "no way out" if here.site.network.nat == "none" else "one NAT gateway"
    nodes = (vpc, hosts, *(_nat(here, area) if here.site.network.nat != "none" else ()))
    return Planned(area.titled(f"Network: VPC with one subnet {cidr} in {region}, {way_out}"), nodes)


def _existing(here: GcpStack, given: ExistingNetwork) -> Planned:
    """Return the section that looks up a network and a subnetwork that stand already."""
    area, project = here.area("network", "network", "existing"), given.host_project or here.site.project
    title = f"Network: {given.network} of {project} stands already; this program reads it and changes nothing in it"
    subnetwork = args(name=given.subnetwork, region=here.site.region, project=project)
    nodes = (
        area.invoke("vpc", "compute/getNetwork:getNetwork", args(name=given.network, project=project)),
        area.invoke("hosts", "compute/getSubnetwork:getSubnetwork", subnetwork),
    )
    return Planned(area.titled(title), nodes)


def _flow_logs() -> Plain:
    return {"aggregation_interval": "INTERVAL_1_MIN", "flow_sampling": 0.5, "metadata": "INCLUDE_ALL_METADATA"}


def _nat(here: GcpStack, area: Area) -> tuple[Node, Node]:
    """Return the router with its NAT, which serves the whole region whatever the number of zones."""
    name = f"{here.label}-nat"
    return (
        area.resource(
            "router",
            "compute/router:Router",
            "nat",
            args(name=name, network=out("vpc"), region=here.site.region),
        ),
        area.resource(
            "nat",
            "compute/routerNat:RouterNat",
            "nat",
            args(
                name=name,
                router=out("router", "name"),
                region=here.site.region,
                nat_ip_allocate_option="AUTO_ONLY",
                source_subnetwork_ip_ranges_to_nat="ALL_SUBNETWORKS_ALL_IP_RANGES",
                log_config={"enable": True, "filter": "ERRORS_ONLY"},
            ),
        ),
    )
