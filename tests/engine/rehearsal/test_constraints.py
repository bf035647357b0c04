"""The rehearsal cloud refuses what the clouds' own providers refuse before they call anything."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi import _types

from rackwright.catalog.constraints import constraints
from rackwright.engine.records import UNKNOWN
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.engine.rehearsal.constraints import RULES, TOGETHER, refused
from rackwright.engine.schema import sdk
from rackwright.engine.schema.shapes import core, is_list, is_struct, item_of

EGRESS, INSTANCE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "gcp:compute/instance:Instance"
TEMPLATE, LUSTRE = "aws:ec2/launchTemplate:LaunchTemplate", "aws:fsx/lustreFileSystem:LustreFileSystem"
ALL = [{"protocol": "all"}]
MANAGED_LUSTRE, ROUTER, ROLE = "gcp:lustre/instance:Instance", "gcp:compute/router:Router", "aws:iam/role:Role"
FILESTORE, FIREWALL = "gcp:filestore/instance:Instance", "gcp:compute/firewall:Firewall"


def names(kind: str, path: list[str]) -> frozenset[str]:
    """Return the wire names of the arguments in the struct at a path of the SDK's type."""
    found = sdk.input_types(kind)
    for name in path:
        inner = core(found[name])
        inner = core(item_of(inner)) if is_list(inner) else inner
        found = _types.input_type_types(inner) if is_struct(inner) else {}
    return frozenset(found)


@pytest.mark.parametrize(
    ("kind", "inputs", "path", "reason"),
    [
        (EGRESS, {"cidrIpv4": "10.1.2.3/8"}, "cidrIpv4", "written by its first address"),
        (EGRESS, {}, "", "exactly one of cidrIpv4, cidrIpv6, prefixListId, referencedSecurityGroupId"),
        (EGRESS, {"cidrIpv4": "10.0.0.0/8", "toPort": 65536}, "toPort", "in -1..65535, is 65536"),
        (TEMPLATE, {"networkInterfaces": [{}, {"interfaceType": "ena"}]}, "networkInterfaces[1].interfaceType", "ena"),
        (TEMPLATE, {"description": "x" * 256}, "description", "of a length in 0..255"),
        (LUSTRE, {"deploymentType": "PERSISTENT_2"}, "perUnitStorageThroughput", "must be given where deploymentType"),
        (FILESTORE, {"location": "a", "tier": "BASIC_SSD", "kmsKeyName": "k"}, "kmsKeyName", "must be left out"),
        (FIREWALL, {"allows": ALL, "sourceTags": ["a"], "targetServiceAccounts": ["b"]}, "", "at most one of"),
        (FIREWALL, {"allows": ALL, "targetServiceAccounts": ["a"] * 11}, "targetServiceAccounts", "1..10 items"),
        (INSTANCE, {"name": "Train-0"}, "name", "of the form"),
        (MANAGED_LUSTRE, {"capacityGib": "plenty"}, "capacityGib", "in "),
        (ROUTER, {"bgp": {"asn": 65535}}, "bgp.asn", "in 16550..16550 64512..65534"),
        (ROLE, {"assumeRolePolicy": "[]"}, "assumeRolePolicy", "an object of JSON"),
        (
            INSTANCE,
            {"scheduling": {"provisioningModel": "SPOT", "preemptible": True, "automaticRestart": True}},
            "scheduling.automaticRestart",
            "must be one of false",
        ),
    ],
)
def test_what_a_provider_refuses_is_refused(kind: str, inputs: dict[str, Any], path: str, reason: str) -> None:
    """Each kind of rule is judged at any depth, and says what would be right."""
    (found,) = refused(kind, inputs)

    assert found.property == path
    assert reason in found.reason


def test_what_is_not_known_yet_is_not_judged() -> None:
    """An output counts as given, and its value is left to the deployment."""
    assert tuple(refused(EGRESS, {"cidrIpv4": UNKNOWN, "toPort": UNKNOWN})) == ()


def test_the_rehearsal_cloud_asks() -> None:
    """A program that the provider would refuse is refused before anything is made."""
    cloud = RehearsalCloud("111122223333", "us-east-1")
    inputs = {"securityGroupId": "a", "ipProtocol": "tcp", "cidrIpv4": "10.0.0.1/8"}

    assert [one.property for one in cloud.check("urn", EGRESS, inputs)] == ["cidrIpv4"]


def test_constraints_are_of_arguments_that_the_sdk_has() -> None:
    """A rule exists, and every argument that a row names is one of the SDK's: no row is without effect."""
    for kind, rows in constraints().items():
        for one in rows:
            path = one.argument.split(".") if one.argument else []
            asked = one.values.split() if one.rule in TOGETHER else [path.pop()]
            beside = {one.when.partition("=")[0]} - {""}

            assert one.rule in RULES
            assert {*asked, *beside} <= names(kind, path), (kind, one)
