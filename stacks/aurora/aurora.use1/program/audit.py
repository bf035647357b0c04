"""Audit: flow logs of the VPC, encrypted, kept 90 days (blueprint.yaml:15)."""

import json

import pulumi
import pulumi_aws as aws

import account
import keys
import network

flow_logs = aws.cloudwatch.LogGroup(
    "flow",
    name="/rackwright/aurora.use1/flow",
    retention_in_days=90,
    kms_key_id=keys.site_key.arn,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

flow_role = aws.iam.Role(
    "flow-logs",
    description="Lets the VPC write its flow logs",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}},
                }
            ],
        }
    ),
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.iam.RolePolicy(
    "flow-logs",
    role=flow_role.id,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": [
                        "logs:CreateLogStream",
                        "logs:PutLogEvents",
                        "logs:DescribeLogStreams",
                    ],
                    "Resource": pulumi.Output.concat(flow_logs.arn, ":*"),
                }
            ],
        }
    ),
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.ec2.FlowLog(
    "vpc",
    vpc_id=network.vpc.id,
    traffic_type="ALL",
    log_destination_type="cloud-watch-logs",
    log_destination=flow_logs.arn,
    iam_role_arn=flow_role.arn,
    max_aggregation_interval=60,
    opts=pulumi.ResourceOptions(provider=account.provider),
)
