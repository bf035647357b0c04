"""Network: VPC 10.40.0.0/16, private subnets in 2 zones, NAT per zone (blueprint.yaml:11)."""

import pulumi
import pulumi_aws as aws

import account

vpc = aws.ec2.Vpc(
    "vpc",
    cidr_block="10.40.0.0/16",
    enable_dns_support=True,
    enable_dns_hostnames=True,
    tags={"Name": "aurora-use1"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

# The VPC's default group is kept empty: nothing is reachable because somebody forgot to choose a group.
aws.ec2.DefaultSecurityGroup(
    "default",
    vpc_id=vpc.id,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

internet_gateway = aws.ec2.InternetGateway(
    "internet",
    vpc_id=vpc.id,
    tags={"Name": "aurora-use1"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

public_routes = aws.ec2.RouteTable(
    "public",
    vpc_id=vpc.id,
    tags={"Name": "aurora-use1-public"},
    opts=pulumi.ResourceOptions(provider=account.provider),
)

aws.ec2.Route(
    "public-internet",
    route_table_id=public_routes.id,
    destination_cidr_block="0.0.0.0/0",
    gateway_id=internet_gateway.id,
    opts=pulumi.ResourceOptions(provider=account.provider),
)

# Public subnets hold NAT gateways and nothing else.
PUBLIC_ZONES = {
    "us-east-1a": {"cidr": "10.40.224.0/22"},
    "us-east-1b": {"cidr": "10.40.228.0/22"},
}
nat_gateways: dict[str, aws.ec2.NatGateway] = {}
for zone, row in PUBLIC_ZONES.items():
    public_subnet = aws.ec2.Subnet(
        f"public-{zone}",
        vpc_id=vpc.id,
        availability_zone=zone,
        cidr_block=row["cidr"],
        map_public_ip_on_launch=False,
        tags={"Name": f"aurora-use1-public-{zone}"},
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    aws.ec2.RouteTableAssociation(
        f"public-{zone}",
        subnet_id=public_subnet.id,
        route_table_id=public_routes.id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    nat_address = aws.ec2.Eip(
        f"nat-{zone}",
        domain="vpc",
        tags={"Name": f"aurora-use1-nat-{zone}"},
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    nat_gateways[zone] = aws.ec2.NatGateway(
        f"nat-{zone}",
        subnet_id=public_subnet.id,
        allocation_id=nat_address.id,
        tags={"Name": f"aurora-use1-{zone}"},
        opts=pulumi.ResourceOptions(provider=account.provider, depends_on=[internet_gateway]),
    )

PRIVATE_ZONES = {
    "us-east-1a": {"cidr": "10.40.0.0/19"},
    "us-east-1b": {"cidr": "10.40.32.0/19"},
}
private_subnets: dict[str, aws.ec2.Subnet] = {}
private_routes: dict[str, aws.ec2.RouteTable] = {}
for zone, row in PRIVATE_ZONES.items():
    private_subnets[zone] = aws.ec2.Subnet(
        f"private-{zone}",
        vpc_id=vpc.id,
        availability_zone=zone,
        cidr_block=row["cidr"],
        map_public_ip_on_launch=False,
        tags={"Name": f"aurora-use1-private-{zone}"},
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    private_routes[zone] = aws.ec2.RouteTable(
        f"private-{zone}",
        vpc_id=vpc.id,
        tags={"Name": f"aurora-use1-private-{zone}"},
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    aws.ec2.RouteTableAssociation(
        f"private-{zone}",
        subnet_id=private_subnets[zone].id,
        route_table_id=private_routes[zone].id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )

    aws.ec2.Route(
        f"private-{zone}-internet",
        route_table_id=private_routes[zone].id,
        destination_cidr_block="0.0.0.0/0",
        nat_gateway_id=nat_gateways[zone].id,
        opts=pulumi.ResourceOptions(provider=account.provider),
    )
