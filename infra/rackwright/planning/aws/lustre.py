"""FSx for Lustre: persistent, encrypted, admitted for storage clients alone, linked to buckets if asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import gib
from rackwright.derive.places import home_zone
from rackwright.plan import ROW, Column, Concat, Lit, Named, Ref, Repeat, Timeouts, args, out, text, value
from rackwright.planning.aws.groups import egress, ingress, security_group
from rackwright.planning.deletion import deletion

if TYPE_CHECKING:
    from rackwright.blueprint import ParallelStorage
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

PORTS = (("988", 988, 988), ("1018-1023", 1018, 1023))
"""What Lustre listens on (Amazon FSx for Lustre user guide, file system access control with Amazon VPC)."""

SLOW = "60m"
EVERY_CHANGE: dict[str, Plain] = {"events": ["NEW", "CHANGED", "DELETED"]}


def lustre(here: AwsStack, area: Area, name: str, given: ParallelStorage) -> tuple[Node, ...]:
    """Return the file system, its group with rules, and its links to buckets."""
    key = name.replace("-", "_")
    nodes: list[Node] = [
        security_group(area, f"{key}_group", name, f"Lustre servers of {name}", here.label),
        *(_open(area, key, name) if given.efa else (_rules(area, key, name),)),
        _file_system(here, area, key, name, given),
    ]
    nodes += [_link(area, key, f"{name}-{bucket}", bucket, path, given) for bucket, path in given.linked.items()]
    return tuple(nodes)


def _file_system(here: AwsStack, area: Area, key: str, name: str, given: ParallelStorage) -> Resource:
    """Return the file system; throughput, metadata and a key of one's own belong to persistent ones alone."""
    lasting = given.lifetime == "persistent"
    return area.resource(
        key,
        "fsx/lustreFileSystem:LustreFileSystem",
        name,
        args(
            deployment_type="PERSISTENT_2" if lasting else "SCRATCH_2",
            storage_type="SSD",
            storage_capacity=gib(given.size or "0GiB"),
            per_unit_storage_throughput=given.throughput if lasting else None,
            file_system_type_version="2.15",
            data_compression_type="LZ4",
            efa_enabled=given.efa or None,
            metadata_configuration=_metadata(given) if lasting else None,
            automatic_backup_retention_days=given.backup_days or None,
            kms_key_id=out("site_key", "arn") if lasting else None,
            subnet_ids=out("private_subnets", row=home_zone(here.site, given)),
            security_group_ids=[out(f"{key}_group")],
            tags={"Name": f"{here.label}-{name}"},
        ),
        depends_on=(Ref(f"{key}_from_servers"), Ref(f"{key}_to_servers")),
        timeouts=Timeouts(SLOW, SLOW, SLOW),
        note="FSx makes it only where its servers may reach each other already.",
        **deletion(given.deletion),
    )


def _metadata(given: ParallelStorage) -> Plain:
    if given.metadata_iops is None:
        return {"mode": "AUTOMATIC"}
    return {"mode": "USER_PROVISIONED", "iops": given.metadata_iops}


def _link(area: Area, key: str, name: str, bucket: str, path: str, given: ParallelStorage) -> Resource:
    exported = {"auto_export_policy": EVERY_CHANGE} if given.writes_back else {}
    return area.resource(
        f"{key}_{bucket.replace('-', '_')}_link",
        "fsx/dataRepositoryAssociation:DataRepositoryAssociation",
        name,
        args(
            file_system_id=out(key),
            file_system_path=path,
            data_repository_path=Concat((Lit("s3://"), out(bucket.replace("-", "_"), "bucket"))),
            batch_import_meta_data_on_create=True,
            s3={"auto_import_policy": EVERY_CHANGE, **exported},
        ),
        timeouts=Timeouts(create=SLOW, delete=SLOW),
    )


def _open(area: Area, key: str, name: str) -> tuple[Node, ...]:
    """Return the rules of a file system on EFA, which is made only where all traffic may pass, by group."""
    servers, clients = ({"referenced_security_group_id": out(group)} for group in (f"{key}_group", "clients"))
    ours = f"{key}_group"
    return (
        ingress(
            area, f"{key}_from_clients", f"{name}-clients", group=ours, ports=None,
            why="Lustre and EFA from storage clients", source=clients,
            note="EFA carries its traffic only where groups admit everything from each other and to each other.",
        ),
        ingress(
            area, f"{key}_from_servers", f"{name}-servers", group=ours, ports=None,
            why="Lustre and EFA between its servers", source=servers,
        ),
        egress(
            area, f"{key}_to_servers", f"{name}-servers", group=ours, ports=None,
            why="Lustre and EFA between its servers", target=servers,
        ),
        egress(
            area, f"{key}_to_clients", f"{name}-clients", group=ours, ports=None,
            why="Lustre and EFA to storage clients", target=clients,
        ),
        ingress(
            area, f"clients_from_{key}", f"clients-{name}", group="clients", ports=None,
            why=f"Lustre and EFA from {name}", source=servers,
        ),
        egress(
            area, f"clients_to_{key}", f"clients-{name}", group="clients", ports=None,
            why=f"Lustre and EFA to {name}", target=servers,
        ),
    )  # fmt: skip


def _rules(area: Area, key: str, name: str) -> Repeat:
    """Return the rules of the servers' and the clients' groups: Lustre calls in both directions."""
    servers, clients = (
        {"referenced_security_group_id": out(f"{key}_group")},
        {"referenced_security_group_id": out("clients")},
    )
    ours, ports = f"{key}_group", (Column("first"), Column("last"))
    body = (
        ingress(
            area, f"{key}_from_clients", text(f"{name}-clients-", ROW), group=ours, ports=ports,
            why="Lustre from storage clients", source=clients,
        ),
        ingress(
            area, f"{key}_from_servers", text(f"{name}-servers-", ROW), group=ours, ports=ports,
            why="Lustre between its servers", source=servers,
        ),
        egress(
            area, f"{key}_to_servers", text(f"{name}-servers-", ROW), group=ours, ports=ports,
            why="Lustre between its servers", target=servers,
        ),
        egress(
            area, f"{key}_to_clients", text(f"{name}-clients-", ROW), group=ours, ports=ports,
            why="Lustre lock callbacks to storage clients", target=clients,
            note="Servers call clients back to revoke locks.",
        ),
        ingress(
            area, f"clients_from_{key}", text(f"clients-{name}-", ROW), group="clients", ports=ports,
            why=f"Lustre lock callbacks from {name}", source=servers,
        ),
    )  # fmt: skip
    table = (
        ("first", tuple(value(first) for _, first, _ in PORTS)),
        ("last", tuple(value(last) for _, _, last in PORTS)),
    )
    note = "Lustre answers on 988 and 1018-1023, and its servers talk to each other on the same ports."
    over = Named(tuple(ports for ports, _, _ in PORTS))
    return Repeat(f"{key}_ports", "ports", over, table, body, area.section, area.origin, note)
