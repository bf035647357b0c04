"""Where the image of a reference comes from."""

from __future__ import annotations

import pytest

from rackwright.derive.registries import Registry, is_pinned, registry_of

DIGEST = "@sha256:" + "5e1f" * 16


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("python", Registry("docker.io", "python")),
        ("acme/accept:1.4", Registry("docker.io", "acme/accept")),
        (f"nvcr.io/nvidia/pytorch:26.05-py3{DIGEST}", Registry("nvcr.io", "nvidia/pytorch")),
        ("localhost:5000/accept:1", Registry("localhost:5000", "accept")),
        (
            f"111122223333.dkr.ecr.us-east-1.amazonaws.com/ml/accept{DIGEST}",
            Registry("111122223333.dkr.ecr.us-east-1.amazonaws.com", "ml/accept", "aws", "111122223333", "us-east-1"),
        ),
        (
            "europe-west4-docker.pkg.dev/acme-ai-prod/ml/accept:2",
            Registry("europe-west4-docker.pkg.dev", "acme-ai-prod/ml/accept", "gcp", "acme-ai-prod"),
        ),
        ("eu.gcr.io/acme/accept", Registry("eu.gcr.io", "acme/accept", "gcp", "acme")),
        ("public.ecr.aws/docker/library/python", Registry("public.ecr.aws", "docker/library/python")),
    ],
)
def test_a_reference_says_its_registry(image: str, expected: Registry) -> None:
    """A name without a host is Docker Hub's; tags, digests and ports are no part of the repository."""
    assert registry_of(image) == expected


@pytest.mark.parametrize(("image", "expected"), [("acme/accept", False), ("a:latest", False), (f"a:1{DIGEST}", True)])
def test_a_digest_alone_pins(image: str, expected: bool) -> None:  # noqa: FBT001 - a row of the table
    """A tag can move."""
    assert is_pinned(image) is expected
