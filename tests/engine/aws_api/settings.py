"""Resources that AWS has as settings of others, or whose inputs its API nests otherwise than Pulumi does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.engine.aws_api.calls import Client
from tests.engine.aws_api.shaped import parameters

ACCOUNT = "111122223333"
Inputs = dict[str, Any]
Result = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Setting:
    """How a setting is made, which returns its id and outputs, and unmade; None where it goes with its owner."""

    service: str
    make: Callable[[Client, Inputs], Result]
    unmake: Callable[[Client, str, Inputs], object] | None = None


def of(client: Client, operation: str, inputs: Inputs, renames: dict[str, str], **fixed: Any) -> Any:
    """Return what an operation answers."""
    method = client.meta.method_to_api_mapping[operation]
    shape = client.meta.service_model.operation_model(method).input_shape
    return getattr(client, operation)(**fixed, **parameters(inputs, shape, renames))


def rule(direction: str) -> Setting:
    """Return how a security group rule of a direction (ingress, egress) is made."""

    def make(client: Client, inputs: Inputs) -> Result:
        about = {"Description": inputs["description"]} if "description" in inputs else {}
        permission: Inputs = {"IpProtocol": inputs["ipProtocol"]}
        for wire, name in (("fromPort", "FromPort"), ("toPort", "ToPort")):
            permission |= {name: inputs[wire]} if wire in inputs else {}
        if "referencedSecurityGroupId" in inputs:
            permission["UserIdGroupPairs"] = [{"GroupId": inputs["referencedSecurityGroupId"], **about}]
        if "cidrIpv4" in inputs:
            permission["IpRanges"] = [{"CidrIp": inputs["cidrIpv4"], **about}]
        if "prefixListId" in inputs:
            permission["PrefixListIds"] = [{"PrefixListId": inputs["prefixListId"], **about}]
        authorize = getattr(client, f"authorize_security_group_{direction}")
        made = authorize(GroupId=inputs["securityGroupId"], IpPermissions=[permission])["SecurityGroupRules"]
        return made[0]["SecurityGroupRuleId"], {}

    def unmake(client: Client, identity: str, inputs: Inputs) -> object:
        revoke = getattr(client, f"revoke_security_group_{direction}")
        return revoke(GroupId=inputs["securityGroupId"], SecurityGroupRuleIds=[identity])

    return Setting("ec2", make, unmake)


def default_group(client: Client, inputs: Inputs) -> Result:
    """Empty a VPC's default group, as the provider does."""
    wanted = [{"Name": "vpc-id", "Values": [inputs["vpcId"]]}, {"Name": "group-name", "Values": ["default"]}]
    found = client.describe_security_groups(Filters=wanted)["SecurityGroups"][0]
    client.revoke_security_group_egress(GroupId=found["GroupId"], IpPermissions=found["IpPermissionsEgress"])
    return found["GroupId"], {}


def gateway(client: Client, inputs: Inputs) -> Result:
    """Make an internet gateway and attach it to its VPC."""
    made = client.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    client.attach_internet_gateway(InternetGatewayId=made, VpcId=inputs["vpcId"])
    return made, {}


def remove_gateway(client: Client, identity: str, inputs: Inputs) -> object:
    """Delete an internet gateway, which must not be attached."""
    client.detach_internet_gateway(InternetGatewayId=identity, VpcId=inputs["vpcId"])
    return client.delete_internet_gateway(InternetGatewayId=identity)


def route(client: Client, inputs: Inputs) -> Result:
    """Add a route."""
    of(client, "create_route", inputs, {})
    return f"r-{inputs['routeTableId']}-{inputs['destinationCidrBlock']}", {}


def remove_route(client: Client, _identity: str, inputs: Inputs) -> object:
    """Remove a route."""
    block = inputs["destinationCidrBlock"]
    return client.delete_route(RouteTableId=inputs["routeTableId"], DestinationCidrBlock=block)


