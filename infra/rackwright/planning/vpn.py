"""The stack of a link between AWS and Google Cloud: two VPN connections with two tunnels each, and routes by BGP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite
from rackwright.derive.links import asn_of
from rackwright.derive.places import owner
from rackwright.plan import ROW, Column, Export, Named, Plan, Repeat, args, out, text, value
from rackwright.planning.aws import account as aws
from rackwright.planning.aws.context import AwsStack
from rackwright.planning.ends import site_output, sites
from rackwright.planning.gcp import context as gcp
from rackwright.planning.gcp.context import GcpStack
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.blueprint import Blueprint, Vpn
    from rackwright.plan import Plain, Provider, Resource
    from rackwright.planning.area import Area

PAIRS = ("a", "b")
"""Of tunnels: each is a connection to one interface of Google's gateway, to which AWS gives two."""
TUNNELS = (1, 2)
PROPOSAL: dict[str, Plain] = {
    "ike_versions": ["ikev2"],
    "phase1_encryption_algorithms": ["AES256"],
    "phase1_integrity_algorithms": ["SHA2-256"],
    "phase1_dh_group_numbers": [14],
    "phase2_encryption_algorithms": ["AES256"],
    "phase2_integrity_algorithms": ["SHA2-256"],
    "phase2_dh_group_numbers": [14],
}
"""One transform set: with all of those that AWS offers, tunnels of Cloud VPN fail to rekey
(https://cloud.google.com/network-connectivity/docs/vpn/how-to/connect-ha-vpn-aws-peer-gateway)."""


def plan_link(blueprint: Blueprint, name: str, link: Vpn) -> Plan:
    """Return the plan of a link's stack, which is at home at the first of its ends."""
    ends = tuple(_end(blueprint, name, site) for site in link.between)
    (here,) = (one for one in ends if isinstance(one, AwsStack))
    (there,) = (one for one in ends if isinstance(one, GcpStack))
    near, far = (asn_of(link, one.site_name, one.end) for one in (here, there))
    sections = (
        _accounts(*ends),
        sites(*ends),
        _gateways(here, there, near, far),
        _connections(here, far),
        _tunnels(here, there, near),
        _routes(here, there),
    )
    home = ends[0].site
    return Plan(
        stack=here.stack,
        datacenter=blueprint.name,
        cloud=home.cloud,
        region=home.region,
        identity=owner(home),
        title=f"link {name}, VPN between sites {here.site_name} on AWS and {there.site_name} on Google Cloud",
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(Export("vpn_gateway_id", out("vpn_gateway")), Export("ha_vpn_gateway_id", out("ha_vpn_gateway"))),
    )


def _end(blueprint: Blueprint, name: str, site: str) -> AwsStack | GcpStack:
    found = blueprint.sites[site]
    if isinstance(found, AwsSite):
        return AwsStack(blueprint, site, found, link=name, end=found.cloud)
    return GcpStack(blueprint, site, found, link=name, end=found.cloud)


def _accounts(first: AwsStack | GcpStack, second: AwsStack | GcpStack) -> Planned:
    title = f"Account: each end lands where its site does, in {owner(first.site)} and {owner(second.site)}"
    return Planned(first.area("account", "between").titled(title), (_provider(first), _provider(second)))


def _provider(end: AwsStack | GcpStack) -> Provider:
    area = end.area("account", "between")
    return aws.provider(end, area, end.end) if isinstance(end, AwsStack) else gcp.provider(end, area, end.end)


def _gateways(here: AwsStack, there: GcpStack, asn: int, asn_there: int) -> Planned:
    area, far = here.area("gateways", "between"), there.area("gateways", "between")
    vpn_gateway = area.resource(
        "vpn_gateway",
        "ec2/vpnGateway:VpnGateway",
        "gateway",
        args(vpc_id=site_output(here, "vpc_id"), amazon_side_asn=str(asn), tags={"Name": here.label}),
    )
    place = args(network=site_output(there, "network_id"), region=there.site.region)
    gateway = far.resource(
        "ha_vpn_gateway", "compute/haVpnGateway:HaVpnGateway", "gateway", (*args(name=there.label), *place)
    )
    router = far.resource(
        "router",
        "compute/router:Router",
        "vpn",
        (*args(name=f"{there.label}-vpn"), *place, *args(bgp={"asn": asn_there})),
    )
    title = f"Gateways: one at the VPC of {here.site_name}, one with two interfaces and a router at {there.site_name}"
    return Planned(area.titled(title), (vpn_gateway, gateway, router))


