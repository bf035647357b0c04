"""Keys: one customer-managed key encrypts the site's disks, storage and logs (blueprint.yaml:7)."""

import json

import pulumi
import pulumi_aws as aws

import account

site_key = aws.kms.Key(
    "site",
    description="aurora.use1: disks, storage and logs",
    enable_key_rotation=True,
    deletion_window_in_days=30,
    policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "AccountDecidesByIam",
                    "Effect": "Allow",
                    "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                    "Action": "kms:*",
                    "Resource": "*",
                },
                {
                    "Sid": "LogsOfThisSite",
                    "Effect": "Allow",
                    "Principal": {"Service": "logs.us-east-1.amazonaws.com"},
                    "Action": [
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncrypt*",
                        "kms:GenerateDataKey*",
                        "kms:Describe*",
                    ],
                    "Resource": "*",
                    "Condition": {
                        "ArnLike": {
                            "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:111122223333:log-group:/rackwright/aurora.use1/*"
                        }
                    },
                },
                {
                    "Sid": "FileSystemsUseLinkedBuckets",
                    "Effect": "Allow",
                    "Principal": {"AWS": "*"},
                    "Action": [
                        "kms:Encrypt",
                        "kms:Decrypt",
                        "kms:ReEncrypt*",
                        "kms:GenerateDataKey*",
                        "kms:DescribeKey",
                    ],
                    "Resource": "*",
                    "Condition": {
                        "StringEquals": {
                            "kms:CallerAccount": "111122223333",
                            "kms:ViaService": "s3.us-east-1.amazonaws.com",
                        },
                        "ArnLike": {
                            "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/AWSServiceRoleForFSxS3Access_*"
                        },
                    },
                },
            ],
        }
    ),
    opts=pulumi.ResourceOptions(provider=account.provider, protect=True),
)

aws.kms.Alias(
    "site",
    name="alias/rackwright-aurora-use1",
    target_key_id=site_key.key_id,
    opts=pulumi.ResourceOptions(provider=account.provider),
)
