"""storage.py: what outlives clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FileStorage, ObjectStorage, ParallelStorage, gib
from rackwright.plan import Export, Ref, args, out
from rackwright.planning.deletion import deletion
from rackwright.planning.gcp.keys import grant_of
from rackwright.planning.gcp.lustre import lustre
from rackwright.planning.gcp.private_services import private_services
from rackwright.planning.hosts.mounts import SHARE
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Lifecycle
    from rackwright.plan import Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

DAYS_FOR_UPLOADS = 7
SECONDS_OF_SOFT_DELETE = 604_800
OWN_KEY = frozenset({"ZONAL", "REGIONAL"})
"""Tiers of Filestore that take a customer-managed key."""


def storage(here: GcpStack) -> Planned:
    """Return the storage section; block storage belongs to the nodes that carry it."""
    area = here.area("storage", "storage")
    kept = {name: volume for name, volume in here.site.storage.items() if volume.kind != "block"}
    nodes: list[Resource] = list(private_services(here, area))
    for name, volume in kept.items():
        match volume:
            case ObjectStorage():
                nodes.append(_bucket(here, area.under(name), name, volume))
            case FileStorage():
                nodes.append(_filestore(here, area.under(name), name, volume))
            case ParallelStorage():
                nodes.append(lustre(here, area.under(name), name, volume))
    what = ", ".join(f"{name} ({volume.kind})" for name, volume in kept.items())
    return Planned(area.titled(f"Storage: {what or 'none that outlives clusters'}"), tuple(nodes))


def storage_exports(here: GcpStack) -> tuple[Export, ...]:
    """Return what clusters must know to use the site's storage."""
    found: list[Export] = []
    for name, volume in here.site.storage.items():
        key = name.replace("-", "_")
        if isinstance(volume, ObjectStorage):
            found += [Export(f"{key}_bucket", out(key, "name")), Export(f"{key}_url", out(key, "url"))]
        elif isinstance(volume, FileStorage):
            found.append(Export(f"{key}_address", out(key, "networks", 0, "ip_addresses", 0)))
        elif isinstance(volume, ParallelStorage):
            found.append(Export(f"{key}_address", out(key, "mount_point")))
    return tuple(found)


def _bucket(here: GcpStack, area: Area, name: str, given: ObjectStorage) -> Resource:
    old: Plain = {"days_since_noncurrent_time": given.expire_noncurrent_days, "with_state": "ARCHIVED"}
    return area.resource(
        name.replace("-", "_"),
        "storage/bucket:Bucket",
        name,
        args(
            location=here.site.region.upper(),
            uniform_bucket_level_access=True,
            public_access_prevention="enforced",
            force_destroy=given.deletion == "delete",
            encryption={"default_kms_key_name": out("site_key")},
            hierarchical_namespace={"enabled": True} if given.hierarchical else None,
            versioning={"enabled": given.versioned},
            soft_delete_policy={"retention_duration_seconds": SECONDS_OF_SOFT_DELETE},
            lifecycle_rules=[
                {"action": {"type": "Delete"}, "condition": old},
                {"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": DAYS_FOR_UPLOADS}},
                *(rule for prefix, one in given.lifecycle.items() for rule in _ages(prefix, one)),
            ],
        ),
        depends_on=(Ref("storage_grant"),),
        **deletion(given.deletion),
    )


def _ages(prefix: str, one: Lifecycle) -> Iterator[Plain]:
    """Yield the lifecycle rules of a prefix."""
    if one.infrequent_after_days:
        condition: Plain = {"age": one.infrequent_after_days, "matches_prefixes": [prefix]}
        yield {"action": {"type": "SetStorageClass", "storage_class": "NEARLINE"}, "condition": condition}
    if one.expire_after_days:
        live: Plain = {"age": one.expire_after_days, "matches_prefixes": [prefix], "with_state": "LIVE"}
        yield {"action": {"type": "Delete"}, "condition": live}


def _filestore(here: GcpStack, area: Area, name: str, given: FileStorage) -> Resource:
    if given.size is None:
        raise ValueError(f"the size of {name} was not checked before planning")
    location = here.site.region if given.tier == "REGIONAL" else here.site.network.zones[0]
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
