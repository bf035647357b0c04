"""The installed SDK as a schema: what a type checker and a mock let through is refused."""

from __future__ import annotations

import pytest

from rackwright.diagnostics import StepError
from rackwright.engine.schema import Problem, inputs_to_wire, problems, resource_class

TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"


@pytest.mark.parametrize(
    ("inputs", "path", "reason"),
    [
        ({"metadataOptions": {"httpToken": "required"}}, "metadataOptions.httpToken", "did you mean 'httpTokens'?"),
        ({"instanceTyp": "g6.xlarge"}, "instanceTyp", "did you mean 'instanceType'?"),
        ({"networkInterfaces": [{"deviceIndex": "first"}]}, "networkInterfaces[0].deviceIndex", "must be int"),
        ({"tags": {"a": 1}}, "tags[a]", "must be str"),
        ({"instanceType": True}, "instanceType", "must be str"),
        ({"networkInterfaces": {}}, "networkInterfaces", "must be"),
    ],
)
def test_what_the_sdk_does_not_know_is_refused(inputs: dict[str, object], path: str, reason: str) -> None:
    """Unknown and wrongly typed arguments are found at any depth, by wire name."""
    (found,) = problems(TEMPLATE, inputs)

    assert found.path == path
    assert reason in found.reason


def test_a_missing_argument_is_found() -> None:
    """What a resource cannot do without is required."""
    assert problems("aws:ec2/subnet:Subnet", {"cidrBlock": "10.0.0.0/24"}) == (Problem("vpcId", "is required"),)


def test_struct_keys_are_translated_and_map_keys_are_data() -> None:
    """snake_case keys of structs become camelCase; keys of tags stay as they are."""
    inputs = {"network_interfaces": [{"device_index": 0}], "tags": {"cost_center": "4711"}}

    assert inputs_to_wire(TEMPLATE, inputs) == {
        "networkInterfaces": [{"deviceIndex": 0}],
        "tags": {"cost_center": "4711"},
    }


@pytest.mark.parametrize("token", ["aws:ec2/vpc:Vcp", "aws:nothing/vpc:Vpc", "aws:s3/bucketPolicy:Bucket"])
def test_an_unknown_token_is_refused(token: str) -> None:
    """A resource type the SDK does not have is an error with its name."""
    with pytest.raises(StepError, match=token):
        resource_class(token)
