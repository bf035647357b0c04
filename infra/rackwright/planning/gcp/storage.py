"""storage.py: what outlives clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import ExistingBucket, FileStorage, ObjectStorage, ParallelStorage, gib
from rackwright.derive.places import instance
from rackwright.plan import Export, Ref, args, out
from rackwright.planning.deletion import deletion
from rackwright.planning.gcp.buckets import buckets
from rackwright.planning.gcp.keys import grant_of
from rackwright.planning.gcp.lustre import lustre
from rackwright.planning.gcp.private_services import private_services
from rackwright.planning.hosts.mounts import SHARE
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Storage
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

REGIONAL = frozenset({"REGIONAL", "ENTERPRISE"})
"""Tiers of Filestore that live in a region; the others live in one zone."""
OWN_KEY = frozenset({"ZONAL", *REGIONAL})
"""Tiers of Filestore that take a customer-managed key."""


def storage(here: GcpStack) -> Planned:
    """Return the storage section; block storage belongs to the nodes that carry it."""
    area = here.area("storage", "storage")
    kept = {name: volume for name, volume in here.site.storage.items() if volume.kind != "block"}
    nodes: list[Node] = list(private_services(here, area))
    for name, volume in kept.items():
        match volume:
            case _ if getattr(volume, "existing", None):
                nodes.append(_standing(area.under(name, "existing"), name, volume))
            case ObjectStorage():
                nodes += buckets(here, area.under(name), name, volume)
            case FileStorage():
                nodes.append(_filestore(here, area.under(name), name, volume))
            case ParallelStorage():
                nodes.append(lustre(here, area.under(name), name, volume))
    what = ", ".join(f"{name} ({volume.kind})" for name, volume in kept.items())
    return Planned(area.titled(f"Storage: {what or 'none that outlives clusters'}"), tuple(nodes))


def _standing(area: Area, name: str, given: Storage) -> Node:
    """Return the question for storage that stands already."""
    match given:
        case ObjectStorage(existing=ExistingBucket(name=known)):
            return area.found(name, "storage/getBucket:getBucket", args(name=known))
        case FileStorage(existing=str(known)):
            project, location, identity = instance(known)
            kind = "filestore/getInstance:getInstance"
            return area.found(name, kind, args(project=project, location=location, name=identity))
        case ParallelStorage(existing=str(known)):
            project, zone, identity = instance(known)
            kind = "lustre/getInstance:getInstance"
            return area.found(name, kind, args(project=project, zone=zone, instance_id=identity))
        case _:
            raise ValueError(f"{name} does not stand already")


def storage_exports(here: GcpStack) -> tuple[Export, ...]:
    """Return what clusters must know to use the site's storage."""
    found: list[Export] = []
    for name, volume in here.site.storage.items():
        key = name.replace("-", "_")
        if isinstance(volume, ObjectStorage):
            found += [Export(f"{key}_bucket", out(key, "name")), Export(f"{key}_url", out(key, "url"))]
        elif isinstance(volume, FileStorage):
            found.append(Export(f"{key}_address", out(key, "networks", 0, "ip_addresses", 0)))
            found += [Export(f"{key}_share", out(key, "file_shares", 0, "name"))] if volume.existing else []
        elif isinstance(volume, ParallelStorage):
            found.append(Export(f"{key}_address", out(key, "mount_point")))
    return tuple(found)


def _filestore(here: GcpStack, area: Area, name: str, given: FileStorage) -> Resource:
    if given.size is None:
        raise ValueError(f"the size of {name} was not checked before planning")
    location = here.site.region if given.tier in REGIONAL else here.site.network.zones[0]
    own_key = given.tier in OWN_KEY
    return area.resource(
        name.replace("-", "_"),
        "filestore/instance:Instance",
        name,
        args(
            name=f"{here.label}-{name}",
            location=location,
            tier=given.tier,
            file_shares={"name": SHARE, "capacity_gb": gib(given.size)},
            networks=[_connection(here)],
            kms_key_name=out("site_key") if own_key else None,
        ),
        depends_on=(Ref("enabled"), *((Ref(grant_of("file")),) if own_key else ())),
        **deletion(given.deletion),
    )


def _connection(here: GcpStack) -> Plain:
    """Return how a Filestore stands in the network: peered by itself, which only a network of its project allows."""
    if here.is_shared:
        return {"network": out("vpc"), "modes": ["MODE_IPV4"], "connect_mode": "PRIVATE_SERVICE_ACCESS"}
    return {"network": out("vpc", "name"), "modes": ["MODE_IPV4"]}
