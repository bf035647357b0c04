"""S3 buckets: encrypted with the site's key, versioned, private, over TLS alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Json, Ref, args, out, value
from rackwright.planning.aws import policies
from rackwright.planning.deletion import deletion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rackwright.blueprint import Lifecycle, ObjectStorage
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

DAYS_FOR_UPLOADS = 7
"""After how many days the parts of an upload that never ended are deleted."""


def bucket(
    _here: AwsStack, area: Area, name: str, given: ObjectStorage, *, admits: Sequence[Mapping[str, Plain]] = ()
) -> tuple[Node, ...]:
    """Return the bucket and everything that guards it; `admits` are more statements of its policy."""
    key = name.replace("-", "_")
    made = area.resource(
        key,
        "s3/bucket:Bucket",
        name,
        args(force_destroy=given.deletion == "delete"),
        **deletion(given.deletion),
    )
    state = "Enabled" if given.versioned else "Suspended"
    versioning = _part(
        area, key, name, "versioning", "bucketVersioning:BucketVersioning", versioning_configuration={"status": state}
    )
    return (made, versioning, _encryption(area, key, name), *_privacy(area, key, name, given, admits))


def _encryption(area: Area, key: str, name: str) -> Node:
    by_default: Plain = {"sse_algorithm": "aws:kms", "kms_master_key_id": out("site_key", "arn")}
    return _part(
        area,
        key,
        name,
        "encryption",
        "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        rules=[{"apply_server_side_encryption_by_default": by_default, "bucket_key_enabled": True}],
    )


def _privacy(
    area: Area, key: str, name: str, given: ObjectStorage, admits: Sequence[Mapping[str, Plain]]
) -> tuple[Node, ...]:
    tidy: Plain = {
        "id": "tidy",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "noncurrent_version_expiration": {"noncurrent_days": given.expire_noncurrent_days},
        "abort_incomplete_multipart_upload": {"days_after_initiation": DAYS_FOR_UPLOADS},
    }
    block = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    private = f"{key}_private"
    return (
        area.resource(
            private,
            "s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
            name,
            args(bucket=out(key), **dict.fromkeys(block, True)),
        ),
        _part(
            area,
            key,
            name,
            "lifecycle",
            "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
            rules=[tidy, *(_age(prefix, one) for prefix, one in given.lifecycle.items())],
        ),
        area.resource(
            f"{key}_policy",
            "s3/bucketPolicy:BucketPolicy",
            name,
            args(bucket=out(key), policy=Json(value(policies.only_over_tls(key, *admits)))),
            depends_on=(Ref(private),),
        ),
    )


def _age(prefix: str, one: Lifecycle) -> Plain:
    """Return the lifecycle rule of a prefix."""
    found: dict[str, Plain] = {"id": prefix, "status": "Enabled", "filter": {"prefix": prefix}}
    if one.infrequent_after_days:
        found["transitions"] = [{"days": one.infrequent_after_days, "storage_class": "STANDARD_IA"}]
    if one.expire_after_days:
        found["expiration"] = {"days": one.expire_after_days}
    return found


def _part(area: Area, key: str, name: str, part: str, kind: str, **inputs: Plain) -> Node:
    return area.resource(f"{key}_{part}", f"s3/{kind}", name, args(bucket=out(key), **inputs))
