"""What the hosts of a cluster mount, through which client, and where that client finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage
from rackwright.derive.disks import data_disk
from rackwright.plan import Concat, Lit, Mount, StackOut

if TYPE_CHECKING:
    from rackwright.blueprint import Cluster, Site
    from rackwright.plan import Value

CLIENTS = {
    "aws": {"object": "mountpoint-s3", "file": "efs", "parallel": "fsx-lustre", "block": "disk"},
    "gcp": {"object": "gcsfuse", "file": "filestore", "parallel": "managed-lustre", "block": "disk"},
}
"""What mounts each kind of storage."""
SHARE = "vol1"
"""The one share of every Filestore instance: short enough for every tier, and no path that a host mounts at."""


def mounts(site: Site, cluster: Cluster) -> tuple[Mount, ...]:
    """Return what the hosts of a cluster mount, in the order of the blueprint."""
    return tuple(
        Mount(path, volume, kind, CLIENTS[site.cloud][kind], _source(site, cluster, volume))
        for path, volume in cluster.mounts.items()
        if volume in site.storage
        for kind in (site.storage[volume].kind,)
    )


def _source(site: Site, cluster: Cluster, volume: str) -> Value:
    """Return where a volume is: outputs of the site's stack, or the name of a disk of each host's own."""
    address = _output(volume, "address")
    match site.cloud, site.storage[volume].kind:
        case _, "object":
            return _output(volume, "bucket")
        case "aws", "parallel":
            return Concat((address, Lit("@tcp:/"), _output(volume, "mount_name")))
        case "gcp", "file":
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
