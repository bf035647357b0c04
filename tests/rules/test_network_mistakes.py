"""Mistakes of networks and access that real users made: each is found by name, or cannot be written.

The comment of a row names where it was made.
"""

from __future__ import annotations

import pytest
from tests.planning.plans import asked, site_plans
from tests.rules.blueprints import AWS, GCP, codes

from rackwright.rules import check_plans


@pytest.mark.parametrize(
    ("text", "old", "new", "code"),
    [
        # docker for-aws 117: hosts in the block of Docker's bridge
        (AWS, "10.40.0.0/16", "172.17.0.0/16", "NET-W106"),
        # cluster-toolkit 4058: 192.169.0.0/16 is somebody else's
        (GCP, "10.50.0.0/16", "192.169.0.0/16", "NET-W105"),
        # aws-parallelcluster 531: private subnets without a way out, and software to install
        (AWS, "nat: per-zone", "nat: none", "NET-E121"),
    ],
)
def test_a_mistake_is_found_by_name(text: str, old: str, new: str, code: str) -> None:
    """The mistake that was made is the one that is found, notes aside."""
    assert [one for one in codes(text, (old, new)) if "-N" not in one] == [code]


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


def test_filestore_in_a_shared_vpc_is_not_peered_directly() -> None:
    """terraform-provider-google 10116: direct peering with the network of a host project is refused."""
    existing = {"network": "shared", "subnetwork": "ai", "host_project": "acme-net-prod"}
    (site,) = site_plans("gcp", network={"existing": existing}, storage={"home": {"kind": "file", "size": "1TiB"}})
    (home,) = asked(site, "filestore/instance:Instance")

    assert [one["connect_mode"] for one in home.inputs["networks"]] == ["PRIVATE_SERVICE_ACCESS"]
