"""Storage: datasets (object) (blueprint.yaml:17)."""

import pulumi
import pulumi_gcp as gcp

import account
import keys

datasets = gcp.storage.Bucket(
    "datasets",
    location="US-CENTRAL1",
    uniform_bucket_level_access=True,
    public_access_prevention="enforced",
    force_destroy=False,
    encryption={"default_kms_key_name": keys.site_key.id},
    versioning={"enabled": True},
    soft_delete_policy={"retention_duration_seconds": 604800},
    lifecycle_rules=[
        {
            "action": {"type": "Delete"},
            "condition": {"days_since_noncurrent_time": 90, "with_state": "ARCHIVED"},
        },
        {"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": 7}},
    ],
    opts=pulumi.ResourceOptions(
        provider=account.provider, depends_on=[keys.storage_grant], protect=True
    ),
)
