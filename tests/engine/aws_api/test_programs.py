"""Programs run against AWS's own API rules, as moto knows them: zones, address conflicts, duplicate rules, grammars."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from moto import mock_aws
from tests.compiler.test_generated import compiled
from tests.engine.aws_api.provider import NO_CALL, AwsApi
from tests.planning.plans import SITE

from rackwright.diagnostics import StepError
from rackwright.engine.deployment import destroy, up
from rackwright.engine.embedded import Program
from rackwright.system.files import write_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.engine.state import State

ROOT = Path(__file__).resolve().parents[3]
DATACENTERS = ("aurora", "quickstart")
ACCOUNT = "111122223333"
DNS = {"enableDnsSupport": True, "enableDnsHostnames": True}
PRIVATE = {"mapPublicIpOnLaunch": False}
LACKING = {
    "aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint": NO_CALL,
    "aws:backup/selection:Selection": NO_CALL,
    "aws:ec2/placementGroup:PlacementGroup": "The create_placement_group action has not been implemented",
    "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation": NO_CALL,
}
"""What moto 5.2.5 does not have: these types are the rehearsal cloud's, which checks schema and references alone."""
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be in an account that exists in this process alone."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("MOTO_ACCOUNT_ID", ACCOUNT)
    with mock_aws(config={"iam": {"load_aws_managed_policies": True}}):
        yield


@pytest.mark.parametrize("datacenter", DATACENTERS)
def test_a_datacenter_is_accepted_by_the_api(datacenter: str) -> None:
    """Every resource that the API here knows is created by its rules, sites first; what it lacks is listed."""
    api, _ = deployed(datacenter)

    assert api.lacking == {kind: why for kind, why in LACKING.items() if kind in api.lacking}
    assert len(api.created) > len(api.lacking)


def test_what_the_api_lacks_is_in_the_documents() -> None:
    """Nobody takes silence for a proof: each type that was not tried is named."""
    text = (ROOT / "docs" / "adr" / "0004-programs-against-the-api-of-aws.md").read_text(encoding="utf-8")

    assert [kind for kind in LACKING if f"`{kind}`" not in text] == []


def test_the_quickstart_is_deleted_in_an_order_that_the_api_takes() -> None:
    """Dependents go first: the API refuses to delete what is in use."""
    api, states = deployed("quickstart")
    for state in reversed(states):
        destroy(state, api)

    assert api.created == {}


def test_what_a_site_may_keep_is_accepted_by_the_api(tmp_path: Path) -> None:
    """Records of access and a plan of backups, in a site of their own."""
    storage = {
        "datasets": {"kind": "object", "backups": True},
        "home": {"kind": "file", "backups": True},
        "code": {"kind": "file", "engine": "openzfs", "size": "1TiB", "throughput": 320},
    }
    train = {"machine": "g6.xlarge", "nodes": 1, "mounts": {"/data": "datasets", "/shared": "home"}}
    kept = {"backup": {"keep_days": 90, "lock": "compliance"}, "security": {"audit": "data-access"}}
    api, _ = site_of(tmp_path, storage=storage, clusters={"train": train}, **kept)

    assert api.lacking == {kind: why for kind, why in LACKING.items() if kind in api.lacking}
    made = {identity.partition(":trail/")[0] for identity in api.created}
    assert "arn:aws:cloudtrail:us-east-1:111122223333" in made


@pytest.mark.parametrize(
    ("kind", "inputs", "reason"),
    [
        ("aws:ec2/subnet:Subnet", {"cidrBlock": "10.0.1.0/24", "availabilityZone": "us-east-1a"}, "Conflict"),
        ("aws:ec2/subnet:Subnet", {"cidrBlock": "10.9.0.0/24", "availabilityZone": "us-east-1a"}, "is invalid"),
        ("aws:ec2/subnet:Subnet", {"cidrBlock": "10.0.64.0/20", "availabilityZone": "us-east-1q"}, "availabilityZone"),
    ],
)
def test_the_api_refuses_what_the_schema_accepts(kind: str, inputs: dict[str, Any], reason: str) -> None:
    """Addresses that are taken or outside, a zone that is none: the proof can fail."""
    api = AwsApi(ACCOUNT, "us-east-1")
    vpc = api.create(urn("vpc"), "aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16", **DNS})
    first = {"vpcId": vpc.id, "cidrBlock": "10.0.0.0/20", "availabilityZone": "us-east-1a", **PRIVATE}
    api.create(urn("first"), "aws:ec2/subnet:Subnet", first)

    with pytest.raises(StepError, match=reason):
        api.create(urn("second"), kind, {"vpcId": vpc.id, **inputs, **PRIVATE})


