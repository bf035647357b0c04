"""What a blueprint takes by number, of an account in a region."""

from __future__ import annotations

from tests.rules.blueprints import AWS, GCP

from rackwright.blueprint.load import loads
from rackwright.derive.choice import settled
from rackwright.derive.counted import taken

SECOND = """\
  use2:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.41.0.0/16, zones: [us-east-1a]}
    access: {kind: bastion, allow_from: [203.0.113.0/24]}
"""


def counted(text: str) -> dict[str, int]:
    """Return what is taken of everything, by what is counted."""
    return {one.allowance.counts: one.amount for one in taken(settled(loads(text).blueprint))}


def test_a_site_is_counted() -> None:
    """Two NAT gateways, one VPC, 33 interfaces a machine, and four boot disks of 200 GiB that begin a TiB."""
    assert counted(AWS) == {"addresses": 2, "networks": 1, "interfaces": 134, "gp3": 1, "io2": 0}


def test_sites_of_one_account_and_region_share() -> None:
    """The second site brings a VPC, a NAT gateway and a bastion."""
    both = counted(AWS + SECOND)

    assert (both["addresses"], both["networks"], both["interfaces"]) == (4, 2, 136)


def test_another_region_is_granted_its_own() -> None:
    """What is taken elsewhere does not count here."""
    elsewhere = SECOND.replace("us-east-1", "us-west-2")
    found = taken(settled(loads(AWS + elsewhere).blueprint))
    places = {one.place: one.amount for one in found if one.allowance.counts == "networks"}

    assert places == {"us-east-1": 1, "us-west-2": 1}


def test_a_network_that_stands_already_takes_nothing() -> None:
    """Somebody else's VPC and gateways were granted to somebody else."""
    existing = "existing: {vpc: vpc-12345678, subnets: {us-east-1a: subnet-12345678}}}"
    text = AWS.replace("[us-east-1a, us-east-1b], nat: per-zone}", f"[us-east-1a], {existing}")

    assert {counted(text)[key] for key in ("addresses", "networks")} == {0}


def test_heads_and_volumes_count() -> None:
    """A head has a disk and an interface; each node has its own volume, of the type that is said."""
    text = AWS.replace("home: {kind: file}", "home: {kind: block, size: 1TiB, type: io2, iops: 3000}")
    text = text.replace("nodes: 4", "nodes: 4\n        scheduler: {kind: slurm, disk: 1TiB}")

    assert {key: counted(text)[key] for key in ("interfaces", "gp3", "io2")} == {"interfaces": 135, "gp3": 2, "io2": 4}


def test_accelerators_of_all_regions_count_for_their_project() -> None:
    """Sites share one quota wherever they are; spare machines, and accelerators of which no source says it, do not."""
    spare = "      spare: {machine: g2-standard-8, nodes: 9, capacity: spot}\n"
    one = f"      l4: {{machine: g2-standard-24, nodes: 2}}\n{spare}"
    here = GCP + one
    there = GCP.partition("sites:\n")[2].replace("euw4", "use4").replace("europe-west4", "us-east4") + one
    there = there.replace("10.50", "10.60")

    assert (counted(here)["gpus"], counted(here + there)["gpus"]) == (4, 8)
