"""Endpoints: S3 and Systems Manager are reached without leaving the VPC (blueprint.yaml:12)."""

import pulumi
import pulumi_aws as aws

import account
import network

aws.ec2.VpcEndpoint(
    "s3",
    vpc_id=network.vpc.id,
    service_name="com.amazonaws.us-east-1.s3",
    vpc_endpoint_type="Gateway",
    route_table_ids=[each.id for each in network.private_routes.values()],
    tags={"Name": "quickstart-use1-s3"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

endpoint_group = aws.ec2.SecurityGroup(
    "endpoints",
    description="Interface endpoints of quickstart.use1",
    vpc_id=network.vpc.id,
    tags={"Name": "quickstart-use1-endpoints"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.vpc.SecurityGroupIngressRule(
    "endpoints-https",
    security_group_id=endpoint_group.id,
    description="HTTPS from inside the VPC",
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
    cidr_ipv4="10.60.0.0/16",
    opts=pulumi.ResourceOptions(provider=account.provider),
)

SERVICES = ["ssm", "ssmmessages", "ec2messages"]
for service in SERVICES:
    aws.ec2.VpcEndpoint(
        service,
        vpc_id=network.vpc.id,
        service_name=f"com.amazonaws.us-east-1.{service}",
        vpc_endpoint_type="Interface",
        private_dns_enabled=True,
        subnet_ids=[each.id for each in network.private_subnets.values()],
        security_group_ids=[endpoint_group.id],
        tags={"Name": f"quickstart-use1-{service}"},
        opts=pulumi.ResourceOptions(provider=account.provider),
    )
