"""The derived policy is enough: every call that deploying a datacenter makes to AWS's API is granted by it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from tests.engine.aws_api.test_programs import DATACENTERS, ROOT, account, deployed

from rackwright.derive.permissions import grants
from rackwright.engine.deployment import destroy
from rackwright.plan import from_json

if TYPE_CHECKING:
    from rackwright.plan import Plan

__all__ = ["account"]
SERVICES = {"efs": "elasticfilesystem", "cloudwatch logs": "logs"}
OPERATIONS = {
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
}
"""Operations whose permission has another name (Service authorization reference of Amazon S3)."""
STAND_INS = {"ec2:RegisterImage"}
"""Calls of the tests' own: images are registered here, for the API here has none."""
pytestmark = pytest.mark.slow


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Gather the permission of every call to the API."""
    found: set[str] = set()
    session = boto3.Session()

    def note(model: Any, **_: Any) -> None:
        service = model.service_model.service_id.lower()
        name = f"{SERVICES.get(service, service)}:{model.name}"
        found.add(OPERATIONS.get(name, name))

    session.events.register("before-call", note)
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", session)
    return found


def plans(datacenter: str) -> list[Plan]:
    """Return the committed plans of a datacenter."""
    found = sorted(Path(ROOT / "stacks" / datacenter).glob("*/plan.json"))
    return [from_json(path.read_text(encoding="utf-8")) for path in found]


@pytest.mark.parametrize("datacenter", DATACENTERS)
def test_what_deploying_calls_is_granted(called: set[str], datacenter: str) -> None:
    """No call of a deployment needs a permission that the plan's policy lacks."""
    deployed(datacenter)

    assert called - STAND_INS - {one.action for one in grants(plans(datacenter))} == set()
    assert len(called) > 20


def test_what_destroying_calls_is_granted(called: set[str]) -> None:
    """Nor does a call that deletes."""
    api, states = deployed("quickstart")
    called.clear()
    for state in reversed(states):
        destroy(state, api)

    assert called - {one.action for one in grants(plans("quickstart"))} == set()
    assert "ec2:DeleteVpc" in called
