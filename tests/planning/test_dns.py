"""Names of hosts: a private zone of the network, and a record for each node, flat in the number of nodes."""

from __future__ import annotations

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import Repeat, StackOut

ZONE = "ai.acme.internal"
TRAIN = {"aws": {"machine": "g6.xlarge"}, "gcp": {"machine": "g2-standard-4"}}
RECORDS = {"aws": "record:Record", "gcp": "recordSet:RecordSet"}


@pytest.mark.parametrize("cloud", TRAIN)
@pytest.mark.parametrize("count", [2, 200])
def test_each_node_has_a_name_in_one_loop(cloud: str, count: int) -> None:
    """NODE.CLUSTER.ZONE, with the address of the node, in the zone of the site."""
    clusters = {"train": {**TRAIN[cloud], "nodes": count}}
    _, nodes = site_plans(cloud, network={"dns": {"zone": ZONE}}, clusters=clusters)
    records = asked(nodes, RECORDS[cloud])
    loops = [one for one in nodes.nodes if isinstance(one, Repeat) and one.section == "names"]

    assert len(records) == count
    assert len(loops) == 1
    assert records[1].inputs["name"].rstrip(".") == f"train-1.train.{ZONE}"
    assert StackOut("site", ("dns_zone",)) in records[1].values.values()


def test_the_zone_is_seen_by_the_network_of_the_site_alone() -> None:
    """Private on both clouds, with the VPC of the site."""
    (aws,) = asked(site_plans("aws", network={"dns": {"zone": ZONE}})[0], "zone:Zone")
    (gcp,) = asked(site_plans("gcp", network={"dns": {"zone": ZONE}})[0], "managedZone:ManagedZone")

    assert "'vpc'" in str(aws.values["vpcs"])
    assert (gcp.inputs["visibility"], gcp.inputs["dns_name"]) == ("private", f"{ZONE}.")


@pytest.mark.parametrize(("cloud", "name"), [("aws", "Z0123456789ABCDEFGHIJ"), ("gcp", "acme-ai")])
def test_a_zone_that_stands_already_is_looked_up(cloud: str, name: str) -> None:
    """Records are made in it; no zone is."""
    clusters = {"train": {**TRAIN[cloud], "nodes": 1}}
    site, nodes = site_plans(cloud, network={"dns": {"zone": ZONE, "existing": name}}, clusters=clusters)

    assert [one.kind for one in asked(site) if "zone" in one.kind.lower()] == []
    assert len(asked(nodes, RECORDS[cloud])) == 1


def test_bastion_head_and_slices_have_names_and_groups_have_none() -> None:
    """A slice is called by the first of its workers."""
    clusters = {
        "train": {**TRAIN["gcp"], "nodes": 1, "scheduler": {"kind": "slurm"}},
        "many": {**TRAIN["gcp"], "nodes": 9, "provision": "group"},
        "tpu": {"accelerator": "v6e-16"},
    }
    access = {"kind": "bastion", "allow_from": ["203.0.113.0/24"]}
    plans = site_plans("gcp", network={"dns": {"zone": ZONE}}, access=access, clusters=clusters)
    names = [[one.inputs["name"] for one in asked(plan, "recordSet:RecordSet")] for plan in plans]

    assert names == [
        [f"bastion.{ZONE}."],
        [f"train-0.train.{ZONE}.", f"head.train.{ZONE}."],
        [],
        [f"tpu-0.tpu.{ZONE}."],
    ]
