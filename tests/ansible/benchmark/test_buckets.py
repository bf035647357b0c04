"""Buckets are read with the identity a host has, and without one where it has none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from rackwright_benchmark import buckets
from rackwright_benchmark.buckets import Keys, request, sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
GIVEN = {"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "secret", "Token": "session"}
ROLE = "/meta-data/iam/security-credentials/"


def metadata(monkeypatch: pytest.MonkeyPatch, answers: Mapping[str, str]) -> None:
    """Let the metadata service answer by the end of the address; it knows nothing else."""

    def ask(_method: str, address: str, _headers: Mapping[str, str]) -> str:
        return next((answer for end, answer in answers.items() if address.endswith(end)), "")

    monkeypatch.setattr(buckets, "_ask", ask)


def test_a_request_is_signed_as_the_aws_sdk_signs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same keys, object and time give the very signature of botocore."""
    host, path = "acme-sets.s3.eu-west-1.amazonaws.com", "/mnist%20copy/mnist.npz"
    theirs = AWSRequest("GET", f"https://{host}{path}", headers={"host": host})
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: AT)
    S3SigV4Auth(Credentials(*GIVEN.values()), "s3", "eu-west-1").add_auth(theirs)
    ours = sign(host, path, "eu-west-1", Keys(*GIVEN.values()), AT)

    assert ours == {name.lower(): value for name, value in theirs.headers.items()}


def test_a_host_of_aws_signs_with_its_instance_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bucket is asked in the host's region, with the role's keys."""
    answers = {
        "/api/token": "imds",
        "/placement/region": "eu-west-1",
        ROLE: "train-node",
        f"{ROLE}train-node": json.dumps(GIVEN),
    }
    metadata(monkeypatch, answers)
    made = request("s3://acme-sets/mnist copy.npz")

    assert made.full_url == "https://acme-sets.s3.eu-west-1.amazonaws.com/mnist%20copy.npz"
    assert "Credential=AKIDEXAMPLE/" in made.headers["Authorization"]
    assert made.headers["X-amz-security-token"] == "session"


def test_a_host_of_aws_without_a_role_asks_as_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public object is still read, in the host's region."""
    metadata(monkeypatch, {"/api/token": "imds", "/placement/region": "eu-west-1"})
    made = request("s3://acme-sets/mnist.npz")

    assert made.full_url == "https://acme-sets.s3.eu-west-1.amazonaws.com/mnist.npz"
    assert "Authorization" not in made.headers


def test_a_host_of_google_cloud_shows_the_token_of_its_service_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token goes along where the metadata service gives one; elsewhere nobody asks."""
    metadata(monkeypatch, {"/token": '{"access_token": "ya29"}'})
    known = request("gs://acme-sets/mnist.npz")
    metadata(monkeypatch, {})
    unknown = request("gs://acme-sets/mnist.npz")

    assert known.headers["Authorization"] == "Bearer ya29"
    assert unknown.full_url == "https://storage.googleapis.com/acme-sets/mnist.npz"
    assert "Authorization" not in unknown.headers
