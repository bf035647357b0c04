"""What the hosts of a cluster mount, through which client, and where that client finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import (
    BlockStorage,
    FileStorage,
    MachineCluster,
    ObjectStorage,
    ParallelStorage,
)
from rackwright.derive.disks import data_disk, local_disks
from rackwright.plan import Concat, Lit, Mount, StackOut

if TYPE_CHECKING:
    from rackwright.blueprint import Cluster, Site
    from rackwright.plan import Value

CLIENTS = {
    "aws": {"object": "mountpoint-s3", "file": "efs", "parallel": "fsx-lustre", "block": "disk"},
    "gcp": {"object": "gcsfuse", "file": "filestore", "parallel": "managed-lustre", "block": "disk"},
}
"""What mounts each kind of storage, but for what another engine serves."""
ENGINES = {"openzfs": "fsx-openzfs"}
LOCAL = "instance-store"
"""What mounts the disks of a machine itself."""
SHARE = "vol1"
"""The one share of every Filestore instance: short enough for every tier, and no path that a host mounts at."""


def mounts(site: Site, cluster: Cluster) -> tuple[Mount, ...]:
    """Return what the hosts of a cluster mount, in the order of the blueprint; what is in the machines comes last."""
    stored = tuple(
        Mount(path, volume, site.storage[volume].kind, _client(site, volume), _source(site, cluster, volume))
        for path, volume in cluster.mounts.items()
        if volume in site.storage
    )
    return (*stored, *_local(site, cluster))


def used_buckets(site: Site, cluster: str) -> dict[str, ObjectStorage]:
    """Return the buckets that a cluster (its name) mounts, and those that appear in a file system that it mounts."""
    mounted = [name for name in site.clusters[cluster].mounts.values() if name in site.storage]
    linked = [one.linked for name in mounted if isinstance(one := site.storage[name], ParallelStorage)]
    wanted = {*mounted, *(name for one in linked for name in one)}
    return {name: one for name, one in site.storage.items() if name in wanted and isinstance(one, ObjectStorage)}


def _local(site: Site, cluster: Cluster) -> tuple[Mount, ...]:
    """Return the machine's own disks as one mount, found by how many they must be."""
    if not isinstance(cluster, MachineCluster) or cluster.local_scratch is None:
        return ()
    count = local_disks(site.cloud, cluster)
    return (Mount(cluster.local_scratch, "local_scratch", LOCAL, LOCAL, Lit(str(count))),) if count else ()


def _client(site: Site, volume: str) -> str:
    found = site.storage[volume]
    own = ENGINES.get(found.engine) if isinstance(found, FileStorage) and site.cloud == "aws" else None
    return own or CLIENTS[site.cloud][found.kind]


def _source(site: Site, cluster: Cluster, volume: str) -> Value:
    """Return where a volume is: outputs of the site's stack, or the name of a disk of each host's own."""
    address = _output(volume, "address")
    match site.cloud, site.storage[volume].kind:
        case _, "object":
            return _output(volume, "bucket")
        case "aws", "parallel":
            return Concat((address, Lit("@tcp:/"), _output(volume, "mount_name")))
        case "aws", "file" if _client(site, volume) == "fsx-openzfs":
            return Concat((address, Lit(":/fsx")))
        case "gcp", "file":
            if getattr(site.storage[volume], "existing", None):
                return Concat((address, Lit(":/"), _output(volume, "share")))
            return Concat((address, Lit(f":/{SHARE}")))
        case cloud, "block":
            return Lit(_disk(site, cluster, volume) if cloud == "aws" else f"/dev/disk/by-id/google-{volume}")
        case _:
            return address


def _output(volume: str, what: str) -> StackOut:
    return StackOut("site", (f"{volume.replace('-', '_')}_{what}",))


def _disk(site: Site, cluster: Cluster, volume: str) -> str:
    """Return the name a block volume is attached under: they are counted in the order of the mounts."""
    names = dict.fromkeys(cluster.mounts.values())
    blocks = [name for name in names if isinstance(site.storage.get(name), BlockStorage)]
    return data_disk(blocks.index(volume))
