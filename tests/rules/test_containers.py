"""Which images are found, and which are not: what the rejected blueprints do not show."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import SITE

from rackwright.blueprint import Blueprint
from rackwright.rules import check_blueprint

DIGEST = "@sha256:" + "5e1f" * 16
ECR = "111122223333.dkr.ecr.us-east-1.amazonaws.com/accept" + DIGEST
ARTIFACTS = "us-central1-docker.pkg.dev/acme-ai-prod/ml/accept" + DIGEST
OWN = {"aws": "ami-0123456789abcdef0", "gcp": "projects/acme-ai-prod/global/images/golden-1"}
MACHINES = {"aws": "m7i.large", "gcp": "n2-standard-2"}
VPC = {"vpc": "vpc-0123456789abcdef0", "subnets": {"us-east-1a": "subnet-0123456789abcdef0"}}


def found(cloud: str, pulled: str, network: dict[str, Any] | None = None, **changes: Any) -> set[str]:
    """Return the codes of what is found of a cluster whose own command runs in an image, but for locks of images."""
    loss = {"command": "accept", "image": pulled, "value": "loss", "at_most": 2.5, **changes.pop("loss", {})}
    cluster = {"machine": MACHINES[cloud], "nodes": 2, "software": {"containers": "docker"}, "image": OWN[cloud]}
    cluster |= {"validate": {"dataset": "digits", "acceptance": {"loss": loss}}, **changes}
    of_network = {**SITE[cloud]["network"], "zones": SITE[cloud]["network"]["zones"][:1], **(network or {})}
    site = {**SITE[cloud], "network": of_network, "clusters": {"train": cluster}}
    owner = {"team": "ml", "cost_center": "1"}
    data = {"blueprint": 1, "name": "dc", "owner": owner, "sites": {"one": site}}
    codes = {one.code for one in check_blueprint(Blueprint.model_validate(data))}
    return {code for code in codes if code in CODES}


CODES = {"VAL-E108", "VAL-W109", "VAL-E110", "VAL-N111", "VAL-W112", "NET-E121", "NET-E123", "NET-W122", "SOFT-E110"}
CLOSED: dict[str, Any] = {"nat": "none"}
PROXY = {"url": "http://proxy.acme.example:3128"}


@pytest.mark.parametrize(
    ("cloud", "image", "network", "expected"),
    [
        ("aws", ECR, {}, set()),
        ("aws", ECR, CLOSED, set()),
        ("aws", ECR, {**CLOSED, "endpoints": ["ecr.api", "ecr.dkr"]}, set()),
        ("aws", ECR, {**CLOSED, "endpoints": ["ecr.api"]}, {"NET-W122"}),
        ("aws", ECR, {**CLOSED, "endpoints": []}, {"NET-E123"}),
        ("aws", ECR, {**CLOSED, "existing": VPC}, set()),
        ("aws", ARTIFACTS, {}, {"VAL-N111"}),
        ("aws", f"acme/accept{DIGEST}", CLOSED, {"NET-E123"}),
        ("aws", f"acme/accept{DIGEST}", {**CLOSED, "proxy": PROXY}, set()),
        ("gcp", ARTIFACTS, CLOSED, set()),
        ("gcp", f"acme/accept{DIGEST}", CLOSED, {"NET-E123"}),
        ("gcp", ECR, {}, {"VAL-E110"}),
        ("gcp", f"ghcr.io/acme/accept:2{DIGEST}", {}, set()),
        ("gcp", "ghcr.io/acme/accept:2", {}, {"VAL-W109"}),
    ],
)
def test_what_hosts_can_pull(cloud: str, image: str, network: dict[str, Any], expected: set[str]) -> None:
    """Each cloud's registry is reached from inside, others through a way out."""
    assert found(cloud, image, network) == expected


def test_hosts_that_can_install_nothing_are_one_finding() -> None:
    """The image follows from it."""
    assert found("aws", f"acme/accept{DIGEST}", CLOSED, image="ubuntu-24.04") == {"NET-E121"}


@pytest.mark.parametrize(
    ("nodes", "hosts", "expected"), [(100, "each", set()), (101, "first", set()), (101, "each", {"VAL-W112"})]
)
def test_pulls_of_docker_hub_are_counted(nodes: int, hosts: str, expected: set[str]) -> None:
    """One for each host that runs the command."""
    assert found("aws", f"acme/accept{DIGEST}", nodes=nodes, loss={"hosts": hosts}) == expected


@pytest.mark.parametrize(
    ("image", "expected"), [("rocky-9", {"SOFT-E110"}), ("debian-13", set()), ("amazon-linux-2023", set())]
)
def test_docker_is_in_the_distribution(image: str, expected: set[str]) -> None:
    """Or the image is refused."""
    assert found("aws", ECR, image=image) == expected
