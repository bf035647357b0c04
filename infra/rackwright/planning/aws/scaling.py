"""A group of alike nodes that AWS itself keeps at their number, and how its members are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Concat, Ref, StackOut, Timeouts, args, out

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

SLOW = "30m"
MEMBER = "aws:autoscaling:groupName"
"""The tag that Auto Scaling puts on every machine of a group."""
USE_KEY = [
    "Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext",
    "DescribeKey", "CreateGrant",
]  # fmt: skip


def group(here: AwsStack, area: Area, cluster: MachineCluster, zone: str) -> tuple[Node, ...]:
    """Return the group, the role that starts its machines, and the question who its members are."""
    count = cluster.nodes.left
    made = area.under("nodes").resource(
        "group",
        "autoscaling/group:Group",
        "nodes",
        args(
            launch_template={"id": out("template"), "version": Concat((out("template", "latest_version"),))},
            min_size=count,
            max_size=count,
            desired_capacity=count,
            vpc_zone_identifiers=[StackOut("site", ("private_subnet_ids", zone))],
            service_linked_role_arn=out("scaling_role", "arn"),
            wait_for_capacity_timeout=SLOW,
            tags=[{"key": "Name", "value": here.label, "propagate_at_launch": True}],
        ),
        depends_on=(Ref("scaling_key"),),
        timeouts=Timeouts(delete=SLOW),
    )
    filters: Plain = [{"name": f"tag:{MEMBER}", "values": [out("group", "name")]}]
    members = area.invoke(
        "members",
        "ec2/getInstances:getInstances",
        args(filters=filters, instance_state_names=["running"]),
        note="Auto Scaling tags its machines with the name of their group.",
    )
    return (*_role(here, area), made, members)


def _role(here: AwsStack, area: Area) -> tuple[Node, ...]:
    role = area.resource(
        "scaling_role",
        "iam/serviceLinkedRole:ServiceLinkedRole",
        "nodes",
        args(
            aws_service_name="autoscaling.amazonaws.com",
            custom_suffix=here.label,
            description=f"Starts and replaces the nodes of {here.stack}",
        ),
    )
    grant = area.resource(
        "scaling_key",
        "kms/grant:Grant",
        "nodes",
        args(
            key_id=StackOut("site", ("key_arn",)),
            grantee_principal=out("scaling_role", "arn"),
            operations=[*USE_KEY],
        ),
        note="Without the key of their disks machines would end as soon as Auto Scaling starts them.",
    )
    return role, grant