def accept(client: Client, inputs: Inputs) -> Result:
    """Accept a peering, whose id is that of its acceptance too."""
    identity = inputs["vpcPeeringConnectionId"]
    client.accept_vpc_peering_connection(VpcPeeringConnectionId=identity)
    return identity, {}


def peering_options(client: Client, inputs: Inputs) -> Result:
    """Say how the names of one end resolve."""
    ends = {end: inputs[end] for end in ("accepter", "requester") if end in inputs}
    options = {
        f"{end.capitalize()}PeeringConnectionOptions": {
            "AllowDnsResolutionFromRemoteVpc": one["allowRemoteVpcDnsResolution"]
        }
        for end, one in ends.items()
    }
    identity = inputs["vpcPeeringConnectionId"]
    client.modify_vpc_peering_connection_options(VpcPeeringConnectionId=identity, **options)
    return identity, {}


def launch_template(client: Client, inputs: Inputs) -> Result:
    """Make a launch template; the name is Pulumi's to give where the program gives none."""
    apart = ("name", "description", "tags", "updateDefaultVersion")
    data = {key: one for key, one in inputs.items() if key not in apart}
    model = client.meta.service_model.operation_model("CreateLaunchTemplate").input_shape
    renames = {"securityGroups": "Groups", "vpcSecurityGroupIds": "SecurityGroupIds"}
    shaped = parameters(data, model.members["LaunchTemplateData"], renames)
    name = inputs.get("name", "template")
    made = client.create_launch_template(LaunchTemplateName=name, LaunchTemplateData=shaped)["LaunchTemplate"]
    return made["LaunchTemplateId"], {"latestVersion": made["LatestVersionNumber"], "name": name}


CONNECTED = {"associatePublicIpAddress", "subnetId", "vpcSecurityGroupIds"}
"""What the provider passes on as an interface where an instance says whether its address is public."""


def instance(client: Client, inputs: Inputs) -> Result:
    """Start an instance, from a launch template or as it is described."""
    tags = [{"Key": key, "Value": text} for key, text in inputs.get("tags", {}).items()]
    specification = [{"ResourceType": "instance", "Tags": tags}] if tags else []
    apart = {"launchTemplate", "rootBlockDevice", "tags", "iamInstanceProfile"}
    apart |= CONNECTED if "associatePublicIpAddress" in inputs else set()
    rest = {key: one for key, one in inputs.items() if key not in apart}
    counted = {"MinCount": 1, "MaxCount": 1, "TagSpecifications": specification}
    fixed = {**_described(inputs), **_connected(inputs), **counted}
    renames = {"ami": "ImageId", "vpcSecurityGroupIds": "SecurityGroupIds"}
    made = of(client, "run_instances", rest, renames, **fixed)["Instances"][0]
    return made["InstanceId"], {"privateIp": made.get("PrivateIpAddress", ""), "subnetId": made.get("SubnetId", "")}


def _described(inputs: Inputs) -> Inputs:
    """Return the template and the root disk of an instance as RunInstances takes them."""
    found: Inputs = {}
    if template := inputs.get("launchTemplate"):
        found["LaunchTemplate"] = {"LaunchTemplateId": template["id"], "Version": str(template["version"])}
    if disk := inputs.get("rootBlockDevice"):
        about = {f"{key[:1].upper()}{key[1:]}": one for key, one in disk.items()}
        found["BlockDeviceMappings"] = [{"DeviceName": "/dev/sda1", "Ebs": about}]
    if identity := inputs.get("iamInstanceProfile"):
        found["IamInstanceProfile"] = {"Name": identity}
    return found


def _connected(inputs: Inputs) -> Inputs:
    """Return the interface of an instance, as which the provider writes whether it has a public address."""
    if "associatePublicIpAddress" not in inputs:
        return {}
    public, subnet, groups = (inputs[key] for key in ("associatePublicIpAddress", "subnetId", "vpcSecurityGroupIds"))
    about = {"DeviceIndex": 0, "AssociatePublicIpAddress": public, "SubnetId": subnet, "Groups": groups}
    return {"NetworkInterfaces": [about]}


