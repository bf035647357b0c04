"""Block volumes on Google Cloud: every node has a disk of its own, under the name of its volume."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.gcp.test_groups import TEMPLATE
from tests.planning.plans import asked, site_plans

from rackwright.plan import Lit, Out

STORAGE = {
    "cache": {"kind": "block", "size": "2TiB"},
    "fast": {"kind": "block", "size": "500GiB", "type": "hyperdisk-balanced", "iops": 6000, "throughput": 300},
}


def plan_of(machine: str, **more: Any) -> Any:
    """Return the plan of a cluster that mounts both volumes, one of them twice."""
    mounts = {"/cache": "cache", "/fast": "fast", "/again": "cache"}
    cluster = {"machine": machine, "nodes": 2, "mounts": mounts, **more}
    return site_plans("gcp", storage=STORAGE, clusters={"train": cluster})[1]


def test_every_node_has_a_disk_of_its_own_for_each_volume() -> None:
    """Made beside it, encrypted with the site's key, attached under the name that its host mounts it by."""
    plan = plan_of("n2-standard-8")
    instances, made = asked(plan, "compute/instance:Instance"), asked(plan, "compute/disk:Disk")

    assert [one.name for one in made] == ["train-0-cache", "train-0-fast", "train-1-cache", "train-1-fast"]
    assert [one["device_name"] for one in instances[0].inputs["attached_disks"]] == ["cache", "fast"]
    assert all("kms_key_self_link" in one.inputs["disk_encryption_key"] for one in made)
    assert (made[1].inputs["provisioned_iops"], made[1].inputs["provisioned_throughput"]) == (6000, 300)
    (source, _) = (dict(one.items)["source"] for one in instances[0].values["attached_disks"].items)
    assert source == Out("cache_disks", ("id",), Lit("train-0"))
    assert plan.host_sets[0].mounts[0].source.value == "/dev/disk/by-id/google-cache"


def test_members_of_a_group_are_made_with_their_disks() -> None:
    """The template has the boot disk first, then one for each volume."""
    (template,) = asked(plan_of("n2-standard-8", provision="group"), TEMPLATE)
    disks = template.inputs["disks"]

    assert [one.get("device_name") for one in disks] == [None, "cache", "fast"]
    assert [one.get("boot", False) for one in disks] == [True, False, False]
    assert all(one["auto_delete"] and one["labels"] == disks[0]["labels"] for one in disks)


@pytest.mark.parametrize(
    ("machine", "kind"),
    [("n2-standard-8", "hyperdisk-balanced"), ("g2-standard-4", "pd-balanced"), ("n1-standard-8", "pd-balanced")],
)
def test_a_volume_is_of_a_type_that_its_machine_attaches(machine: str, kind: str) -> None:
    """Hyperdisk where the series attaches it, a persistent disk elsewhere."""
    (first, *_) = asked(plan_of(machine), "compute/disk:Disk")

    assert first.inputs["type"] == kind


@pytest.mark.parametrize(
    ("name", "asks", "made", "joined"),
    [("n2-standard-8", 1, 1, "1"), ("g2-standard-96", 8, 8, "8"), ("a3-megagpu-8g", None, 0, "16")],
)
def test_local_ssds_are_asked_for_where_the_machine_does_not_bring_them(
    name: str, asks: int | None, made: int, joined: str
) -> None:
    """An instance and the template of a group ask for the same; the hosts join as many as there are then."""
    local = {"local_scratch": "/local", **({"local_disks": asks} if asks else {})}
    plan, grouped = (plan_of(name, **local, **more) for more in ({}, {"provision": "group"}))
    one, (template,) = asked(plan, "compute/instance:Instance")[0], asked(grouped, TEMPLATE)
    scratch = [disk for disk in template.inputs["disks"] if disk.get("type") == "SCRATCH"]

    assert one.inputs.get("scratch_disks", []) == [{"interface": "NVME"}] * made
    assert scratch == [{"type": "SCRATCH", "disk_type": "local-ssd", "disk_size_gb": 375, "interface": "NVME"}] * made
    for each in (plan, grouped):
        last = each.host_sets[0].mounts[-1]
        assert (last.path, last.client, last.source) == ("/local", "instance-store", Lit(joined))
