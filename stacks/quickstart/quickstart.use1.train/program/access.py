"""Access: what the nodes may do and who may reach them (blueprint.yaml:8)."""

import json

import pulumi
import pulumi_aws as aws

import account
import site_stack

node_role = aws.iam.Role(
    "nodes",
    description="Nodes of quickstart.use1.train",
    assume_role_policy=json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "ec2.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ],
        }
    ),
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.iam.RolePolicyAttachment(
    "nodes-ssm",
    role=node_role.name,
    policy_arn="arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    opts=pulumi.ResourceOptions(provider=account.provider),
)

node_profile = aws.iam.InstanceProfile(
    "nodes",
    role=node_role.name,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

node_group = aws.ec2.SecurityGroup(
    "nodes",
    description="Nodes of quickstart.use1.train",
    vpc_id=site_stack.site.require_output("vpc_id"),
    tags={"Name": "quickstart-use1-train"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

# EFA carries its traffic only where the group admits everything from itself and to itself.
aws.vpc.SecurityGroupIngressRule(
    "nodes-self",
    security_group_id=node_group.id,
    description="All traffic between nodes",
    ip_protocol="-1",
    referenced_security_group_id=node_group.id,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.vpc.SecurityGroupEgressRule(
    "nodes-self",
    security_group_id=node_group.id,
    description="All traffic between nodes",
    ip_protocol="-1",
    referenced_security_group_id=node_group.id,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.vpc.SecurityGroupEgressRule(
    "nodes-out",
    security_group_id=node_group.id,
    description="Packages, storage and AWS",
    ip_protocol="-1",
    cidr_ipv4="0.0.0.0/0",
    opts=pulumi.ResourceOptions(provider=account.provider),
)
