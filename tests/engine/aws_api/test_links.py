"""The peering of two sites on AWS, and its routes, are accepted by the API of AWS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from tests.compiler.test_generated import compiled
from tests.engine.aws_api.provider import AwsApi
from tests.engine.aws_api.test_programs import ACCOUNT, account
from tests.planning.plans import SITE

from rackwright.engine.deployment import destroy, up
from rackwright.engine.embedded import Program
from rackwright.system.files import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.planning.plans import Data

    from rackwright.engine.state import State

__all__ = ["account"]
pytestmark = pytest.mark.slow


def deployed(data: Data, root: Path, api: AwsApi) -> list[State]:
    """Return the states of the stacks of a blueprint after their deployment, in its order."""
    found, states = compiled(data, root), dict[str, Any]()
    for stack, artifacts in found.stacks.items():
        write_tree(root / "out" / stack, artifacts)
        exports = {f"organization/acme/{name}": state.exports for name, state in states.items()}
        states[stack] = up(Program(root / "out" / stack / "program", "acme", stack, "aws"), api, stacks=exports).state
    return list(states.values())


def test_a_link_is_accepted_by_the_api_and_goes_first(tmp_path: Path) -> None:
    """One site asks, the other accepts, both resolve names and route every private subnet; then all of it goes."""
    other = {**SITE["aws"], "network": {"cidr": "10.41.0.0/16", "zones": ["us-east-1a"]}}
    data = {"blueprint": 1, "name": "dc", "owner": {"team": "ml", "cost_center": "1"}}
    data |= {"sites": {"one": SITE["aws"], "two": other}, "links": {"way": {"between": ["one", "two"]}}}
    api, ec2 = AwsApi(ACCOUNT, "us-east-1"), boto3.client("ec2", region_name="us-east-1")
    states = deployed(data, tmp_path, api)
    (peering,) = ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
    tables = ec2.describe_route_tables()["RouteTables"]
    routed = [one for table in tables for one in table["Routes"] if "VpcPeeringConnectionId" in one]

    assert api.lacking == {}
    assert peering["Status"]["Code"] == "active"
    assert sorted(one["DestinationCidrBlock"] for one in routed) == ["10.40.0.0/16", *["10.41.0.0/16"] * 3]
    for state in reversed(states):
        destroy(state, api)
    gone = ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
    assert [one["Status"]["Code"] for one in gone] in ([], ["deleted"])
    assert api.created == {}