def alias(client: Client, inputs: Inputs) -> Result:
    """Name a key."""
    of(client, "create_alias", inputs, {"name": "AliasName"})
    return inputs["name"], {}


def budget(client: Client, inputs: Inputs) -> Result:
    """Make a budget with who is told at which percentage."""
    limit = {"Amount": inputs["limitAmount"], "Unit": inputs["limitUnit"]}
    about = {"BudgetName": inputs["name"], "BudgetType": inputs["budgetType"], "TimeUnit": inputs["timeUnit"]}
    filters = {one["name"]: one["values"] for one in inputs["costFilters"]}
    told = [
        {
            "Notification": {
                f"{key[0].upper()}{key[1:]}": one[key]
                for key in ("notificationType", "comparisonOperator", "threshold", "thresholdType")
            },
            "Subscribers": [{"SubscriptionType": "EMAIL", "Address": to} for to in one["subscriberEmailAddresses"]],
        }
        for one in inputs["notifications"]
    ]
    made = {**about, "BudgetLimit": limit, "CostFilters": filters}
    client.create_budget(AccountId=ACCOUNT, Budget=made, NotificationsWithSubscribers=told)
    return inputs["name"], {}


def remove_budget(client: Client, identity: str, _inputs: Inputs) -> object:
    """Delete a budget."""
    return client.delete_budget(AccountId=ACCOUNT, BudgetName=identity)


def zone(client: Client, inputs: Inputs) -> Result:
    """Make a private zone that the first of its networks sees."""
    vpc = {"VPCRegion": client.meta.region_name, "VPCId": inputs["vpcs"][0]["vpcId"]}
    about = {"Comment": inputs["comment"], "PrivateZone": True}
    made = client.create_hosted_zone(Name=inputs["name"], VPC=vpc, CallerReference="once", HostedZoneConfig=about)
    identity = made["HostedZone"]["Id"].rpartition("/")[2]
    return identity, {"zoneId": identity}


def record(client: Client, inputs: Inputs) -> Result:
    """Add a record to a zone."""
    _change(client, "CREATE", inputs)
    return f"{inputs['zoneId']}_{inputs['name']}_{inputs['type']}", {}


def remove_zone(client: Client, identity: str, _inputs: Inputs) -> object:
    """Delete a zone, which must have no record any more."""
    return client.delete_hosted_zone(Id=identity)


def remove_record(client: Client, _identity: str, inputs: Inputs) -> object:
    """Take a record out of its zone."""
    return _change(client, "DELETE", inputs)


def _change(client: Client, action: str, inputs: Inputs) -> object:
    values = [{"Value": one} for one in inputs["records"]]
    about = {"Name": inputs["name"], "Type": inputs["type"], "TTL": inputs["ttl"], "ResourceRecords": values}
    changes = {"Changes": [{"Action": action, "ResourceRecordSet": about}]}
    return client.change_resource_record_sets(HostedZoneId=inputs["zoneId"], ChangeBatch=changes)


def topic(client: Client, inputs: Inputs) -> Result:
    """Make a topic, encrypted with a key."""
    about = {"DisplayName": inputs["displayName"], "KmsMasterKeyId": inputs["kmsMasterKeyId"]}
    arn = client.create_topic(Name=inputs["name"], Attributes=about)["TopicArn"]
    return arn, {"arn": arn}


def topic_policy(client: Client, inputs: Inputs) -> Result:
    """Say who may publish to a topic."""
    client.set_topic_attributes(TopicArn=inputs["arn"], AttributeName="Policy", AttributeValue=inputs["policy"])
    return inputs["arn"], {}


def profile(client: Client, inputs: Inputs) -> Result:
    """Make an instance profile with its role."""
    name = inputs["name"]
    made = client.create_instance_profile(InstanceProfileName=name)["InstanceProfile"]
    client.add_role_to_instance_profile(InstanceProfileName=name, RoleName=inputs["role"])
    return name, {"arn": made["Arn"]}


