"""Hosts know how each of their mounts is made and where it is, in outputs of their site or as a disk of their own."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.planning.plans import site_plans

from rackwright.emit.inventory import inventory
from rackwright.plan import site_outputs

KINDS: dict[str, dict[str, Any]] = {
    "sets": {"kind": "object"},
    "home-dirs": {"kind": "file", "size": "1TiB"},
    "fast": {"kind": "parallel", "size": "18000GiB"},
    "cache": {"kind": "block", "size": "2TiB"},
    "spill": {"kind": "block", "size": "1TiB"},
}
OUTPUT = "{{{{ rackwright_outputs['{}'] }}}}"
MACHINES = {"aws": "p5.48xlarge", "gcp": "g2-standard-8"}


def told(cloud: str, *volumes: str) -> tuple[list[dict[str, str]], tuple[str, ...], set[str]]:
    """Return what an inventory says of mounts, which outputs they need, and which the site exports."""
    mounts = {f"/mnt/{name}": name for name in volumes}
    cluster = {"machine": MACHINES[cloud], "nodes": 2, "mounts": mounts}
    site, plan = site_plans(cloud, storage={name: KINDS[name] for name in volumes}, clusters={"train": cluster})
    document = YAML(typ="safe", pure=True).load(inventory(plan))
    found = document["all"]["children"]["train"]["vars"]["rackwright_mounts"]
    return found, site_outputs(plan.host_sets[0]), {export.name for export in site.exports}


@pytest.mark.parametrize(
    ("cloud", "volume", "client", "source"),
    [
        ("aws", "sets", "mountpoint-s3", OUTPUT.format("sets_bucket")),
        ("aws", "home-dirs", "efs", OUTPUT.format("home_dirs_address")),
        ("aws", "fast", "fsx-lustre", f"{OUTPUT.format('fast_address')}@tcp:/{OUTPUT.format('fast_mount_name')}"),
        ("gcp", "sets", "gcsfuse", OUTPUT.format("sets_bucket")),
        ("gcp", "home-dirs", "filestore", f"{OUTPUT.format('home_dirs_address')}:/vol1"),
        ("gcp", "fast", "managed-lustre", OUTPUT.format("fast_address")),
    ],
)
def test_a_mount_is_found_by_outputs_of_its_site(cloud: str, volume: str, client: str, source: str) -> None:
    """Ansible looks them up when a run starts, and the site exports each of them."""
    (found,), needed, exported = told(cloud, volume)

    assert (found["client"], found["source"]) == (client, source)
    assert needed
    assert set(needed) <= exported


def test_block_volumes_are_disks_of_the_host_in_the_order_of_its_mounts() -> None:
    """They are attached under the names that the machines' disks have, and nothing of the site is needed."""
    found, needed, _ = told("aws", "cache", "sets", "spill")

    assert [(one["client"], one["source"]) for one in found if one["kind"] == "block"] == [
        ("disk", "/dev/sdf"),
        ("disk", "/dev/sdg"),
    ]
    assert needed == ("sets_bucket",)
