"""Mistakes of others on AWS that no blueprint can hold, because what is planned is right."""

from __future__ import annotations

import pytest
from tests.planning.plans import Data, asked, site_plans

from rackwright.catalog import machine, machines
from rackwright.rules import check_plans


@pytest.mark.parametrize("name", [one.name for one in machines("aws") if one.fabric and one.fabric.interfaces])
def test_card_zero_speaks_ip(name: str) -> None:
    """The first interface is an ordinary one, EFA-only never; each further card has one interface, for EFA."""
    known = machine("aws", name)
    layout = (known.fabric.interfaces if known and known.fabric else None) or ()
    first, *others = layout

    assert (first.card, first.device, first.kind) == (0, 0, "interface")
    assert {one.kind for one in others} == {"efa-only"}
    assert len({one.card for one in others}) == len(others)


@pytest.mark.parametrize(
    ("name", "efa", "on_card_0"),
    [
        ("p3dn.24xlarge", 1, True),
        ("p4d.24xlarge", 4, True),
        ("p4de.24xlarge", 4, True),
        ("p5.48xlarge", 32, True),
        ("p5e.48xlarge", 32, True),
        ("p5en.48xlarge", 16, True),
        ("p6-b200.48xlarge", 8, True),
        ("p6-b300.48xlarge", 16, False),
        ("g4dn.12xlarge", 1, True),
        ("g5.48xlarge", 1, True),
        ("g6.48xlarge", 1, True),
        ("g6e.24xlarge", 2, True),
        ("g6e.48xlarge", 4, True),
        ("g7e.48xlarge", 4, True),
        ("trn1.32xlarge", 8, True),
        ("trn2.48xlarge", 16, True),
        ("hpc7a.96xlarge", 2, True),
        ("c6gn.16xlarge", 1, True),
    ],
)
def test_every_family_has_its_number_of_efa_cards(name: str, efa: int, on_card_0: bool) -> None:  # noqa: FBT001 - a fact of the table
    """As many EFA interfaces as the user guide gives the type, on card 0 too, except on P6-B300."""
    known = machine("aws", name)
    layout = (known.fabric.interfaces if known and known.fabric else None) or ()
    cards = [one.card for one in layout if one.kind == "efa-only"]

    assert len(cards) == efa
    assert (0 in cards) is on_card_0


def test_lustre_is_reached_on_every_port_it_uses() -> None:
    """aws-hpc-recipes 50: with 988 alone mounts hang; a planned file system never has a group without its ports."""
    (site,) = site_plans("aws", storage={"scratch": {"kind": "parallel", "size": "1200GiB"}})

    assert [one.kind for one in asked(site, "lustreFileSystem:LustreFileSystem")] != []
    assert check_plans((site,)) == ()


def test_a_closed_site_reaches_the_services_it_calls() -> None:
    """aws-parallelcluster 302: strictly private subnets need endpoints; without NAT they are there."""
    (site,) = site_plans("aws", network={"nat": "none"})
    reached = {one.name for one in asked(site, "vpcEndpoint:VpcEndpoint")}

    assert {"s3", "ssm", "ec2", "kms", "logs", "sts"} - reached == set()


def test_lustre_answers_on_all_of_its_ports() -> None:
    """Servers and clients admit each other on 988 and 1018-1023 (aws-hpc-recipes 50, aws-fsx-csi-driver 32)."""
    storage: Data = {"scratch": {"kind": "parallel", "size": "4800GiB"}}
    (site,) = site_plans("aws", storage=storage)
    rules = [one for one in asked(site, "SecurityGroupIngressRule") if "scratch" in one.name]

    assert sorted(one.name for one in rules) == sorted(
        f"{who}-{ports}"
        for who in ("scratch-clients", "scratch-servers", "clients-scratch")
        for ports in ("988", "1018-1023")
    )


def test_efs_is_reached_from_every_zone() -> None:
    """There is a mount target in every zone of the network (efs-utils 90)."""
    (site,) = site_plans("aws", storage={"home": {"kind": "file"}})

    assert [one.name for one in asked(site, "mountTarget:MountTarget")] == [
        "home-us-east-1a",
        "home-us-east-1b",
        "home-us-east-1c",
    ]