def test_the_api_refuses_a_rule_that_is_there_twice_and_a_policy_without_grammar() -> None:
    """Two rules that open the same, and a policy whose statement says nothing."""
    api = AwsApi(ACCOUNT, "us-east-1")
    vpc = api.create(urn("vpc"), "aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16", **DNS})
    group = api.create(urn("group"), "aws:ec2/securityGroup:SecurityGroup", {"description": "x", "vpcId": vpc.id})
    opened = {"securityGroupId": group.id, "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "10.0.0.0/8"}
    kind = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    api.create(urn("one"), kind, opened)
    trust = {"assumeRolePolicy": '{"Version": "2012-10-17", "Statement": []}'}
    role = api.create(urn("role"), "aws:iam/role:Role", trust)
    nothing = {"role": role.id, "policy": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow"}]}'}

    with pytest.raises(StepError, match="already exists"):
        api.create(urn("two"), kind, opened)
    with pytest.raises(StepError, match="MalformedPolicyDocument"):
        api.create(urn("policy"), "aws:iam/rolePolicy:RolePolicy", nothing)


def deployed(datacenter: str) -> tuple[AwsApi, list[State]]:
    """Return the API with everything of a committed datacenter in it, and the states of its stacks."""
    folder = ROOT / "stacks" / datacenter
    api, states = AwsApi(ACCOUNT, "us-east-1"), {}
    for stack in sorted(path.parent.name for path in folder.glob("*/plan.json")):
        exports = {f"organization/acme/{name}": state.exports for name, state in states.items()}
        program = Program(ROOT / "infra", "acme", stack, "aws", root=ROOT)
        states[stack] = up(program, api, stacks=exports).state
    return api, list(states.values())


def test_a_site_with_a_bastion_is_accepted_and_deleted(tmp_path: Path) -> None:
    """Its machine, its address and its rules are made by the rules of the API, and go before what they use."""
    access = {"kind": "bastion", "allow_from": ["203.0.113.0/24"]}
    api, states = site_of(tmp_path, access=access, clusters={"login": {"machine": "t3.large", "nodes": 1}})
    made = [state.exports["bastion"] for state in states]

    assert api.lacking == {}
    assert made[0] == made[1]
    assert set(made[0]) == {"id", "address", "user", "security_group_id"}
    for state in reversed(states):
        destroy(state, api)
    assert api.created == {}


def test_the_rules_of_an_instance_connect_endpoint_are_accepted(tmp_path: Path) -> None:
    """Its security group and the hosts' rule for it; the endpoint itself is the rehearsal cloud's."""
    clusters = {"login": {"machine": "t3.large", "nodes": 1}}
    api, _ = site_of(tmp_path, access={"kind": "instance-connect"}, clusters=clusters)

    assert list(api.lacking) == ["aws:ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint"]


def test_alarms_and_who_is_told_are_accepted_and_deleted(tmp_path: Path) -> None:
    """A topic with its policy and readers, alarms of nodes, NAT and file systems."""
    storage = {"scratch": {"kind": "parallel", "size": "4800GiB", "deletion": "delete"}}
    train = {"machine": "g6.xlarge", "nodes": 2, "mounts": {"/scratch": "scratch"}}
    told = {"notify": ["oncall@acme.example", "infra@acme.example"]}
    api, states = site_of(tmp_path, storage=storage, clusters={"train": train}, monitoring=told)
    alarms = {inputs["name"] for inputs in api.created.values() if "metricName" in inputs}

    assert api.lacking == {}
    assert alarms == {"dc-use1-nat", "dc-use1-scratch-full", "dc-use1-train-0-status", "dc-use1-train-1-status"}
    for state in reversed(states):
        destroy(state, api)
    assert [one for one in api.created if "alarm" in one or one.startswith("dc-")] == []


def test_names_of_hosts_are_accepted_and_deleted(tmp_path: Path) -> None:
    """A private zone of the site's network, with a record for each node."""
    network = {**SITE["aws"]["network"], "dns": {"zone": "ai.acme.internal"}}
    api, states = site_of(tmp_path, network=network, clusters={"login": {"machine": "t3.large", "nodes": 2}})
    names = {inputs["name"] for inputs in api.created.values() if "records" in inputs}

    assert api.lacking == {}
    assert names == {f"login-{number}.login.ai.acme.internal" for number in (0, 1)}
    for state in reversed(states):
        destroy(state, api)
    assert api.created == {}


def test_a_budget_with_alerts_is_accepted_and_deleted(tmp_path: Path) -> None:
    """By the tag of the datacenter, with its readers, under a name of its own."""
    alerts = {"usd_per_month": 300000, "alerts": [80, 100], "notify": ["owner@acme.example"]}
    api, states = site_of(tmp_path, whole={"budget": alerts})

    assert api.lacking == {}
    assert "rackwright-dc" in api.created
    for state in reversed(states):
        destroy(state, api)
    assert api.created == {}


def test_nodes_with_containers_are_accepted_and_deleted(tmp_path: Path) -> None:
    """Their metadata goes one hop further, and they may pull the image that a command of the team's own runs in."""
    image = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/ml/accept@sha256:{'5e1f' * 16}"
    loss = {"command": "accept", "image": image, "value": "loss", "at_most": 2.5}
    cluster = {"machine": "t3.large", "nodes": 1, "software": {"containers": "docker"}}
    api, states = site_of(tmp_path, clusters={"train": {**cluster, "validate": {"acceptance": {"loss": loss}}}})
    (template,) = (one for one in api.created.values() if "metadataOptions" in one)

    assert api.lacking == {}
    assert template["metadataOptions"]["httpPutResponseHopLimit"] == 2
    for state in reversed(states):
        destroy(state, api)
    assert api.created == {}


def site_of(root: Path, whole: dict[str, Any] | None = None, **changes: Any) -> tuple[AwsApi, list[State]]:
    """Return the API with one site of us-east-1 and its clusters in it, and the states of their stacks."""
    owner, site = {"team": "ml", "cost_center": "1"}, {**SITE["aws"], **changes}
    found = compiled({"blueprint": 1, "name": "dc", "owner": owner, "sites": {"use1": site}, **(whole or {})}, root)
    api = AwsApi(ACCOUNT, "us-east-1")
    states: dict[str, State] = {}
    for stack, artifacts in found.stacks.items():
        write_tree(root / "out" / stack, artifacts)
        exports = {f"organization/acme/{name}": state.exports for name, state in states.items()}
        states[stack] = up(Program(root / "out" / stack / "program", "acme", stack, "aws"), api, stacks=exports).state
    return api, list(states.values())


def urn(name: str) -> str:
    """Return the URN of a resource of no program."""
    return f"urn:pulumi:dc.site::acme::aws:x/y:Z::{name}"
