"""A cluster with a scheduler has a head: one machine more, between which and the nodes Slurm's ports are open."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.blueprint import Blueprint
from rackwright.derive.quotas import draws
from rackwright.emit.inventory import host_vars, inventory
from rackwright.emit.runbook import runbook
from rackwright.estimate import cost
from rackwright.plan import Instances, Plan, StackOut, host_names, out, output_of, walk

MACHINES = {"aws": "g6.12xlarge", "gcp": "g2-standard-48"}
HEADS = {"aws": "m7i.large", "gcp": "n2-standard-2"}
CLOUDS = pytest.mark.parametrize("cloud", MACHINES)
PARTITIONS = {"train": {}, "debug": {"hours": 1, "nodes": 2, "priority": 10}}


def cluster(cloud: str, scheduler: Any = "slurm", **changes: Any) -> Plan:
    """Return the plan of a cluster of three nodes with a scheduler."""
    found = {"machine": MACHINES[cloud], "nodes": {"count": 4, "without": [1]}, "scheduler": scheduler, **changes}
    storage = {"datasets": {"kind": "object"}, "cache": {"kind": "block", "size": "500GiB"}}
    found["mounts"] = {"/data": "datasets", "/cache": "cache"}
    return site_plans(cloud, clusters={"train": found}, storage=storage)[1]


@CLOUDS
def test_no_scheduler_is_no_head(cloud: str) -> None:
    """`none` is what nothing is: the same plan."""
    without = cluster(cloud, "none")

    assert without == cluster(cloud, None)
    assert len(without.host_sets) == 1
    assert "head" not in {section.name for section in without.sections}


@CLOUDS
def test_the_head_is_a_host_that_finds_what_its_nodes_share(cloud: str) -> None:
    """Nodes keep their names; the head has its own, mounts no disk of theirs and is expected to have no accelerator."""
    nodes, head = cluster(cloud).host_sets

    assert isinstance(head, Instances)
    assert host_names(nodes) == ("train-0", "train-2", "train-3")
    assert host_names(head) == ("train-head",)
    assert (head.roles, head.expect.machine, head.expect.accelerators) == (("head",), HEADS[cloud], 0)
    assert ([one.path for one in head.mounts], len(nodes.mounts)) == (["/data"], 2)
    assert (output_of(nodes, "hosts"), output_of(head, "hosts")) == ("hosts", "head_hosts")
    assert {"hosts", "head_hosts"} <= {one.name for one in cluster(cloud).exports}


def test_security_groups_let_pass_what_slurm_needs_and_nothing_else() -> None:
    """6817 and the ports of srun to the head, 6818 to nodes, each from the other group alone; no address is public."""
    plan = cluster("aws")
    rules = [one for one in asked(plan, "SecurityGroupIngressRule") if one.inputs.get("from_port")]
    (head,) = (one for one in asked(plan, "instance:Instance") if one.name == "train-head")

    assert [(one.name, one.inputs["from_port"], one.inputs["to_port"]) for one in rules] == [
        ("head-controller", 6817, 6817),
        ("head-jobs", 60001, 63000),
        ("node-slurmd", 6818, 6818),
    ]
    assert all("cidr_ipv4" not in one.inputs for one in rules)
    assert head.inputs["associate_public_ip_address"] is False
    assert head.inputs["root_block_device"]["encrypted"] is True


def test_the_firewall_lets_pass_what_slurm_needs_and_nothing_else() -> None:
    """By the service accounts of head and nodes."""
    rules = {one.name: one.inputs for one in asked(cluster("gcp"), "firewall:Firewall")}

    assert set(rules) == {"ssh", "internal", "head-ssh", "controller", "slurmd"}
    assert rules["controller"]["allows"] == [{"protocol": "tcp", "ports": ["6817", "60001-63000"]}]
    assert rules["slurmd"]["allows"] == [{"protocol": "tcp", "ports": ["6818"]}]
    assert not {"source_ranges"} & {*rules["controller"], *rules["slurmd"]}


def test_a_head_on_aws_stands_in_the_zone_of_its_nodes_and_starts_from_their_image() -> None:
    """Whatever zone that is; its disk is as large as said."""
    plan = cluster("aws", {"kind": "slurm", "disk": "200GiB"}, zone="us-east-1b")
    (head,) = (one for one in asked(plan, "instance:Instance") if one.name == "train-head")

    assert head.values["subnet_id"] == StackOut("site", ("private_subnet_ids", "us-east-1b"))
    assert head.values["ami"] == out("image")
    assert head.inputs["root_block_device"]["volume_size"] == 200


def test_a_head_on_google_cloud_stands_in_the_zone_of_its_nodes_and_starts_from_their_image() -> None:
    """Whatever zone that is; its disk is as large as said."""
    plan = cluster("gcp", {"kind": "slurm", "disk": "200GiB"}, zone="us-central1-b")
    (head,) = (one for one in asked(plan, "instance:Instance") if one.name == "train-head")
    disk = head.inputs["boot_disk"]["initialize_params"]

    assert head.inputs["zone"] == "us-central1-b"
    assert (disk["size"], disk["type"]) == (200, "pd-balanced")
    assert out("image", "self_link") in tuple(walk(head.values["boot_disk"]))


@CLOUDS
def test_access_reaches_the_head_as_it_reaches_nodes(cloud: str) -> None:
    """A bastion may open SSH to both."""
    changes = {"access": {"kind": "bastion", "allow_from": ["203.0.113.0/24"]}}
    machines = {"train": {"machine": MACHINES[cloud], "nodes": 2, "scheduler": "slurm"}}
    names = {one.name for one in asked(site_plans(cloud, clusters=machines, **changes)[1])}

    assert {"head-ssh", {"aws": "nodes-ssh", "gcp": "ssh"}[cloud]} <= names


@CLOUDS
def test_roles_are_told_of_the_scheduler(cloud: str) -> None:
    """Where it runs, whom it gives out, its queues in the order of the blueprint; on nodes and head alike."""
    plan = cluster(cloud, {"kind": "slurm", "partitions": PARTITIONS})
    told = [host_vars(one)["rackwright_scheduler"] for one in plan.host_sets]

    assert told[0] == told[1]
    assert (told[0]["head"], told[0]["nodes"]) == ("train-head", "train")
    assert told[0]["queues"] == [
        {"name": "train", "hours": None, "nodes": None, "priority": 1},
        {"name": "debug", "hours": 1, "nodes": 2, "priority": 10},
    ]
    assert "train-head: null" in inventory(plan)
    assert "its partitions are `train`, `debug`" in runbook(plan, "blueprint.yaml")


@CLOUDS
def test_the_head_is_paid_for_and_draws_on_a_quota(cloud: str) -> None:
    """One machine more in the estimate, and in what the account must be granted."""
    plan = cluster(cloud)
    items = {line.item: line.count for line in cost(plan).lines if line.kind == "machine"}
    clusters = {"train": {"machine": "m5.large", "nodes": 1, "scheduler": "slurm"}}
    site = {"cloud": "aws", "account": "1" * 12, "region": "us-east-1", "clusters": clusters}
    network = {"cidr": "10.40.0.0/16", "zones": ["us-east-1a"]}
    owner = {"team": "t", "cost_center": "c"}
    data = {"blueprint": 1, "name": "dc", "owner": owner, "sites": {"one": {**site, "network": network}}}

    assert items[f"{HEADS[cloud]}, on demand"] == 1
    assert [draw.amount for draw in draws(Blueprint.model_validate(data))] == [2, 2]
