"""Storage: datasets (object), home (file), scratch (parallel) (blueprint.yaml:17)."""

import pulumi
import pulumi_aws as aws

import account
import keys
import network

# Hosts that mount the site's storage carry this group; the storage admits nothing else.
clients = aws.ec2.SecurityGroup(
    "storage-clients",
    description="Hosts that mount the storage of aurora.use1",
    vpc_id=network.vpc.id,
    tags={"Name": "aurora-use1-storage-clients"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

datasets = aws.s3.Bucket(
    "datasets",
    force_destroy=False,
    opts=pulumi.ResourceOptions(provider=account.provider, protect=True),
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

home = aws.efs.FileSystem(
    "home",
    encrypted=True,
    kms_key_id=keys.site_key.arn,
    throughput_mode="elastic",
    tags={"Name": "aurora-use1-home"},
    opts=pulumi.ResourceOptions(provider=account.provider, protect=True),
)

aws.efs.FileSystemPolicy(
    "home",
    file_system_id=home.id,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "MountThroughATargetOverTls",
                    "Effect": "Allow",
                    "Principal": {"AWS": "*"},
                    "Action": [
                        "elasticfilesystem:ClientMount",
                        "elasticfilesystem:ClientWrite",
                        "elasticfilesystem:ClientRootAccess",
                    ],
                    "Resource": home.arn,
                    "Condition": {
                        "Bool": {
                            "aws:SecureTransport": "true",
                            "elasticfilesystem:AccessedViaMountTarget": "true",
                        }
                    },
                }
            ],
        }
    ),
    opts=pulumi.ResourceOptions(provider=account.provider),
)

home_group = aws.ec2.SecurityGroup(
    "home",
    description="Mount targets of home",
    vpc_id=network.vpc.id,
    tags={"Name": "aurora-use1-home"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.vpc.SecurityGroupIngressRule(
    "home-nfs",
    security_group_id=home_group.id,
    description="NFS from storage clients",
    ip_protocol="tcp",
    from_port=2049,
    to_port=2049,
    referenced_security_group_id=clients.id,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

HOME_ZONES = ["us-east-1a", "us-east-1b"]
for zone in HOME_ZONES:
    aws.efs.MountTarget(
        f"home-{zone}",
        file_system_id=home.id,
        subnet_id=network.private_subnets[zone].id,
        security_groups=[home_group.id],
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

scratch_group = aws.ec2.SecurityGroup(
    "scratch",
    description="Lustre servers of scratch",
    vpc_id=network.vpc.id,
    tags={"Name": "aurora-use1-scratch"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

# Lustre answers on 988 and 1018-1023, and its servers talk to each other on the same ports.
SCRATCH_PORTS = {
    "988": {"first": 988, "last": 988},
    "1018-1023": {"first": 1018, "last": 1023},
}
scratch_from_servers: dict[str, aws.vpc.SecurityGroupIngressRule] = {}
scratch_to_servers: dict[str, aws.vpc.SecurityGroupEgressRule] = {}
for ports, row in SCRATCH_PORTS.items():
    aws.vpc.SecurityGroupIngressRule(
        f"scratch-clients-{ports}",
        security_group_id=scratch_group.id,
        description="Lustre from storage clients",
        ip_protocol="tcp",
        from_port=row["first"],
        to_port=row["last"],
        referenced_security_group_id=clients.id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    scratch_from_servers[ports] = aws.vpc.SecurityGroupIngressRule(
        f"scratch-servers-{ports}",
        security_group_id=scratch_group.id,
        description="Lustre between its servers",
        ip_protocol="tcp",
        from_port=row["first"],
        to_port=row["last"],
        referenced_security_group_id=scratch_group.id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    scratch_to_servers[ports] = aws.vpc.SecurityGroupEgressRule(
        f"scratch-servers-{ports}",
        security_group_id=scratch_group.id,
        description="Lustre between its servers",
        ip_protocol="tcp",
        from_port=row["first"],
        to_port=row["last"],
        referenced_security_group_id=scratch_group.id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    # Servers call clients back to revoke locks.
    aws.vpc.SecurityGroupEgressRule(
        f"scratch-clients-{ports}",
        security_group_id=scratch_group.id,
        description="Lustre lock callbacks to storage clients",
        ip_protocol="tcp",
        from_port=row["first"],
        to_port=row["last"],
        referenced_security_group_id=clients.id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    aws.vpc.SecurityGroupIngressRule(
        f"clients-scratch-{ports}",
        security_group_id=clients.id,
        description="Lustre lock callbacks from scratch",
        ip_protocol="tcp",
        from_port=row["first"],
        to_port=row["last"],
        referenced_security_group_id=scratch_group.id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

# FSx makes it only where its servers may reach each other already.
scratch = aws.fsx.LustreFileSystem(
    "scratch",
    deployment_type="PERSISTENT_2",
    storage_type="SSD",
    storage_capacity=4800,
    per_unit_storage_throughput=250,
    file_system_type_version="2.15",
    data_compression_type="LZ4",
    metadata_configuration={"mode": "AUTOMATIC"},
    kms_key_id=keys.site_key.arn,
    subnet_ids=network.private_subnets["us-east-1a"].id,
    security_group_ids=[scratch_group.id],
    tags={"Name": "aurora-use1-scratch"},
    opts=pulumi.ResourceOptions(
        provider=account.provider,
        depends_on=[*scratch_from_servers.values(), *scratch_to_servers.values()],
        protect=True,
        custom_timeouts=pulumi.CustomTimeouts(create="60m", update="60m", delete="60m"),
    ),
)

aws.fsx.DataRepositoryAssociation(
    "scratch-datasets",
    file_system_id=scratch.id,
    file_system_path="/datasets",
    data_repository_path=pulumi.Output.concat("s3://", datasets.bucket),
    batch_import_meta_data_on_create=True,
    s3={
        "auto_import_policy": {"events": ["NEW", "CHANGED", "DELETED"]},
        "auto_export_policy": {"events": ["NEW", "CHANGED", "DELETED"]},
    },
    opts=pulumi.ResourceOptions(
        provider=account.provider, custom_timeouts=pulumi.CustomTimeouts(create="60m", delete="60m")
    ),
)