def _connections(here: AwsStack, asn: int) -> Planned:
    area = here.area("ipsec", "between")
    tags = {"Name": text(f"{here.label}-", ROW)}
    customer = area.resource(
        "customer_gateway",
        "ec2/customerGateway:CustomerGateway",
        ROW,
        args(type="ipsec.1", bgp_asn=str(asn), ip_address=Column("address"), tags=tags),
    )
    proposed: dict[str, Plain] = {f"tunnel{one}_{name}": given for one in TUNNELS for name, given in PROPOSAL.items()}
    connection = area.resource(
        "connections",
        "ec2/vpnConnection:VpnConnection",
        ROW,
        args(
            type="ipsec.1",
            vpn_gateway_id=out("vpn_gateway"),
            customer_gateway_id=out("customer_gateway"),
            tags=tags,
            **proposed,
        ),
        note="One transform set: with all that AWS offers, tunnels of Cloud VPN fail to rekey.",
    )
    addresses = tuple(out("ha_vpn_gateway", "vpn_interfaces", number, "ip_address") for number, _ in enumerate(PAIRS))
    title = "Connections: one to each interface of Google's gateway, with two tunnels each"
    return Planned(area.titled(title), (_pairs("pairs", area, (customer, connection), address=addresses),))


def _tunnels(here: AwsStack, there: GcpStack, asn: int) -> Planned:
    area = there.area("tunnels", "between")
    addresses = [out("connections", f"tunnel{one}_address", row=pair) for pair in PAIRS for one in TUNNELS]
    peer = area.resource(
        "aws_gateway",
        "compute/externalVpnGateway:ExternalVpnGateway",
        "aws",
        args(
            name=there.label,
            redundancy_type="FOUR_IPS_REDUNDANCY",
            interfaces=[{"id": number, "ip_address": address} for number, address in enumerate(addresses)],
        ),
    )
    body = tuple(one for number in TUNNELS for one in _tunnel(area, there, number, asn))
    far = {f"far{one}": [number * len(TUNNELS) + one - 1 for number, _ in enumerate(PAIRS)] for one in TUNNELS}
    title = f"Tunnels: four to {here.site_name}, each with a session of BGP; AWS makes their keys"
    return Planned(area.titled(title), (peer, _pairs("interfaces", area, body, near=[*range(len(PAIRS))], **far)))


def _pairs(key: str, area: Area, body: tuple[Resource, ...], **columns: Sequence[Plain]) -> Repeat:
    """Return a loop over the pairs of tunnels."""
    table = tuple((name, tuple(map(value, cells))) for name, cells in columns.items())
    return Repeat(key, "pair", Named(PAIRS), table, body, area.section, area.origin)


def _tunnel(area: Area, there: GcpStack, number: int, asn: int) -> tuple[Resource, ...]:
    """Return a tunnel of the pair, the router's interface in it, and the session in which both ends tell routes."""
    name, told = text(ROW, number), f"tunnel{number}"
    named = args(name=text(f"{there.label}-", ROW, number), region=there.site.region, router=out("router", "name"))
    ends = args(
        vpn_gateway=out("ha_vpn_gateway"),
        vpn_gateway_interface=Column("near"),
        peer_external_gateway=out("aws_gateway"),
        peer_external_gateway_interface=Column(f"far{number}"),
        shared_secret=out("connections", f"{told}_preshared_key", row=ROW),
        ike_version=2,
    )
    inside = args(
        ip_range=text(out("connections", f"{told}_cgw_inside_address", row=ROW), "/30"),
        vpn_tunnel=out(told, "name"),
    )
    session = args(
        interface=out(f"interface{number}", "name"),
        peer_ip_address=out("connections", f"{told}_vgw_inside_address", row=ROW),
        peer_asn=asn,
    )
    return (
        area.resource(told, "compute/vPNTunnel:VPNTunnel", name, (*named, *ends)),
        area.resource(f"interface{number}", "compute/routerInterface:RouterInterface", name, (*named, *inside)),
        area.resource(f"session{number}", "compute/routerPeer:RouterPeer", name, (*named, *session)),
    )


def _routes(here: AwsStack, there: GcpStack) -> Planned:
    area, zones = here.area("routes", "between"), here.site.network.zones
    route = area.resource(
        "propagation",
        "ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
        ROW,
        args(vpn_gateway_id=out("vpn_gateway"), route_table_id=Column("table")),
    )
    tables = tuple(site_output(here, "route_table_ids", zone) for zone in zones)
    rows = Repeat("zones", "zone", Named(zones), (("table", tables),), (route,), area.section, area.origin)
    title = f"Routes: private subnets of {here.site_name} learn those of {there.site_name}"
    return Planned(area.titled(title), (rows,))
