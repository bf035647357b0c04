"""FSx for OpenZFS: in one zone or with a standby, encrypted with the site's key, NFS from storage clients alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import gib
from rackwright.derive.places import home_zone, standby_zone
from rackwright.plan import ROW, Column, Each, Named, Repeat, Timeouts, args, out, text, value
from rackwright.planning.aws.groups import ingress, security_group
from rackwright.planning.deletion import deletion

if TYPE_CHECKING:
    from rackwright.blueprint import FileStorage
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

PORTS = (("111", 111, 111), ("2049", 2049, 2049), ("20001-20003", 20001, 20003))
"""What OpenZFS listens on (Amazon FSx for OpenZFS user guide, file system access control with Amazon VPC)."""
BACKUP_DAYS = 35
"""Days for which FSx keeps its own backups where the site has no plan: as long as EFS keeps its own."""
SLOW = "60m"


def openzfs(here: AwsStack, area: Area, name: str, given: FileStorage) -> tuple[Node, ...]:
    """Return the file system and its group with rules."""
    key = name.replace("-", "_")
    group = security_group(area, f"{key}_group", name, f"OpenZFS server of {name}", here.label)
    return group, _rules(area, key, name), _file_system(here, area, key, name, given)


def _file_system(here: AwsStack, area: Area, key: str, name: str, given: FileStorage) -> Node:
    own_backups = given.backups and here.site.backup is None
    return area.resource(
        key,
        "fsx/openZfsFileSystem:OpenZfsFileSystem",
        name,
        args(
            deployment_type=given.deployment,
            storage_type="SSD",
            storage_capacity=gib(given.size or "0GiB"),
            throughput_capacity=given.throughput,
            automatic_backup_retention_days=BACKUP_DAYS if own_backups else 0,
            skip_final_backup=given.deletion == "delete",
            root_volume_configuration=_root(here),
            kms_key_id=out("site_key", "arn"),
            **_placed(here, given),
            security_group_ids=[out(f"{key}_group")],
            tags={"Name": f"{here.label}-{name}"},
        ),
        note="Hosts of the site's network mount it, root as root: homes belong to their users.",
        timeouts=Timeouts(SLOW, SLOW, SLOW),
        **deletion(given.deletion),
    )


def _placed(here: AwsStack, given: FileStorage) -> dict[str, Plain]:
    """Return the subnet; of a file system with a standby both, and the tables that route to the one that answers."""
    home: Plain = out("private_subnets", row=home_zone(here.site, given))
    if given.deployment != "MULTI_AZ_1":
        return {"subnet_ids": [home]}
    return {
        "subnet_ids": [home, out("private_subnets", row=standby_zone(here.site, given))],
        "preferred_subnet_id": home,
        "route_table_ids": Each("private_routes", ("id",), keyed=False),
    }


def _root(here: AwsStack) -> Plain:
    hosts = {"clients": here.site.network.cidr, "options": ["rw", "crossmnt", "no_root_squash"]}
    return {"data_compression_type": "LZ4", "nfs_exports": {"client_configurations": [hosts]}}


def _rules(area: Area, key: str, name: str) -> Repeat:
    rule = ingress(
        area,
        f"{key}_nfs",
        text(f"{name}-nfs-", ROW),
        group=f"{key}_group",
        why="NFS from storage clients",
        ports=(Column("first"), Column("last")),
        source={"referenced_security_group_id": out("clients")},
    )
    table = (
        ("first", tuple(value(first) for _, first, _ in PORTS)),
        ("last", tuple(value(last) for _, _, last in PORTS)),
    )
    over = Named(tuple(ports for ports, _, _ in PORTS))
    return Repeat(f"{key}_ports", "ports", over, table, (rule,), area.section, area.origin)
