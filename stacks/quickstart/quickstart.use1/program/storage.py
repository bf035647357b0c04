"""Storage: datasets (object) (blueprint.yaml:13)."""

import pulumi
import pulumi_aws as aws

import account
import keys
import network

# Hosts that mount the site's storage carry this group; the storage admits nothing else.
clients = aws.ec2.SecurityGroup(
    "storage-clients",
    description="Hosts that mount the storage of quickstart.use1",
    vpc_id=network.vpc.id,
    tags={"Name": "quickstart-use1-storage-clients"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

datasets = aws.s3.Bucket(
    "datasets",
    force_destroy=True,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.s3.BucketVersioning(
    "datasets",
    bucket=datasets.id,
    versioning_configuration={"status": "Enabled"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.s3.BucketServerSideEncryptionConfiguration(
    "datasets",
    bucket=datasets.id,
    rules=[
        {
            "apply_server_side_encryption_by_default": {
                "sse_algorithm": "aws:kms",
                "kms_master_key_id": keys.site_key.arn,
            },
            "bucket_key_enabled": True,
        }
    ],
    opts=pulumi.ResourceOptions(provider=account.provider),
)

datasets_private = aws.s3.BucketPublicAccessBlock(
    "datasets",
    bucket=datasets.id,
    block_public_acls=True,
    block_public_policy=True,
    ignore_public_acls=True,
    restrict_public_buckets=True,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.s3.BucketLifecycleConfiguration(
    "datasets",
    bucket=datasets.id,
    rules=[
        {
            "id": "tidy",
            "status": "Enabled",
            "filter": {"prefix": ""},
            "noncurrent_version_expiration": {"noncurrent_days": 90},
            "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
        }
    ],
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.s3.BucketPolicy(
    "datasets",
    bucket=datasets.id,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "OnlyOverTls",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": [datasets.arn, pulumi.Output.concat(datasets.arn, "/*")],
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ],
        }
    ),
    opts=pulumi.ResourceOptions(provider=account.provider, depends_on=[datasets_private]),
)
