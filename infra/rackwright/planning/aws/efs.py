"""EFS file systems: encrypted, a mount target in every zone, NFS from storage clients alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Json, Named, Repeat, args, out, text, value
from rackwright.planning.aws import policies
from rackwright.planning.aws.groups import ingress, security_group
from rackwright.planning.deletion import deletion

if TYPE_CHECKING:
    from rackwright.blueprint import FileStorage
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

NFS = 2049


def file_system(here: AwsStack, area: Area, name: str, given: FileStorage) -> tuple[Node, ...]:
    """Return the file system, its policy, its group and its mount targets."""
    key = name.replace("-", "_")
    made = area.resource(
        key,
        "efs/fileSystem:FileSystem",
        name,
        args(
            encrypted=True,
            kms_key_id=out("site_key", "arn"),
            throughput_mode="elastic",
            tags={"Name": f"{here.label}-{name}"},
        ),
        **deletion(given.deletion),
    )
    policy = area.resource(
        f"{key}_policy",
        "efs/fileSystemPolicy:FileSystemPolicy",
        name,
        args(file_system_id=out(key), policy=Json(value(policies.mount_over_tls(key)))),
    )
    backups = (_backups(area, key, name),) if given.backups and here.site.backup is None else ()
    return (made, policy, *backups, *_group(here, area, key, name), _targets(here, area, key, name))


def _backups(area: Area, key: str, name: str) -> Node:
    inputs = args(file_system_id=out(key), backup_policy={"status": "ENABLED"})
    return area.resource(f"{key}_backups", "efs/backupPolicy:BackupPolicy", name, inputs)


def _group(here: AwsStack, area: Area, key: str, name: str) -> tuple[Node, Node]:
    return (
        security_group(area, f"{key}_group", name, f"Mount targets of {name}", here.label),
        ingress(
            area,
            f"{key}_nfs",
            f"{name}-nfs",
            group=f"{key}_group",
            why="NFS from storage clients",
            ports=(NFS, NFS),
            source={"referenced_security_group_id": out("clients")},
        ),
    )


def _targets(here: AwsStack, area: Area, key: str, name: str) -> Repeat:
    target = area.resource(
        f"{key}_target",
        "efs/mountTarget:MountTarget",
        text(f"{name}-", ROW),
        args(
            file_system_id=out(key),
            subnet_id=out("private_subnets", row=ROW),
            security_groups=[out(f"{key}_group")],
        ),
    )
    zones = Named(here.site.network.zones)
    return Repeat(f"{key}_zones", "zone", zones, (), (target,), area.section, area.origin)