def remove_profile(client: Client, identity: str, inputs: Inputs) -> object:
    """Delete an instance profile, which must have no role."""
    client.remove_role_from_instance_profile(InstanceProfileName=identity, RoleName=inputs["role"])
    return client.delete_instance_profile(InstanceProfileName=identity)


def role_policy(client: Client, inputs: Inputs) -> Result:
    """Put a policy into a role; the API checks the policy's grammar."""
    name = inputs.get("name", "policy")
    client.put_role_policy(RoleName=inputs["role"], PolicyName=name, PolicyDocument=inputs["policy"])
    return f"{inputs['role']}:{name}", {"name": name}


def remove_role_policy(client: Client, _identity: str, inputs: Inputs) -> object:
    """Take a policy out of a role."""
    return client.delete_role_policy(RoleName=inputs["role"], PolicyName=inputs.get("name", "policy"))


def attachment(client: Client, inputs: Inputs) -> Result:
    """Attach a managed policy to a role."""
    client.attach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])
    return f"{inputs['role']}-{inputs['policyArn']}", {}


def detach(client: Client, _identity: str, inputs: Inputs) -> object:
    """Detach a managed policy from a role."""
    return client.detach_role_policy(RoleName=inputs["role"], PolicyArn=inputs["policyArn"])


def bucket_setting(operation: str, member: str, renames: dict[str, str], wire: str = "") -> Setting:
    """Return how a setting of a bucket is put: `wire` is the one input that is it, else all but the bucket are."""

    def make(client: Client, inputs: Inputs) -> Result:
        rest = {key: one for key, one in inputs.items() if key != "bucket"}
        given = rest[wire] if wire else rest
        method = client.meta.method_to_api_mapping[operation]
        shape = client.meta.service_model.operation_model(method).input_shape.members[member]
        shaped = given if shape.type_name == "string" else parameters(given, shape, renames)
        getattr(client, operation)(Bucket=inputs["bucket"], **{member: shaped})
        return inputs["bucket"], {}

    return Setting("s3", make)


def file_system_policy(client: Client, inputs: Inputs) -> Result:
    """Put the policy of an EFS file system."""
    client.put_file_system_policy(FileSystemId=inputs["fileSystemId"], Policy=inputs["policy"])
    return inputs["fileSystemId"], {}


def lustre(client: Client, inputs: Inputs) -> Result:
    """Make an FSx for Lustre file system."""
    top = ("storageCapacity", "storageType", "subnetIds", "securityGroupIds", "kmsKeyId", "fileSystemTypeVersion")
    about = {key: one for key, one in inputs.items() if key in top}
    own = {key: one for key, one in inputs.items() if key not in {*top, "tags", "finalBackupTags"}}
    model = client.meta.service_model.operation_model("CreateFileSystem").input_shape
    configuration = parameters(own, model.members["LustreConfiguration"], {})
    made = of(client, "create_file_system", about, {}, FileSystemType="LUSTRE", LustreConfiguration=configuration)
    found = made["FileSystem"]
    outputs = {"dnsName": found.get("DNSName", ""), "arn": found["ResourceARN"]}
    return found["FileSystemId"], outputs


def openzfs(client: Client, inputs: Inputs) -> Result:
    """Make an FSx for OpenZFS file system."""
    top = ("storageCapacity", "storageType", "subnetIds", "securityGroupIds", "kmsKeyId")
    about = {key: one for key, one in inputs.items() if key in top}
    own = {key: one for key, one in inputs.items() if key not in {*top, "tags", "finalBackupTags", "skipFinalBackup"}}
    root = own["rootVolumeConfiguration"]
    own["rootVolumeConfiguration"] = {**root, "nfsExports": [root["nfsExports"]]}
    model = client.meta.service_model.operation_model("CreateFileSystem").input_shape
    configuration = parameters(own, model.members["OpenZFSConfiguration"], {})
    made = of(client, "create_file_system", about, {}, FileSystemType="OPENZFS", OpenZFSConfiguration=configuration)
    found = made["FileSystem"]
    return found["FileSystemId"], {"dnsName": found.get("DNSName", ""), "arn": found["ResourceARN"]}


