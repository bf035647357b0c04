"""What an expert asks of storage on AWS."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans


def cluster(**more: Any) -> dict[str, Any]:
    """Return the key `clusters` of a site with one cluster."""
    return {"train": {"machine": "p5.48xlarge", "nodes": 2, **more}}


@pytest.mark.parametrize(
    ("image", "boot"),
    [("ubuntu-24.04", "/dev/sda1"), ("amazon-linux-2023", "/dev/xvda"), ("ami-0123456789abcdef0", "/dev/sda1")],
)
def test_volumes_are_of_their_type(image: str, boot: str) -> None:
    """A boot disk is called what its image calls it and is gp3; io2 has its operations and no throughput."""
    storage = {"cache": {"kind": "block", "size": "2TiB", "type": "io2", "iops": 64000}}
    plans = site_plans("aws", storage=storage, clusters=cluster(image=image, mounts={"/cache": "cache"}))
    first, second = asked(plans[1], "launchTemplate:LaunchTemplate")[0].inputs["block_device_mappings"]

    assert (first["device_name"], first["ebs"]["volume_type"]) == (boot, "gp3")
    assert (second["device_name"], second["ebs"]["volume_type"], second["ebs"]["iops"]) == ("/dev/sdf", "io2", 64000)
    assert "throughput" not in second["ebs"]
