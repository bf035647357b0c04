"""endpoints.py: S3, Systems Manager and other services without leaving the VPC."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Each, Named, Repeat, args, out, text
from rackwright.planning.aws.groups import ingress, security_group
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

HTTPS = 443
SESSION_SERVICES = ("ssm", "ssmmessages", "ec2messages")
"""What Systems Manager sessions need (AWS Systems Manager user guide, VPC endpoints)."""
CLOSED_SERVICES = ("ec2", "ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sts")
"""What hosts without a way out call: keys, logs, metrics, images, identities (AWS PrivateLink guide, services)."""


def services(here: AwsStack) -> tuple[str, ...]:
    """Return the services that have interface endpoints, each once."""
    given, closed = here.site.network.endpoints, here.site.network.nat == "none"
    sessions = SESSION_SERVICES if here.site.access.kind == "ssm" else ()
    asked = given if given is not None else CLOSED_SERVICES if closed else ()
    return tuple(dict.fromkeys((*sessions, *asked)))


def endpoints(here: AwsStack) -> Planned:
    """Return the endpoints' section."""
    area = here.area("endpoints", "network")
    nodes: list[Node] = [_s3(here, area)]
    if services(here):
        nodes += [*_group(here, area), _services(here, area)]
    return Planned(area.titled(f"Endpoints: {_reached(here)} reached without leaving the VPC"), tuple(nodes))


def _reached(here: AwsStack) -> str:
    """Return what has an endpoint, in words with their verb."""
    more = len(set(services(here)) - set(SESSION_SERVICES))
    others = f"{more} other service{'s' if more > 1 else ''}" if more else ""
    named = ["S3", *(["Systems Manager"] if here.site.access.kind == "ssm" else []), *([others] if others else [])]
    return f"{', '.join(named[:-1])} and {named[-1]} are" if len(named) > 1 else "S3 is"


def _s3(here: AwsStack, area: Area) -> Node:
    return area.resource(
        "s3_endpoint",
        "ec2/vpcEndpoint:VpcEndpoint",
        "s3",
        args(
            vpc_id=out("vpc"),
            service_name=f"com.amazonaws.{here.site.region}.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=Each("private_routes", ("id",), keyed=False),
            tags={"Name": f"{here.label}-s3"},
        ),
    )


def _group(here: AwsStack, area: Area) -> tuple[Node, Node]:
    group = security_group(area, "endpoint_group", "endpoints", f"Interface endpoints of {here.stack}", here.label)
    rule = ingress(
        area,
        "endpoint_https",
        "endpoints-https",
        group="endpoint_group",
        why="HTTPS from inside the VPC",
        ports=(HTTPS, HTTPS),
        source={"cidr_ipv4": here.site.network.cidr},
    )
    return group, rule


def _services(here: AwsStack, area: Area) -> Repeat:
    endpoint = area.resource(
        "service_endpoint",
        "ec2/vpcEndpoint:VpcEndpoint",
        ROW,
        args(
            vpc_id=out("vpc"),
            service_name=text(f"com.amazonaws.{here.site.region}.", ROW),
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=Each("private_subnets", ("id",), keyed=False),
            security_group_ids=[out("endpoint_group")],
            tags={"Name": text(f"{here.label}-", ROW)},
        ),
    )
    return Repeat("services", "service", Named(services(here)), (), (endpoint,), area.section, area.origin)
