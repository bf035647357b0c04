"""storage.py: what outlives clusters, one planner per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import ExistingBucket, FileStorage, ObjectStorage, ParallelStorage
from rackwright.plan import Export, args, out
from rackwright.planning.aws.buckets import bucket
from rackwright.planning.aws.efs import file_system
from rackwright.planning.aws.groups import security_group
from rackwright.planning.aws.lustre import lustre
from rackwright.planning.aws.openzfs import openzfs
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node
    from rackwright.planning.aws.context import AwsStack

CLIENTS = "clients"


def storage(here: AwsStack) -> Planned:
    """Return the storage section; block storage belongs to the nodes that carry it and is planned with them."""
    area = here.area("storage", "storage")
    nodes: list[Node] = [
        security_group(
            area,
            CLIENTS,
            "storage-clients",
            f"Hosts that mount the storage of {here.stack}",
            here.label,
            note="Hosts that mount the site's storage carry this group; the storage admits nothing else.",
        )
    ]
    kept = {name: volume for name, volume in here.site.storage.items() if volume.kind != "block"}
    for name, volume in kept.items():
        match volume:
            case ObjectStorage(existing=ExistingBucket(name=known)):
                nodes.append(area.under(name, "existing").found(name, "s3/getBucket:getBucket", args(bucket=known)))
            case FileStorage(existing=str(known)):
                kind = "efs/getFileSystem:getFileSystem"
                nodes.append(area.under(name, "existing").found(name, kind, args(file_system_id=known)))
            case ObjectStorage():
                nodes += bucket(here, area.under(name), name, volume)
            case FileStorage(engine="openzfs"):
                nodes += openzfs(here, area.under(name), name, volume)
            case FileStorage():
                nodes += file_system(here, area.under(name), name, volume)
            case ParallelStorage():
                nodes += lustre(here, area.under(name), name, volume)
    what = ", ".join(f"{name} ({volume.kind})" for name, volume in kept.items())
    return Planned(area.titled(f"Storage: {what or 'none that outlives clusters'}"), tuple(nodes))


def storage_exports(here: AwsStack) -> tuple[Export, ...]:
    """Return what clusters must know to use the site's storage."""
    found: list[Export] = [Export("storage_clients_security_group_id", out(CLIENTS))]
    for name, volume in here.site.storage.items():
        key = name.replace("-", "_")
        match volume:
            case ObjectStorage():
                found += [Export(f"{key}_bucket", out(key, "bucket")), Export(f"{key}_arn", out(key, "arn"))]
            case FileStorage():
                found.append(Export(f"{key}_address", out(key, "dns_name")))
            case ParallelStorage():
                found.append(Export(f"{key}_address", out(key, "dns_name")))
                found.append(Export(f"{key}_mount_name", out(key, "mount_name")))
            case _:
                continue
    return tuple(found)
