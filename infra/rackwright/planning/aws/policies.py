"""IAM policy documents, as data: each grants what one purpose needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import ObjectStorage, ParallelStorage
from rackwright.plan import Concat, Lit, out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.derive.registries import Registry
    from rackwright.plan import Plain, Value
    from rackwright.planning.aws.context import AwsStack


TRAILS = "cloudtrail.amazonaws.com"
ALARMS = "cloudwatch.amazonaws.com"


def document(*statements: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Return a policy document of the current version."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def assumed_by(service: str, condition: Mapping[str, Plain] | None = None) -> Mapping[str, Plain]:
    """Return a trust policy for one AWS service."""
    statement: dict[str, Plain] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    return document({**statement, "Condition": condition} if condition else statement)


def site_key(here: AwsStack) -> Mapping[str, Plain]:
    """Return the key policy: the account decides by IAM, and services may encrypt the site's logs and records."""
    account, region = here.site.account, here.site.region
    logs = f"arn:aws:logs:{region}:{account}:log-group:/rackwright/{here.site_stack}/*"
    recorded = (_encrypt_records(here),) if here.is_audited else ()
    told = (_encrypt_alarms(),) if here.site.monitoring and here.site.monitoring.notify else ()
    linked = (_read_linked(here),) if _links_own_buckets(here) else ()
    spare = (_start_spot_machines(here),) if _has_spot_machines(here) else ()
    return document(
        {
            "Sid": "AccountDecidesByIam",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        },
        {
            "Sid": "LogsOfThisSite",
            "Effect": "Allow",
            "Principal": {"Service": f"logs.{region}.amazonaws.com"},
            "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
            "Resource": "*",
            "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
        },
        *recorded,
        *told,
        *linked,
        *spare,
    )


def _read_linked(here: AwsStack) -> Mapping[str, Plain]:
    """Return what lets file systems use the objects of the buckets that they are linked to."""
    role = "s3.data-source.lustre.fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_*"
    return _by_service_role(here, "FileSystemsUseLinkedBuckets", role, "s3")


def _start_spot_machines(here: AwsStack) -> Mapping[str, Plain]:
    """Return what lets EC2 start spot machines whose disks are encrypted with the key."""
    role = "spot.amazonaws.com/AWSServiceRoleForEC2Spot"
    return _by_service_role(here, "SpotMachinesHaveDisks", role, "ec2", "kms:CreateGrant")


def _by_service_role(here: AwsStack, sid: str, role: str, service: str, *more: str) -> Mapping[str, Plain]:
    """Return a statement for a role that AWS makes for a service: named by a condition, it need not be there yet."""
    account = here.site.account
    through = {"kms:CallerAccount": account, "kms:ViaService": f"{service}.{here.site.region}.amazonaws.com"}
    named = {"aws:PrincipalArn": f"arn:aws:iam::{account}:role/aws-service-role/{role}"}
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey", *more],
        "Resource": "*",
        "Condition": {"StringEquals": through, "ArnLike": named},
    }


def _links_own_buckets(here: AwsStack) -> bool:
    """Return whether a file system of the site is linked to a bucket that the site's key encrypts."""
    kept = here.site.storage
    own = {name for name, one in kept.items() if isinstance(one, ObjectStorage) and one.existing is None}
    return any(own & set(one.linked) for one in kept.values() if isinstance(one, ParallelStorage))


def _has_spot_machines(here: AwsStack) -> bool:
    return any(one.capacity.kind == "spot" for one in here.site.clusters.values())


def _encrypt_records(here: AwsStack) -> Mapping[str, Plain]:
    """Return what lets CloudTrail encrypt the records of the account's trails."""
    return {
        "Sid": "RecordsOfThisAccount",
        "Effect": "Allow",
        "Principal": {"Service": TRAILS},
        "Action": ["kms:GenerateDataKey*", "kms:DescribeKey"],
        "Resource": "*",
        "Condition": {"StringLike": {"aws:SourceArn": _trails(here)}},
    }


