"""Nodes: 4 x p5.48xlarge in us-east-1a, EFA on 32 network cards (blueprint.yaml:22)."""

import pulumi
import pulumi_aws as aws

import access
import account
import site_stack

# The alias is resolved when the stack is created and exported; running nodes keep what they have.
image = aws.ssm.get_parameter_output(
    name="/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-24.04/latest/ami-id",
    opts=pulumi.InvokeOptions(provider=account.provider),
)

# Card 0 carries IP; every card carries EFA. EFA-only interfaces take no address.
template = aws.ec2.LaunchTemplate(
    "nodes",
    description="Nodes of aurora.use1.train",
    image_id=image.insecure_value,
    instance_type="p5.48xlarge",
    iam_instance_profile={"arn": access.node_profile.arn},
    metadata_options={
        "http_endpoint": "enabled",
        "http_tokens": "required",
        "http_put_response_hop_limit": 1,
        "instance_metadata_tags": "enabled",
    },
    block_device_mappings=[
        {
            "device_name": "/dev/sda1",
            "ebs": {
                "volume_type": "gp3",
                "volume_size": 500,
                "encrypted": "true",
                "kms_key_id": site_stack.site.require_output("key_arn"),
                "delete_on_termination": "true",
            },
        }
    ],
    network_interfaces=[
        {
            "network_card_index": 0,
            "device_index": 0,
            "interface_type": "interface",
            "subnet_id": site_stack.site.require_output("private_subnet_ids")["us-east-1a"],
            "security_groups": [
                access.node_group.id,
                site_stack.site.require_output("storage_clients_security_group_id"),
            ],
            "delete_on_termination": "true",
        },
        {
            "network_card_index": 0,
            "device_index": 1,
            "interface_type": "efa-only",
            "subnet_id": site_stack.site.require_output("private_subnet_ids")["us-east-1a"],
            "security_groups": [access.node_group.id],
            "delete_on_termination": "true",
        },
        *[
            aws.ec2.LaunchTemplateNetworkInterfaceArgs(
                network_card_index=card,
                device_index=0,
                interface_type="efa-only",
                subnet_id=site_stack.site.require_output("private_subnet_ids")["us-east-1a"],
                security_groups=[access.node_group.id],
                delete_on_termination="true",
            )
            for card in range(1, 32)
        ],
    ],
    placement={"availability_zone": "us-east-1a"},
    capacity_reservation_specification={
        "capacity_reservation_target": {"capacity_reservation_id": "cr-0123456789abcdef0"}
    },
    tag_specifications=[
        {
            "resource_type": "volume",
            "tags": {
                "rackwright:datacenter": "aurora",
                "rackwright:site": "use1",
                "rackwright:cluster": "train",
                "rackwright:environment": "prod",
                "rackwright:team": "ml-platform",
                "rackwright:cost-center": "4711",
            },
        },
        {
            "resource_type": "network-interface",
            "tags": {
                "rackwright:datacenter": "aurora",
                "rackwright:site": "use1",
                "rackwright:cluster": "train",
                "rackwright:environment": "prod",
                "rackwright:team": "ml-platform",
                "rackwright:cost-center": "4711",
            },
        },
    ],
    opts=pulumi.ResourceOptions(provider=account.provider, ignore_changes=["image_id"]),
)

NODES = [f"train-{number}" for number in range(4)]
instances: dict[str, aws.ec2.Instance] = {}
for node in NODES:
    instances[node] = aws.ec2.Instance(
        node,
        launch_template={
            "id": template.id,
            "version": pulumi.Output.format("{}", template.latest_version),
        },
        tags={"Name": f"aurora-use1-{node}"},
        opts=pulumi.ResourceOptions(
            provider=account.provider,
            custom_timeouts=pulumi.CustomTimeouts(create="30m", delete="30m"),
        ),
    )
