"""The rehearsal cloud as a provider plugin, spoken to over gRPC as Pulumi's engine does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
import pytest
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from rackwright.engine.records import Secret
from rackwright.engine.wire import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
VPC, SUBNET = "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet"
SECONDS = 30


def urn(kind: str, name: str) -> str:
    """Return the URN of a resource as the engine makes it."""
    return f"urn:pulumi:dc.one::proof::{kind}::{name}"


@contextmanager
def plugin(cloud: str, state: Path | None = None) -> Iterator[Any]:
    """Start a plugin as the engine does; yield a client of the port that it prints."""
    kept = {} if state is None else {"RACKWRIGHT_REHEARSAL": str(state)}
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "infra"), **kept}
    command = [sys.executable, "-P", "-m", "rackwright.engine.plugin", cloud, "127.0.0.1:1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        channel = grpc.insecure_channel(f"127.0.0.1:{int(process.stdout.readline())}")
        try:
            yield provider_pb2_grpc.ResourceProviderStub(channel)
        finally:
            channel.close()
            process.terminate()


@pytest.fixture(scope="module")
def aws() -> Iterator[Any]:
    """Return a client of a running AWS plugin that keeps nothing."""
    with plugin("aws") as client:
        yield client


def create(client: Any, kind: str, name: str, **inputs: Any) -> Any:
    """Create a resource."""
    request = provider_pb2.CreateRequest(urn=urn(kind, name), type=kind, properties=encode(inputs))
    return client.Create(request, timeout=SECONDS)


def read(client: Any, kind: str, identity: str) -> Any:
    """Read a resource by id."""
    return client.Read(provider_pb2.ReadRequest(id=identity, urn=urn(kind, "any"), type=kind), timeout=SECONDS)


def delete(client: Any, kind: str, identity: str) -> Any:
    """Delete a resource by id."""
    return client.Delete(provider_pb2.DeleteRequest(id=identity, urn=urn(kind, "any"), type=kind), timeout=SECONDS)


@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_a_plugin_has_the_version_of_its_sdk(cloud: str) -> None:
    """The engine compares the plugin's version with the one that the program's SDK asks for."""
    with plugin(cloud) as client:
        assert client.GetPluginInfo(Empty(), timeout=SECONDS).version == version(f"pulumi-{cloud}")


def test_configuration_is_taken_as_it_is(aws: Any) -> None:
    """The provider's inputs come back unchanged; changing them replaces nothing; secrets are understood."""
    given = encode({"region": "us-east-1", "allowedAccountIds": '["111122223333"]'})
    checked = aws.CheckConfig(provider_pb2.CheckRequest(urn="u", news=given), timeout=SECONDS)
    changed = aws.DiffConfig(provider_pb2.DiffRequest(urn="u", olds=given, news=encode({})), timeout=SECONDS)
    configured = aws.Configure(provider_pb2.ConfigureRequest(args=given), timeout=SECONDS)

    assert (decode(checked.inputs), list(checked.failures)) == (decode(given), [])
    assert (changed.changes, list(changed.replaces)) == (provider_pb2.DiffResponse.DIFF_NONE, [])
    assert configured.acceptSecrets
    assert configured.supportsPreview


def test_wrong_inputs_are_failures_by_name(aws: Any) -> None:
    """What the SDK's schema does not know is refused with the input's name; what is right passes unchanged."""
    right, wrong = {"cidrBlock": "10.0.0.0/16"}, {"cidrBlok": "10.0.0.0/16"}
    passed, refused = (
        aws.Check(provider_pb2.CheckRequest(urn=urn(VPC, "v"), type=VPC, news=encode(news)), timeout=SECONDS)
        for news in (right, wrong)
    )

    assert (decode(passed.inputs), list(passed.failures)) == (right, [])
    assert [one.property for one in refused.failures] == ["cidrBlok"]


