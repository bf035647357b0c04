"""Hosts of a site that brings their identity along: it is named everywhere, and nothing is made or granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import to_json

if TYPE_CHECKING:
    from rackwright.plan import Plan

PROFILE = "arn:aws:iam::111122223333:instance-profile/platform/hosts"
ACCOUNT = "hosts-ai@acme-ai-prod.iam.gserviceaccount.com"
CASES = {"aws": (PROFILE, "m7i.large"), "gcp": (ACCOUNT, "n2-standard-4")}
GIVEN = ("iam/role", "iam/instanceProfile", "serviceaccount/", "iAMMember", "bucketIAMMember", "rolePolicy")


def planned(cloud: str) -> Plan:
    """Return the plan of a cluster with a head, which mounts a bucket, in such a site."""
    standing, machine = CASES[cloud]
    train = {"machine": machine, "nodes": 2, "scheduler": "slurm", "mounts": {"/data": "datasets"}}
    return site_plans(
        cloud,
        clusters={"train": train},
        storage={"datasets": {"kind": "object"}},
        security={"identity": {"existing": standing}},
    )[1]


@pytest.mark.parametrize("cloud", CASES)
def test_nothing_is_made_or_given(cloud: str) -> None:
    """No role, no account, no grant, neither for nodes nor for the head."""
    text = to_json(planned(cloud))

    assert [kind for kind in GIVEN if f":{kind}" in text or f"/{kind}" in text] == []


def test_machines_of_aws_have_the_profile() -> None:
    """Launch templates name it by ARN, the head by its name."""
    (template,) = asked(planned("aws"), "aws:ec2/launchTemplate:LaunchTemplate")
    heads = [one for one in asked(planned("aws"), "aws:ec2/instance:Instance") if "iam_instance_profile" in one.inputs]

    assert template.inputs["iam_instance_profile"] == {"arn": PROFILE}
    assert [one.inputs["iam_instance_profile"] for one in heads] == ["hosts"]


def test_machines_of_google_cloud_have_the_account() -> None:
    """Machines run as it, and the firewall knows them by it."""
    machines = asked(planned("gcp"), "gcp:compute/instance:Instance")
    rules = asked(planned("gcp"), "gcp:compute/firewall:Firewall")

    assert {one.inputs["service_account"]["email"] for one in machines} == {ACCOUNT}
    assert {tuple(one.inputs["target_service_accounts"]) for one in rules} == {(ACCOUNT,)}
