"""What an expert asks of storage on AWS."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import Concat, Invoke, List, Lit, Out, Ref, StackOut, expand, walk


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


@pytest.mark.parametrize("linked", [True, False])
def test_a_linked_file_system_may_use_the_key_of_its_bucket(*, linked: bool) -> None:
    """FSx reads and writes a bucket by a role that AWS makes, which the key admits through S3 alone."""
    scratch = {"kind": "parallel", "size": "4800GiB", **({"linked_to": "datasets"} if linked else {})}
    (site,) = site_plans("aws", storage={"datasets": {"kind": "object"}, "scratch": scratch})
    policy = str(asked(site, "kms/key:Key")[0].values["policy"])

    assert ("AWSServiceRoleForFSxS3Access_*" in policy, "s3.us-east-1.amazonaws.com" in policy) == (linked, linked)


@pytest.mark.parametrize(("capacity", "admitted"), [({"kind": "spot"}, True), ({"kind": "on-demand"}, False)])
def test_spot_machines_may_use_the_key_of_their_disks(capacity: dict[str, Any], *, admitted: bool) -> None:
    """EC2 starts spot machines by a role of its own, which the key admits before it is there."""
    site, _ = site_plans("aws", clusters={"train": {"machine": "g6.xlarge", "nodes": 2, "capacity": capacity}})
    policy = str(asked(site, "kms/key:Key")[0].values["policy"])

    assert ("AWSServiceRoleForEC2Spot" in policy) is admitted


@pytest.mark.parametrize(("lock", "days"), [("none", []), ("governance", [None]), ("compliance", [3])])
def test_a_vault_is_locked_as_asked(lock: str, days: list[int | None]) -> None:
    """A lock keeps backups for their days; one of compliance can be thought over for the fewest days there are."""
    kept = {"keep_days": 35, "lock": lock}
    (site,) = site_plans("aws", storage={"home": {"kind": "file", "backups": True}}, backup=kept)
    found = asked(site, "vaultLockConfiguration:VaultLockConfiguration")

    assert [one.inputs["min_retention_days"] for one in found] == [35] * len(days)
    assert [one.inputs.get("changeable_for_days") for one in found] == days


def test_openzfs_with_a_standby_is_in_two_zones_and_routed_to() -> None:
    """It prefers its own zone, and every private route table leads to the server that answers."""
    zones = {"cidr": "10.40.0.0/16", "zones": ["us-east-1a", "us-east-1b"]}
    home = {"kind": "file", "engine": "openzfs", "deployment": "MULTI_AZ_1", "size": "1TiB", "throughput": 320}
    (site,) = site_plans("aws", network=zones, storage={"home": home | {"zone": "us-east-1b"}})
    (made,) = asked(site, "OpenZfsFileSystem")
    preferred, standby = (Out("private_subnets", ("id",), Lit(zone)) for zone in ("us-east-1b", "us-east-1a"))

    assert made.values["preferred_subnet_id"] == preferred
    assert made.values["subnet_ids"] == List((preferred, standby))
    assert "private_routes" in str(made.values["route_table_ids"])


def test_a_file_system_on_efa_admits_all_traffic_of_its_clients() -> None:
    """Every EFA interface of the nodes that mount it is a client, and groups admit everything from each other."""
    quick = {"kind": "parallel", "size": "19200GiB", "throughput": 250, "efa": True}
    clusters = cluster(mounts={"/quick": "quick"})
    site, plan = site_plans("aws", storage={"quick": quick}, clusters=clusters)
    (made,) = asked(site, "LustreFileSystem")
    rules = [one for one in asked(site, "GroupIngressRule") + asked(site, "GroupEgressRule") if "EFA" in str(one)]
    interfaces = str(asked(plan, "launchTemplate:LaunchTemplate")[0].values["network_interfaces"])

    assert (made.inputs["efa_enabled"], made.inputs["metadata_configuration"]["mode"]) == (True, "AUTOMATIC")
    assert [one.inputs["ip_protocol"] for one in rules] == ["-1"] * 6
    assert interfaces.count("storage_clients_security_group_id") == interfaces.count("interface_type")


@pytest.mark.parametrize("efa", [True, False])
def test_lustre_is_made_once_its_servers_may_reach_each_other(*, efa: bool) -> None:
    """FSx looks at the rules of the group when it makes a file system, and refuses one without them."""
    scratch = {"kind": "parallel", "size": "19200GiB", "throughput": 250, "efa": efa}
    (site,) = site_plans("aws", storage={"scratch": scratch})
    (made,) = asked(site, "LustreFileSystem")

    assert {one.node for one in made.options.depends_on} == {"scratch_from_servers", "scratch_to_servers"}


@pytest.mark.parametrize("back", [True, False])
def test_a_link_writes_back_unless_told_not_to(*, back: bool) -> None:
    """Changes in the bucket always appear; those of hosts are exported unless the bucket is to stay as it is."""
    scratch = {"kind": "parallel", "size": "4800GiB", "linked_to": "datasets", "writes_back": back}
    (site,) = site_plans("aws", storage={"datasets": {"kind": "object"}, "scratch": scratch})
    (link,) = asked(site, "DataRepositoryAssociation")

    assert set(link.inputs["s3"]) == {"auto_import_policy", *(["auto_export_policy"] if back else [])}


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


OPENZFS = {"kind": "file", "engine": "openzfs", "size": "1TiB", "throughput": 320}


def test_openzfs_serves_the_hosts_of_its_network() -> None:
    """It stands in one subnet, with the key of the site; the network mounts it, and storage clients reach its ports."""
    (site,) = site_plans("aws", storage={"home": {**OPENZFS, "zone": "us-east-1b"}})
    (made,) = asked(site, "openZfsFileSystem:OpenZfsFileSystem")
    ports = [one.inputs for one in asked(site, "SecurityGroupIngressRule") if one.name.startswith("home-")]
    (exported,) = made.inputs["root_volume_configuration"]["nfs_exports"]["client_configurations"]

    assert (made.inputs["storage_capacity"], made.inputs["throughput_capacity"]) == (1024, 320)
    assert made.values["subnet_ids"] == List((Out("private_subnets", ("id",), Lit("us-east-1b")),))
    assert made.values["kms_key_id"] == Out("site_key", ("arn",))
    assert exported["clients"] == "10.40.0.0/16"
    assert [(one["from_port"], one["to_port"]) for one in ports] == [(111, 111), (2049, 2049), (20001, 20003)]
    assert asked(site, "efs/fileSystem:FileSystem") == []


@pytest.mark.parametrize(("backup", "days", "selected"), [(None, 35, 0), ({"keep_days": 7}, 0, 1)])
def test_openzfs_is_backed_up_by_itself_or_by_the_plan(backup: Any, days: int, selected: int) -> None:
    """One of the two keeps its backups, never both."""
    (site,) = site_plans("aws", storage={"home": {**OPENZFS, "backups": True}}, backup=backup)
    (made,) = asked(site, "openZfsFileSystem:OpenZfsFileSystem")

    assert made.inputs["automatic_backup_retention_days"] == days
    assert len(asked(site, "backup/selection:Selection")) == selected


def test_hosts_mount_the_root_of_openzfs() -> None:
    """Its address is an output of the site, its one volume is /fsx."""
    _, plan = site_plans("aws", storage={"home": OPENZFS}, clusters=cluster(mounts={"/shared": "home"}))
    (mount,) = plan.host_sets[0].mounts

    assert (mount.client, mount.source) == ("fsx-openzfs", Concat((StackOut("site", ("home_address",)), Lit(":/fsx"))))


def test_hosts_join_the_disks_of_their_machine() -> None:
    """A p5.48xlarge has eight, which are the last of its mounts; nothing is asked of the cloud for them."""
    plans = [site_plans("aws", clusters=cluster(**more))[1] for more in ({}, {"local_scratch": "/local"})]
    (mount,) = plans[1].host_sets[0].mounts

    assert (mount.path, mount.client, mount.source) == ("/local", "instance-store", Lit("8"))
    assert [one.values for one in asked(plans[0])] == [one.values for one in asked(plans[1])]


def test_storage_that_stands_already_is_looked_up_and_used() -> None:
    """Nothing of it is made; nodes may use the bucket and its key, links and mounts lead to both."""
    key = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-96ef-1234567890ab"
    storage = {
        "corpora": {"kind": "object", "existing": {"name": "acme-corpora", "key": key}},
        "home": {"kind": "file", "existing": "fs-0123456789abcdef0"},
        "scratch": {"kind": "parallel", "size": "4800GiB", "linked_to": "corpora"},
    }
    mounts = {"/data": "corpora", "/shared": "home", "/scratch": "scratch"}
    site, plan = site_plans("aws", storage=storage, clusters=cluster(mounts=mounts))
    found = {node.key: dict(node.inputs) for _, node in expand(site) if isinstance(node, Invoke)}
    (link,) = asked(site, "DataRepositoryAssociation")
    (policy,) = asked(plan, "rolePolicy:RolePolicy")

    assert found["corpora"]["bucket"] == Lit("acme-corpora")
    assert found["home"]["file_system_id"] == Lit("fs-0123456789abcdef0")
    assert [one.kind for one in asked(site) if one.kind.startswith(("aws:s3", "aws:efs"))] == []
    assert Out("corpora", ("bucket",)) in walk(link.values["data_repository_path"])
    assert key in str(policy.values["policy"])
    assert "corpora_arn" in str(policy.values["policy"])
    assert [one.client for one in plan.host_sets[0].mounts] == ["mountpoint-s3", "efs", "fsx-lustre"]