@pytest.mark.parametrize(
    ("news", "ignored", "changed", "replaces"),
    [
        ({"cidrBlock": "10.0.0.0/16", "tags": {"a": "b"}}, [], [], []),
        ({"cidrBlock": "10.1.0.0/16", "tags": {"a": "b"}}, [], ["cidrBlock"], ["cidrBlock"]),
        ({"cidrBlock": "10.1.0.0/16", "tags": {"a": "b"}}, ["cidrBlock"], [], []),
        ({"cidrBlock": "10.0.0.0/16"}, [], ["tags"], []),
        ({"cidrBlock": "10.0.0.0/16", "tags": {"a": "c"}}, ["tags.a"], [], []),
        ({"cidrBlock": Secret("10.0.0.0/16"), "tags": {"a": "b"}}, [], [], []),
    ],
)
def test_a_difference_is_named(
    aws: Any, news: dict[str, Any], ignored: list[str], changed: list[str], replaces: list[str]
) -> None:
    """Inputs that changed, appeared or went are named, and which replace; ignored ones and secrecy are no change."""
    request = provider_pb2.DiffRequest(
        id="vpc-1",
        urn=urn(VPC, "v"),
        type=VPC,
        old_inputs=encode({"cidrBlock": "10.0.0.0/16", "tags": {"a": "b"}}),
        news=encode(news),
        ignoreChanges=ignored,
    )
    found = aws.Diff(request, timeout=SECONDS)
    expected = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE

    assert (list(found.diffs), list(found.replaces), found.changes) == (changed, replaces, expected)


def test_a_resource_lives_from_create_to_delete(aws: Any) -> None:
    """What was created is read with its outputs, updated under its id, and gone after its deletion."""
    made = create(aws, VPC, "living", cidrBlock="10.0.0.0/16")
    news = encode({"cidrBlock": "10.0.0.0/16", "tags": {"Name": "x"}})
    request = provider_pb2.UpdateRequest(id=made.id, urn=urn(VPC, "living"), type=VPC, news=news)
    updated = aws.Update(request, timeout=SECONDS)
    found = read(aws, VPC, made.id)
    delete(aws, VPC, made.id)

    assert made.id.startswith("vpc-")
    assert decode(made.properties)["arn"].startswith("arn:aws:")
    assert decode(updated.properties)["tags"] == {"Name": "x"}
    assert (found.id, decode(found.properties)["arn"]) == (made.id, decode(made.properties)["arn"])
    assert read(aws, VPC, made.id).id == ""


def test_a_preview_creates_nothing(aws: Any) -> None:
    """Previewed resources have no id, and are not there afterwards."""
    inputs = encode({"cidrBlock": "10.0.0.0/16"})
    request = provider_pb2.CreateRequest(urn=urn(VPC, "previewed"), type=VPC, properties=inputs, preview=True)
    previewed = aws.Create(request, timeout=SECONDS)
    real = create(aws, VPC, "previewed", cidrBlock="10.0.0.0/16")
    delete(aws, VPC, real.id)

    assert previewed.id == ""
    assert decode(previewed.properties) == {"cidrBlock": "10.0.0.0/16"}
    assert real.id != ""


def test_what_is_used_cannot_be_deleted(aws: Any) -> None:
    """Deleting a network under its subnet fails as an error of the engine, and the network stays."""
    vpc = create(aws, VPC, "used", cidrBlock="10.0.0.0/16")
    subnet = create(aws, SUBNET, "user", vpcId=vpc.id, cidrBlock="10.0.0.0/24")

    with pytest.raises(grpc.RpcError) as refused:
        delete(aws, VPC, vpc.id)
    assert refused.value.code() is grpc.StatusCode.UNKNOWN
    assert "still used by" in refused.value.details()
    assert read(aws, VPC, vpc.id).id == vpc.id
    delete(aws, SUBNET, subnet.id)
    delete(aws, VPC, vpc.id)
    assert read(aws, VPC, vpc.id).id == ""


def test_a_data_source_is_answered(aws: Any) -> None:
    """An image is found, and it is a made-up one."""
    request = provider_pb2.InvokeRequest(tok="aws:ec2/getAmi:getAmi", args=encode({"mostRecent": True}))
    answer = aws.Invoke(request, timeout=SECONDS)

    assert decode(getattr(answer, "return"))["id"] == "ami-0rehearsal0000000"


def test_what_exists_outlives_the_plugin(tmp_path: Path) -> None:
    """The engine starts a plugin for every run; what one created the next one finds, and what it deleted not."""
    state = tmp_path / "cloud.json"
    with plugin("aws", state) as client:
        kept = create(client, VPC, "kept", cidrBlock="10.0.0.0/16").id
        gone = create(client, VPC, "gone", cidrBlock="10.1.0.0/16").id
        delete(client, VPC, gone)
    with plugin("aws", state) as client:
        assert [read(client, VPC, one).id for one in (kept, gone)] == [kept, ""]
    assert len(json.loads(state.read_text(encoding="utf-8"))["resources"]) == 1
