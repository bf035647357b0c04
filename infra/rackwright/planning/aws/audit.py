"""audit.py: flow logs of the VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Json, args, out, value
from rackwright.planning.aws import policies
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

FINEST_SECONDS = 60
"""The finest aggregation that flow logs have."""


def audit(here: AwsStack) -> Planned:
    """Return the audit's section."""
    area = here.area("audit", "network", "flow_logs")
    nodes = (_group(here, area), *_role(here, area), _flow_log(area))
    days = here.site.network.flow_log_days
    kept = "kept one day" if days == 1 else f"kept {days} days"
    return Planned(area.titled(f"Audit: flow logs of the VPC, encrypted, {kept}"), nodes)


def _group(here: AwsStack, area: Area) -> Node:
    return area.resource(
        "flow_logs",
        "cloudwatch/logGroup:LogGroup",
        "flow",
        args(
            name=f"/rackwright/{here.stack}/flow",
            retention_in_days=here.site.network.flow_log_days,
            kms_key_id=out("site_key", "arn"),
        ),
    )


def _role(here: AwsStack, area: Area) -> tuple[Node, Node]:
    from_here = {"StringEquals": {"aws:SourceAccount": here.site.account}}
    return (
        area.resource(
            "flow_role",
            "iam/role:Role",
            "flow-logs",
            args(
                description="Lets the VPC write its flow logs",
                assume_role_policy=Json(value(policies.assumed_by("vpc-flow-logs.amazonaws.com", from_here))),
                permissions_boundary=here.site.security.permissions_boundary,
            ),
        ),
        area.resource(
            "flow_policy",
            "iam/rolePolicy:RolePolicy",
            "flow-logs",
            args(role=out("flow_role"), policy=Json(value(policies.write_logs("flow_logs")))),
        ),
    )


def _flow_log(area: Area) -> Node:
    return area.resource(
        "vpc_flow_log",
        "ec2/flowLog:FlowLog",
        "vpc",
        args(
            vpc_id=out("vpc"),
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=out("flow_logs", "arn"),
            iam_role_arn=out("flow_role", "arn"),
            max_aggregation_interval=FINEST_SECONDS,
        ),
    )
