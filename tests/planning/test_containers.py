"""Clusters with containers: one hop more to the metadata, who may pull images, what roles are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.emit.inventory import host_vars, inventory
from rackwright.plan import Json, Lit, walk

if TYPE_CHECKING:
    from rackwright.plan import Plan

MACHINES = {"aws": "g6.12xlarge", "gcp": "g2-standard-48"}
CLOUDS = pytest.mark.parametrize("cloud", MACHINES)
DIGEST = "@sha256:" + "5e1f" * 16
ECR = f"111122223333.dkr.ecr.us-east-1.amazonaws.com/ml/accept{DIGEST}"
ARTIFACTS = "us-central1-docker.pkg.dev/{}/ml/accept" + DIGEST


def cluster(cloud: str, *images: str, containers: str = "docker", **changes: Any) -> Plan:
    """Return the plan of a cluster whose commands run in images."""
    said = {"command": "accept", "value": "loss", "at_most": 2.5}
    acceptance = {f"accept{number}": {**said, "image": one} for number, one in enumerate(images)}
    found = {"machine": MACHINES[cloud], "nodes": 2, "software": {"containers": containers}, **changes}
    return site_plans(cloud, clusters={"train": {**found, "validate": {"acceptance": acceptance}}})[1]


def hops(plan: Plan) -> list[int]:
    """Return how far every machine of a plan lets its metadata travel."""
    with_options = [one.inputs["metadata_options"] for one in asked(plan) if "metadata_options" in one.inputs]
    return [one["http_put_response_hop_limit"] for one in with_options]


@CLOUDS
def test_no_containers_is_what_nothing_is(cloud: str) -> None:
    """`none` and nothing said are one plan."""
    without = site_plans(cloud, clusters={"train": {"machine": MACHINES[cloud], "nodes": 2}})[1]

    assert cluster(cloud, containers="none") == without
    assert "rackwright_containers" not in host_vars(without.host_sets[0])


def test_metadata_reaches_containers_where_they_are_asked_for() -> None:
    """Two hops to nodes with containers, one to others and to a head, which runs none; the program says why."""
    plan = cluster("aws", scheduler="slurm")
    (template,) = (one for one, _ in plan.singles() if getattr(one, "key", "") == "template")

    assert hops(cluster("aws", containers="none")) == [1]
    assert sorted(hops(plan)) == [1, 2]
    assert "Two hops" in getattr(template, "note", "")


def test_nodes_may_pull_from_the_repositories_they_name_and_no_others() -> None:
    """ECR by the repository; nothing where the images are elsewhere."""
    (policy,) = asked(cluster("aws", ECR, ECR), "rolePolicy:RolePolicy")
    given = policy.values["policy"]

    assert isinstance(given, Json)
    assert [one.value for one in walk(given) if isinstance(one, Lit) and str(one.value).startswith("arn:")] == [
        "arn:aws:ecr:us-east-1:111122223333:repository/ml/accept"
    ]
    assert not asked(cluster("aws", f"acme/accept{DIGEST}"), "rolePolicy:RolePolicy")


@pytest.mark.parametrize(("project", "expected"), [("acme-ai-prod", True), ("acme-images", False)])
def test_nodes_read_the_registry_of_their_own_project(project: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """Another project's owner grants that."""
    roles = [one.inputs["role"] for one in asked(cluster("gcp", ARTIFACTS.format(project)), "iAMMember:IAMMember")]

    assert ("roles/artifactregistry.reader" in roles) is expected
    assert "roles/logging.logWriter" in roles


@CLOUDS
def test_roles_are_told_of_engine_image_and_registry(cloud: str) -> None:
    """An image of a cloud's registry says whose identities get in; a public one nothing; the head has no engine."""
    plan = cluster(cloud, ECR, f"acme/accept{DIGEST}", scheduler="slurm")
    nodes, head = (host_vars(one) for one in plan.host_sets)
    own, public = nodes["rackwright_validation"]["acceptance"]

    assert nodes["rackwright_containers"] == "docker"
    assert "rackwright_containers" not in head
    assert (own["image"], own["registry"], own["login"]) == (ECR, ECR.partition("/")[0], "aws")
    assert (public["registry"], "login" in public) == ("docker.io", False)
    assert "rackwright_containers: docker" in inventory(plan)