def keep_records(here: AwsStack, bucket: str) -> tuple[Mapping[str, Plain], ...]:
    """Return the statements of a bucket policy that let the account's trails write to it."""
    common: Mapping[str, Plain] = {"Effect": "Allow", "Principal": {"Service": TRAILS}}
    source: Mapping[str, Plain] = {"aws:SourceArn": _trails(here)}
    folder = Concat((out(bucket, "arn"), Lit(f"/AWSLogs/{here.site.account}/*")))
    owned: Mapping[str, Plain] = {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}, "StringLike": source}
    return (
        {
            "Sid": "TrailsLook",
            **common,
            "Action": "s3:GetBucketAcl",
            "Resource": out(bucket, "arn"),
            "Condition": {"StringLike": source},
        },
        {"Sid": "TrailsWrite", **common, "Action": "s3:PutObject", "Resource": folder, "Condition": owned},
    )


def _encrypt_alarms() -> Mapping[str, Plain]:
    """Return what lets CloudWatch publish to a topic that is encrypted with the key."""
    return {
        "Sid": "AlarmsOfThisSite",
        "Effect": "Allow",
        "Principal": {"Service": ALARMS},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
    }


def publish_alarms(here: AwsStack, topic: str) -> Mapping[str, Plain]:
    """Return a topic policy that lets the account's alarms publish; the account itself decides by IAM."""
    alarms = f"arn:aws:cloudwatch:{here.site.region}:{here.site.account}:alarm:*"
    return document(
        {
            "Sid": "AlarmsOfThisAccount",
            "Effect": "Allow",
            "Principal": {"Service": ALARMS},
            "Action": "sns:Publish",
            "Resource": out(topic, "arn"),
            "Condition": {"ArnLike": {"aws:SourceArn": alarms}},
        }
    )


def _trails(here: AwsStack) -> str:
    return f"arn:aws:cloudtrail:{here.site.region}:{here.site.account}:trail/*"


def write_logs(group: str) -> Mapping[str, Plain]:
    """Return a policy that writes to one log group, named by its node."""
    return document(
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            "Resource": Concat((out(group, "arn"), Lit(":*"))),
        }
    )


def only_over_tls(bucket: str, *more: Mapping[str, Plain]) -> Mapping[str, Plain]:
    """Return a bucket policy that refuses plain HTTP, with more statements."""
    return document(
        {
            "Sid": "OnlyOverTls",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [out(bucket, "arn"), Concat((out(bucket, "arn"), Lit("/*")))],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
        *more,
    )


def mount_over_tls(file_system: str) -> Mapping[str, Plain]:
    """Return a file system policy that admits clients through mount targets, over TLS alone."""
    return document(
        {
            "Sid": "MountThroughATargetOverTls",
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": [
                "elasticfilesystem:ClientMount",
                "elasticfilesystem:ClientWrite",
                "elasticfilesystem:ClientRootAccess",
            ],
            "Resource": out(file_system, "arn"),
            "Condition": {"Bool": {"aws:SecureTransport": "true", "elasticfilesystem:AccessedViaMountTarget": "true"}},
        }
    )


def use_storage(buckets: list[Value], keys: list[Value]) -> Mapping[str, Plain]:
    """Return what nodes may do: use the objects of the buckets they need and the keys they are encrypted with."""
    return document(
        {
            "Sid": "ListBuckets",
            "Effect": "Allow",
            "Action": ["s3:ListBucket", "s3:GetBucketLocation"],
            "Resource": [*buckets],
        },
        {
            "Sid": "UseObjects",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"],
            "Resource": [Concat((bucket, Lit("/*"))) for bucket in buckets],
        },
        {
            "Sid": "UseTheSiteKey" if len(keys) == 1 else "UseTheirKeys",
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
            "Resource": [*keys],
        },
    )


def pull_images(used: tuple[Registry, ...]) -> Mapping[str, Plain]:
    """Return what nodes may do in ECR: log in, which knows no resource, and pull from the repositories they need."""
    return document(
        {"Sid": "LogIn", "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
        {
            "Sid": "PullImages",
            "Effect": "Allow",
            "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Resource": [f"arn:aws:ecr:{one.region}:{one.owner}:repository/{one.repository}" for one in used],
        },
    )
