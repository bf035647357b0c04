"""A link has a stack of its own, which lands at both ends; it opens the ports that it names and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.planning.plans import SITE, Data, asked, planned

from rackwright.plan import Resource, expand
from rackwright.reports.permissions import needed

if TYPE_CHECKING:
    from rackwright.plan import Plan

OTHER: dict[str, Data] = {
    "aws": {"account": "444455556666", "region": "us-west-2"},
    "gcp": {"project": "acme-ai-europe", "region": "europe-west4"},
}
ZONES = {"aws": ["us-west-2a"], "gcp": ["europe-west4-b"]}
MACHINE = {"aws": "m7i.2xlarge", "gcp": "n2-standard-8"}
PEERS = {"aws": "ec2:AcceptVpcPeeringConnection", "gcp": "compute.networks.addPeering"}


def linked(cloud: str, **link: Any) -> dict[str, Plan]:
    """Return the plans, by the name of their stack, of two linked sites with a cluster each."""
    clusters = {"prep": {"machine": MACHINE[cloud], "nodes": 1}}
    network = {"cidr": "10.99.0.0/16", "zones": ZONES[cloud]}
    sites = {
        "one": {**SITE[cloud], "clusters": clusters},
        "two": {**SITE[cloud], **OTHER[cloud], "network": network, "clusters": clusters},
    }
    data = {"blueprint": 1, "name": "dc", "owner": {"team": "ml-platform", "cost_center": "4711"}, "sites": sites}
    links = {"way": {"between": ["one", "two"], **link}} if link else {}
    return {plan.stack: plan for plan in planned({**data, "links": links})}


def opened(plan: Plan) -> list[tuple[Any, Any]]:
    """Return source and ports of everything that a cluster admits from blocks of addresses."""
    rules = [one.inputs for one in asked(plan, "SecurityGroupIngressRule") if "cidr_ipv4" in one.inputs]
    walls = [one.inputs for one in asked(plan, "Firewall") if one.name.startswith("from-")]
    return [(one["cidr_ipv4"], one["from_port"]) for one in rules] + [
        (one["source_ranges"], one["allows"][0]["ports"]) for one in walls
    ]


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_ports_are_open_where_a_link_says_to_the_other_site(cloud: str) -> None:
    """Without a port none is open; each is opened once, at one end, to the block of the other."""
    closed, plans = linked(cloud, ports={}), linked(cloud, ports={"two": [22, 443, 22]})
    source = SITE[cloud]["network"]["cidr"]

    assert [opened(closed[f"dc.{site}.prep"]) for site in ("one", "two")] == [[], []]
    assert opened(plans["dc.one.prep"]) == []
    assert opened(plans["dc.two.prep"]) == (
        [(source, 22), (source, 443)] if cloud == "aws" else [([source], ["22", "443"])]
    )


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_sites_do_not_know_their_links(cloud: str) -> None:
    """A link comes last and adds nothing to its sites but, on AWS, the route tables that they export."""
    alone, plans = linked(cloud), linked(cloud, kind="peering")

    assert list(plans) == [*alone, "dc.way"]
    for stack in alone:
        assert plans[stack].nodes == alone[stack].nodes
        added = {one.name for one in plans[stack].exports} - {one.name for one in alone[stack].exports}
        assert added == ({"route_table_ids"} if cloud == "aws" and stack.count(".") == 1 else set())


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_a_link_needs_permissions_at_both_ends(cloud: str) -> None:
    """Each account or project grants what is done in it; on AWS one asks and the other accepts."""
    granted = needed((linked(cloud, kind="peering")["dc.way"],), reading=False)
    found = {one.identity: {grant.action for grant in one.grants} for one in granted}
    one, two = (found[site.get("account", site.get("project"))] for site in (SITE[cloud], OTHER[cloud]))

    assert len(found) == 2
    assert PEERS[cloud] in two
    assert (PEERS[cloud] in one) is (cloud == "gcp")


def test_every_private_subnet_of_aws_is_routed() -> None:
    """Each zone of a site has a route to the block of the other, and none to more."""
    routes = asked(linked("aws", kind="peering")["dc.way"], "route:Route")

    assert [(one.name, one.inputs["destination_cidr_block"]) for one in routes] == [
        *((f"requester-{zone}", "10.99.0.0/16") for zone in SITE["aws"]["network"]["zones"]),
        ("accepter-us-west-2a", SITE["aws"]["network"]["cidr"]),
    ]


def bridged(**link: Any) -> dict[str, Plan]:
    """Return the plans of a site on AWS and one on Google Cloud, joined by a VPN."""
    sites = {"one": SITE["aws"], "two": SITE["gcp"] | {"network": {"cidr": "10.99.0.0/16", "zones": ["us-central1-a"]}}}
    data = {"blueprint": 1, "name": "dc", "owner": {"team": "ml-platform", "cost_center": "4711"}, "sites": sites}
    return {plan.stack: plan for plan in planned({**data, "links": {"way": {"kind": "vpn", **link}}})}


@pytest.mark.parametrize("between", [["one", "two"], ["two", "one"]])
def test_a_vpn_has_every_tunnel_that_both_gateways_have(between: list[str]) -> None:
    """Each interface of Google's gateway meets both addresses of one connection of AWS, whichever site comes first."""
    plan = bridged(between=between)["dc.way"]
    tunnels = [one.inputs for one in asked(plan, "VPNTunnel")]
    of_tunnels = [node for _, node in expand(plan) if isinstance(node, Resource) and node.type.endswith("VPNTunnel")]
    ends = [(one["vpn_gateway_interface"], one["peer_external_gateway_interface"]) for one in tunnels]

    assert sorted(ends) == [(0, 0), (0, 1), (1, 2), (1, 3)]
    assert len({dict(node.inputs)["shared_secret"] for node in of_tunnels}) == len(ends)
    assert len(asked(plan, "VpnConnection")) == len(asked(plan, "CustomerGateway")) == 2


def test_both_ends_of_a_vpn_name_the_number_of_the_other() -> None:
    """What one end has in BGP is what the other expects."""
    plan = bridged(between=["one", "two"], asns={"one": 64600})["dc.way"]

    assert {one.inputs["amazon_side_asn"] for one in asked(plan, "ec2/vpnGateway:VpnGateway")} == {"64600"}
    assert {one.inputs["peer_asn"] for one in asked(plan, "RouterPeer")} == {64600}
    assert {one.inputs["bgp_asn"] for one in asked(plan, "CustomerGateway")} == {"64513"}
    assert [one.inputs["bgp"] for one in asked(plan, "router:Router")] == [{"asn": 64513}]


def test_a_vpn_needs_permissions_on_both_clouds() -> None:
    """The account and the project each grant what is done there."""
    granted = needed((bridged(between=["one", "two"])["dc.way"],), reading=False)
    found = {one.cloud: {grant.action for grant in one.grants} for one in granted}

    assert "ec2:CreateVpnConnection" in found["aws"]
    assert "compute.vpnTunnels.create" in found["gcp"]
    assert not found["aws"] & found["gcp"]
