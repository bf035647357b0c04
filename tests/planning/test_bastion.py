"""What an expert asks of a bastion: one small machine, reached by the named networks, that alone reaches the hosts."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import Out, StackOut

FROM = ["203.0.113.0/24", "198.51.100.7/32"]
INGRESS, EGRESS = "SecurityGroupIngressRule", "SecurityGroupEgressRule"
SUBNET = "subnet-0123456789abcdef9"
EXISTING = {
    "zones": ["us-east-1a"],
    "existing": {"vpc": "vpc-0123456789abcdef0", "subnets": {"us-east-1a": "subnet-0123456789abcdef0"}},
}


def bastion(**more: Any) -> dict[str, Any]:
    """Return the key `access` of a site with a bastion."""
    return {"kind": "bastion", "allow_from": FROM, **more}


def cluster(machine: str) -> dict[str, Any]:
    """Return the key `clusters` of a site with one cluster."""
    return {"train": {"machine": machine, "nodes": 2}}


def test_a_bastion_on_aws_is_encrypted_has_no_identity_and_takes_tokens_alone() -> None:
    """IMDSv2, the site's key, no instance profile; its address is its own and stays."""
    (site,) = site_plans("aws", access=bastion())
    (made,) = asked(site, "ec2/instance:Instance")
    (address,) = [one for one in asked(site, "eip:Eip") if one.name == "bastion"]

    assert made.inputs["metadata_options"]["http_tokens"] == "required"
    assert made.inputs["root_block_device"]["encrypted"] is True
    assert "'site_key'" in str(made.values["root_block_device"])
    assert "iam_instance_profile" not in made.inputs
    assert str(made.values["subnet_id"]).startswith("Out(node='public_subnet'")
    assert made.options.ignore_changes == ("ami",)
    assert address.values["instance"] == Out("bastion_machine", ("id",))


def test_only_named_networks_reach_a_bastion_and_only_it_reaches_the_hosts() -> None:
    """SSH in from each network; SSH out into the site and the web for updates; hosts admit SSH from its group."""
    site, nodes = site_plans("aws", access=bastion(), clusters=cluster("g6.xlarge"))
    doors = [one.inputs for one in asked(site, INGRESS) if one.name.startswith("bastion-")]
    ways = [one.inputs for one in asked(site, EGRESS) if one.name.startswith("bastion-")]
    (opened,) = [one for one in asked(nodes, INGRESS) if one.name.startswith("nodes-ssh")]

    assert [(one["cidr_ipv4"], one["from_port"], one["to_port"]) for one in doors] == [(each, 22, 22) for each in FROM]
    assert [(one["cidr_ipv4"], one["from_port"]) for one in ways] == [
        ("10.40.0.0/16", 22),
        ("0.0.0.0/0", 80),
        ("0.0.0.0/0", 443),
    ]
    assert opened.values["referenced_security_group_id"] == StackOut("site", ("bastion", "security_group_id"))


@pytest.mark.parametrize(("nat", "gateways"), [("none", 0), ("single", 1), ("per-zone", 3)])
def test_a_bastion_has_a_way_to_the_internet_whatever_the_hosts_have(nat: str, gateways: int) -> None:
    """Public subnets and their route are there without NAT too; the addresses are those of gateways and bastion."""
    (site,) = site_plans("aws", access=bastion(), network={"nat": nat})

    assert len(asked(site, "internetGateway:InternetGateway")) == 1
    assert len(asked(site, "natGateway:NatGateway")) == gateways
    assert len(asked(site, "eip:Eip")) == gateways + 1


def test_in_a_vpc_that_stands_already_a_bastion_stands_where_it_is_told() -> None:
    """Nothing of the network is made for it."""
    (site,) = site_plans("aws", access=bastion(subnet=SUBNET), network=EXISTING)

    assert [one.inputs["subnet_id"] for one in asked(site, "ec2/instance:Instance")] == [SUBNET]
    assert asked(site, "subnet:Subnet") == []


def test_an_instance_connect_endpoint_alone_reaches_the_hosts() -> None:
    """It stands in the first private subnet, reaches SSH of the site and nothing else; no port is open to anybody."""
    site, nodes = site_plans("aws", access={"kind": "instance-connect"}, clusters=cluster("g6.xlarge"))
    (made,) = asked(site, "InstanceConnectEndpoint")
    ways = [one.inputs for one in asked(site, EGRESS) if one.name.startswith("connect-")]
    (opened,) = [one for one in asked(nodes, INGRESS) if one.name.startswith("nodes-ssh")]

    assert "'private_subnets'" in str(made.values["subnet_id"])
    assert [(one["cidr_ipv4"], one["from_port"], one["to_port"]) for one in ways] == [("10.40.0.0/16", 22, 22)]
    assert asked(site, INGRESS) == []
    assert opened.values["referenced_security_group_id"] == StackOut("site", ("connect_security_group_id",))


def test_a_bastion_on_google_cloud_is_one_machine_with_an_address() -> None:
    """Its firewall names the networks; hosts admit its account alone; logins are OS Login's."""
    site, nodes = site_plans("gcp", access=bastion(), clusters=cluster("g2-standard-12"))
    (made,) = asked(site, "compute/instance:Instance")
    (door,) = asked(site, "compute/firewall:Firewall")
    (ssh,) = [one for one in asked(nodes, "compute/firewall:Firewall") if one.name == "ssh"]

    assert (made.inputs["machine_type"], made.inputs["metadata"]["enable-oslogin"]) == ("e2-micro", "TRUE")
    assert made.values["boot_disk"] != made.inputs["boot_disk"]
    assert (door.inputs["source_ranges"], door.inputs["allows"]) == (FROM, [{"protocol": "tcp", "ports": ["22"]}])
    assert "service_account" in str(ssh.values["source_service_accounts"])
    assert "source_ranges" not in ssh.inputs


@pytest.mark.parametrize(
    ("cloud", "given", "expected"),
    [
        ("aws", {}, ("t4g.micro", "arm64")),
        ("aws", {"machine": "t3.small"}, ("t3.small", "amd64")),
        ("aws", {"machine": "t3.small", "image": "ami-0123456789abcdef0"}, ("t3.small", "ami-0123456789abcdef0")),
        ("gcp", {"machine": "e2-small"}, ("e2-small", "ubuntu-os-cloud")),
    ],
)
def test_the_machine_and_the_image_are_chosen(cloud: str, given: dict[str, str], expected: tuple[str, str]) -> None:
    """A small machine by default; the image is looked up for its architecture."""
    (site,) = site_plans(cloud, access=bastion(**given))
    (made,) = asked(site, "instance:Instance")
    machine, image = expected

    assert made.inputs.get("instance_type", made.inputs.get("machine_type")) == machine
    assert image in str(site.nodes)
