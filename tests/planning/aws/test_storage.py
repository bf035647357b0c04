"""What an expert asks of storage on AWS."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import List, Out, Ref


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


MOUNTED = {
    "nothing": ({}, []),
    "one of two": ({"/data": "datasets"}, ["datasets"]),
    "a file system that shows one": ({"/scratch": "scratch"}, ["models"]),
    "both": ({"/data": "datasets", "/scratch": "scratch"}, ["datasets", "models"]),
}


@pytest.mark.parametrize("case", MOUNTED)
def test_nodes_may_use_what_their_cluster_mounts(case: str) -> None:
    """The role names the buckets that are mounted or appear in a mounted file system; no others."""
    mounts, expected = MOUNTED[case]
    scratch = {"kind": "parallel", "size": "4800GiB", "linked_to": "models"}
    storage = {"datasets": {"kind": "object"}, "models": {"kind": "object"}, "scratch": scratch}
    _, plan = site_plans("aws", storage=storage, clusters=cluster(mounts=mounts))
    policies = [str(one.values["policy"]) for one in asked(plan, "rolePolicy:RolePolicy")]

    assert [name for name in ("datasets", "models") if any(f"{name}_arn" in one for one in policies)] == expected
    assert len(policies) == bool(expected)


def test_access_to_objects_is_recorded_where_asked() -> None:
    """A trail of the data buckets' objects writes to a bucket apart, which admits it before and keeps what is said."""
    storage = {"datasets": {"kind": "object"}, "home": {"kind": "file"}, "models": {"kind": "object"}}
    (site,) = site_plans("aws", storage=storage, security={"audit": "data-access", "audit_days": 400})
    (trail,) = asked(site, "trail:Trail")
    selectors = trail.values["advanced_event_selectors"]
    expiry = [one.inputs["rules"][1] for one in asked(site, "LifecycleConfiguration") if one.name == "audit-records"]

    assert [name for name in ("datasets", "models", "home", "audit_records") if f"node='{name}'" in str(selectors)] == [
        "datasets",
        "models",
    ]
    assert trail.values["s3_bucket_name"] == Out("audit_records", ("bucket",))
    assert trail.options.depends_on == (Ref("audit_records_policy"),)
    assert [one["expiration"] for one in expiry] == [{"days": 400}]
    (key,) = asked(site, "kms/key:Key")
    assert "cloudtrail.amazonaws.com" in str(key.values["policy"])


def test_nothing_is_recorded_unless_asked() -> None:
    """Without audit there is no trail, no bucket for it, and the key admits no trail."""
    (site,) = site_plans("aws", storage={"datasets": {"kind": "object"}})

    assert asked(site, "trail:Trail") == []
    assert [one.name for one in asked(site, "s3/bucket:Bucket")] == ["datasets"]
    assert "cloudtrail" not in str(asked(site, "kms/key:Key")[0].values["policy"])


def test_what_asks_for_backups_is_backed_up() -> None:
    """The plan of the site selects exactly what says so, into a vault with the site's key that no destroy deletes."""
    storage = {
        "datasets": {"kind": "object", "backups": True},
        "models": {"kind": "object"},
        "home": {"kind": "file", "backups": True},
    }
    (site,) = site_plans("aws", storage=storage, backup={"keep_days": 90, "hour": 2})
    kinds = ("backup/vault:Vault", "backup/plan:Plan", "backup/selection:Selection")
    (vault,), (plan,), (selection,) = (asked(site, kind) for kind in kinds)
    (rule,) = plan.inputs["rules"]

    assert (vault.values["kms_key_arn"], vault.options.protect) == (Out("site_key", ("arn",)), True)
    assert (rule["schedule"], rule["lifecycle"]) == ("cron(0 2 * * ? *)", {"delete_after": 90})
    assert selection.values["resources"] == List((Out("datasets", ("arn",)), Out("home", ("arn",))))
    assert len(asked(site, "rolePolicyAttachment:RolePolicyAttachment")) == 4
    assert asked(site, "backupPolicy:BackupPolicy") == []


def test_without_a_plan_file_systems_are_backed_up_by_themselves() -> None:
    """EFS has a policy of its own where the site says nothing of backups."""
    (site,) = site_plans("aws", storage={"home": {"kind": "file", "backups": True}})

    assert [one.name for one in asked(site, "backupPolicy:BackupPolicy")] == ["home"]
    assert asked(site, "vault:Vault") == []
