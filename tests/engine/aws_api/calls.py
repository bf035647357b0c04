"""Which operations of AWS's API make and delete a resource of each type; what differs from one call in, one id out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.engine.aws_api.shaped import parameters

Client: TypeAlias = Any
After: TypeAlias = Callable[[Client, str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Call:
    """How a resource is made: service, operation, and where in its response (JMESPath) the id stands.

    `outputs` are further outputs by wire name, "" the id itself; `renames` are inputs that the API calls otherwise;
    `name` is the parameter that gets a generated name where the program gives none; `fixed` are parameters every call
    has; `apart` are inputs that `after` passes on; `delete` is the operation and the parameter that takes the id.
    """

    service: str
    operation: str
    identity: str
    delete: tuple[str, str]
    outputs: Mapping[str, str] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    apart: tuple[str, ...] = ()
    after: After | None = None


def vpc_attributes(client: Client, identity: str, inputs: dict[str, Any]) -> None:
    """Set what CreateVpc cannot."""
    for wire, name in (("enableDnsSupport", "EnableDnsSupport"), ("enableDnsHostnames", "EnableDnsHostnames")):
        client.modify_vpc_attribute(VpcId=identity, **{name: {"Value": inputs[wire]}})


def public_addresses(client: Client, identity: str, inputs: dict[str, Any]) -> None:
    """Say whether machines in a subnet get public addresses."""
    on = bool(inputs["mapPublicIpOnLaunch"])
    client.modify_subnet_attribute(SubnetId=identity, MapPublicIpOnLaunch={"Value": on})


def associate(client: Client, identity: str, inputs: dict[str, Any]) -> None:
    """Give an address to a machine, where it is meant for one."""
    if "instance" in inputs:
        client.associate_address(AllocationId=identity, InstanceId=inputs["instance"])


def rotate(client: Client, identity: str, inputs: dict[str, Any]) -> None:
    """Turn on the yearly rotation of a key."""
    if inputs.get("enableKeyRotation"):
        client.enable_key_rotation(KeyId=identity)


def retain(client: Client, identity: str, inputs: dict[str, Any]) -> None:
    """Say how long a log group keeps its events."""
    client.put_retention_policy(logGroupName=identity, retentionInDays=inputs["retentionInDays"])


def revoke_default_egress(client: Client, identity: str, _inputs: dict[str, Any]) -> None:
    """Remove the rule that lets everything out, as the provider does for a group with separate rules."""
    found = client.describe_security_groups(GroupIds=[identity])["SecurityGroups"][0]
    client.revoke_security_group_egress(GroupId=identity, IpPermissions=found["IpPermissionsEgress"])


def record(client: Client, identity: str, inputs: dict[str, Any]) -> None:
    """Say what a trail records, and begin."""
    shape = client.meta.service_model.operation_model("PutEventSelectors").input_shape
    renames = {"endsWiths": "EndsWith", "startsWiths": "StartsWith"}
    wanted = {"advancedEventSelectors": inputs["advancedEventSelectors"]}
    client.put_event_selectors(TrailName=identity, **parameters(wanted, shape, renames))
    client.start_logging(Name=identity)


CALLS: dict[str, Call] = {
    "aws:ec2/vpc:Vpc": Call(
        "ec2", "create_vpc", "Vpc.VpcId", ("delete_vpc", "VpcId"),
        apart=("enableDnsSupport", "enableDnsHostnames"), after=vpc_attributes,
    ),
    "aws:ec2/subnet:Subnet": Call(
        "ec2", "create_subnet", "Subnet.SubnetId", ("delete_subnet", "SubnetId"),
        apart=("mapPublicIpOnLaunch",), after=public_addresses,
    ),
    "aws:ec2/eip:Eip": Call(
        "ec2", "allocate_address", "AllocationId", ("release_address", "AllocationId"), {"publicIp": "PublicIp"},
        apart=("instance",), after=associate,
    ),
    "aws:ec2/natGateway:NatGateway": Call(
        "ec2", "create_nat_gateway", "NatGateway.NatGatewayId", ("delete_nat_gateway", "NatGatewayId"),
    ),
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": Call(
        "ec2", "create_vpc_peering_connection", "VpcPeeringConnection.VpcPeeringConnectionId",
        ("delete_vpc_peering_connection", "VpcPeeringConnectionId"),
    ),
    "aws:ec2/routeTable:RouteTable": Call(
        "ec2", "create_route_table", "RouteTable.RouteTableId", ("delete_route_table", "RouteTableId"),
    ),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Call(
        "ec2", "associate_route_table", "AssociationId", ("disassociate_route_table", "AssociationId"),
    ),
    "aws:ec2/securityGroup:SecurityGroup": Call(
        "ec2", "create_security_group", "GroupId", ("delete_security_group", "GroupId"),
        renames={"name": "GroupName"}, name="GroupName", after=revoke_default_egress,
    ),
    "aws:ec2/flowLog:FlowLog": Call(
        "ec2", "create_flow_logs", "FlowLogIds[0]", ("delete_flow_logs", "FlowLogIds"),
        renames={"vpcId": "ResourceIds", "iamRoleArn": "DeliverLogsPermissionArn"}, fixed={"ResourceType": "VPC"},
    ),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Call(
        "ec2", "create_vpc_endpoint", "VpcEndpoint.VpcEndpointId", ("delete_vpc_endpoints", "VpcEndpointIds"),
        renames={"policy": "PolicyDocument"},
    ),
    "aws:ec2/placementGroup:PlacementGroup": Call(
        "ec2", "create_placement_group", "PlacementGroup.GroupName", ("delete_placement_group", "GroupName"),
        renames={"name": "GroupName"}, name="GroupName",
    ),
    "aws:kms/key:Key": Call(
        "kms", "create_key", "KeyMetadata.KeyId", ("schedule_key_deletion", "KeyId"),
        {"arn": "KeyMetadata.Arn", "keyId": "KeyMetadata.KeyId"},
        apart=("enableKeyRotation", "deletionWindowInDays"), after=rotate,
    ),
    "aws:cloudwatch/logGroup:LogGroup": Call(
        "logs", "create_log_group", "", ("delete_log_group", "logGroupName"), renames={"name": "logGroupName"},
        apart=("retentionInDays",), after=retain,
    ),
    "aws:iam/role:Role": Call(
        "iam", "create_role", "Role.RoleName", ("delete_role", "RoleName"),
        {"arn": "Role.Arn", "name": "Role.RoleName"},
        renames={"name": "RoleName", "assumeRolePolicy": "AssumeRolePolicyDocument"}, name="RoleName",
    ),
    "aws:s3/bucket:Bucket": Call(
        "s3", "create_bucket", "", ("delete_bucket", "Bucket"), {"bucket": ""}, name="Bucket", apart=("forceDestroy",),
    ),
    "aws:backup/vault:Vault": Call(
        "backup", "create_backup_vault", "BackupVaultName", ("delete_backup_vault", "BackupVaultName"),
        {"arn": "BackupVaultArn", "name": "BackupVaultName"},
        renames={"name": "BackupVaultName", "kmsKeyArn": "EncryptionKeyArn"}, name="BackupVaultName",
    ),
    "aws:cloudtrail/trail:Trail": Call(
        "cloudtrail", "create_trail", "TrailARN", ("delete_trail", "Name"), {"arn": "TrailARN", "name": "Name"},
        name="Name", apart=("advancedEventSelectors",), after=record,
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Call(
        "cloudwatch", "put_metric_alarm", "", ("delete_alarms", "AlarmNames"), renames={"name": "AlarmName"},
        name="AlarmName",
    ),
    "aws:sns/topicSubscription:TopicSubscription": Call(
        "sns", "subscribe", "SubscriptionArn", ("unsubscribe", "SubscriptionArn"), renames={"topic": "TopicArn"},
        fixed={"ReturnSubscriptionArn": True},
    ),
    "aws:efs/fileSystem:FileSystem": Call(
        "efs", "create_file_system", "FileSystemId", ("delete_file_system", "FileSystemId"), {"arn": "FileSystemArn"},
    ),
    "aws:efs/mountTarget:MountTarget": Call(
        "efs", "create_mount_target", "MountTargetId", ("delete_mount_target", "MountTargetId"),
        {"ipAddress": "IpAddress"},
    ),
}  # fmt: skip
"""Resource type -> its call."""