def remove_fsx(client: Client, identity: str, _inputs: Inputs) -> object:
    """Delete a file system of FSx."""
    return client.delete_file_system(FileSystemId=identity)


def backup_plan(client: Client, inputs: Inputs) -> Result:
    """Make a backup plan, whose API nests it and counts its days apart."""
    shape = client.meta.service_model.operation_model("CreateBackupPlan").input_shape.members["BackupPlan"]
    renames = {"name": "BackupPlanName", "targetVaultName": "TargetBackupVaultName", "schedule": "ScheduleExpression"}
    renames |= {"deleteAfter": "DeleteAfterDays"}
    given = {"name": "backups", **{key: one for key, one in inputs.items() if key != "tags"}}
    made = client.create_backup_plan(BackupPlan=parameters(given, shape, renames))
    return made["BackupPlanId"], {"arn": made["BackupPlanArn"]}


def vault_lock(client: Client, inputs: Inputs) -> Result:
    """Lock a backup vault."""
    of(client, "put_backup_vault_lock_configuration", inputs, {})
    return inputs["backupVaultName"], {}


SETTINGS: dict[str, Setting] = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule("ingress"),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule("egress"),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": Setting("ec2", default_group),
    "aws:ec2/internetGateway:InternetGateway": Setting("ec2", gateway, remove_gateway),
    "aws:ec2/route:Route": Setting("ec2", route, remove_route),
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": Setting("ec2", accept),
    "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions": Setting("ec2", peering_options),
    "aws:ec2/launchTemplate:LaunchTemplate": Setting(
        "ec2", launch_template, lambda client, identity, _: client.delete_launch_template(LaunchTemplateId=identity)
    ),
    "aws:ec2/instance:Instance": Setting(
        "ec2", instance, lambda client, identity, _: client.terminate_instances(InstanceIds=[identity])
    ),
    "aws:kms/alias:Alias": Setting("kms", alias, lambda client, identity, _: client.delete_alias(AliasName=identity)),
    "aws:iam/instanceProfile:InstanceProfile": Setting("iam", profile, remove_profile),
    "aws:iam/rolePolicy:RolePolicy": Setting("iam", role_policy, remove_role_policy),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Setting("iam", attachment, detach),
    "aws:s3/bucketVersioning:BucketVersioning": bucket_setting(
        "put_bucket_versioning", "VersioningConfiguration", {}, "versioningConfiguration"
    ),
    "aws:s3/bucketPolicy:BucketPolicy": bucket_setting("put_bucket_policy", "Policy", {}, "policy"),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bucket_setting(
        "put_public_access_block", "PublicAccessBlockConfiguration", {}
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucket_setting(
        "put_bucket_encryption", "ServerSideEncryptionConfiguration", {"kmsMasterKeyId": "KMSMasterKeyID"}
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bucket_setting(
        "put_bucket_lifecycle_configuration", "LifecycleConfiguration", {}
    ),
    "aws:backup/plan:Plan": Setting(
        "backup", backup_plan, lambda client, identity, _: client.delete_backup_plan(BackupPlanId=identity)
    ),
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": Setting("backup", vault_lock),
    "aws:budgets/budget:Budget": Setting("budgets", budget, remove_budget),
    "aws:route53/zone:Zone": Setting("route53", zone, remove_zone),
    "aws:route53/record:Record": Setting("route53", record, remove_record),
    "aws:sns/topic:Topic": Setting("sns", topic, lambda client, identity, _: client.delete_topic(TopicArn=identity)),
    "aws:sns/topicPolicy:TopicPolicy": Setting("sns", topic_policy),
    "aws:efs/fileSystemPolicy:FileSystemPolicy": Setting("efs", file_system_policy),
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": Setting("fsx", openzfs, remove_fsx),
    "aws:fsx/lustreFileSystem:LustreFileSystem": Setting("fsx", lustre, remove_fsx),
}
"""Resource type -> how it is put."""
