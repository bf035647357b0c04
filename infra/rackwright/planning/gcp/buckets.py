"""Buckets: encrypted with the site's key, their versions and ages, and caches of them beside the machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Named, Ref, Repeat, args, out, text
from rackwright.planning.deletion import deletion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Lifecycle, ObjectStorage
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

DAYS_FOR_UPLOADS = 7
SECONDS_PER_DAY = 86_400


def buckets(here: GcpStack, area: Area, name: str, given: ObjectStorage) -> tuple[Node, ...]:
    """Return a bucket, and a cache of it in every zone that asks for one."""
    return (_bucket(here, area, name, given), *_caches(area, name, given))


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
            autoclass={"enabled": True} if given.autoclass else None,
            versioning={"enabled": given.versioned},
            soft_delete_policy={"retention_duration_seconds": given.soft_delete_days * SECONDS_PER_DAY},
            lifecycle_rules=[
                {"action": {"type": "Delete"}, "condition": old},
                {"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": DAYS_FOR_UPLOADS}},
                *(rule for prefix, one in given.lifecycle.items() for rule in _ages(prefix, one)),
            ],
        ),
        depends_on=(Ref("storage_grant"),),
        **deletion(given.deletion),
    )


def _caches(area: Area, name: str, given: ObjectStorage) -> tuple[Node, ...]:
    """Return the caches on SSD; each is filled by what is read in its zone."""
    if not given.cached_in:
        return ()
    key, here = name.replace("-", "_"), area.under("cached_in")
    inputs = args(bucket=out(key, "name"), zone=ROW)
    cache = here.resource(f"{key}_caches", "storage/anywhereCache:AnywhereCache", text(f"{name}-", ROW), inputs)
    return (Repeat(f"{key}_zones", "zone", Named(given.cached_in), (), (cache,), here.section, here.origin),)


def _ages(prefix: str, one: Lifecycle) -> Iterator[Plain]:
    """Yield the lifecycle rules of a prefix."""
    if one.infrequent_after_days:
        condition: Plain = {"age": one.infrequent_after_days, "matches_prefixes": [prefix]}
        yield {"action": {"type": "SetStorageClass", "storage_class": "NEARLINE"}, "condition": condition}
    if one.expire_after_days:
        live: Plain = {"age": one.expire_after_days, "matches_prefixes": [prefix], "with_state": "LIVE"}
        yield {"action": {"type": "Delete"}, "condition": live}
