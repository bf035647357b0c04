"""connect.py: an EC2 Instance Connect Endpoint, through which SSH reaches hosts without an address on the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import Export, args, out
from rackwright.planning.aws.groups import egress, security_group
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.planning.aws.context import AwsStack

SSH = 22


def connect(here: AwsStack) -> Planned:
    """Return the section of the endpoint; one serves every zone of the site."""
    area = here.area("connect", "access")
    group = security_group(area, "connect_group", "connect", f"Instance Connect Endpoint of {here.stack}", here.label)
    hosts = egress(
        area,
        "connect_hosts",
        "connect-hosts",
        group="connect_group",
        why="SSH to the hosts of the site",
        ports=(SSH, SSH),
        target={"cidr_ipv4": here.site.network.cidr},
    )
    endpoint = area.resource(
        "connect_endpoint",
        "ec2transitgateway/instanceConnectEndpoint:InstanceConnectEndpoint",
        "connect",
        args(
            subnet_id=out("private_subnets", row=here.site.network.zones[0]),
            security_group_ids=[out("connect_group")],
            preserve_client_ip=False,
            tags={"Name": here.label},
        ),
        note="IAM decides who may open a tunnel; hosts see the endpoint's own address.",
    )
    return Planned(area.titled("Connect: tunnels to SSH of the hosts, for whom IAM admits"), (group, hosts, endpoint))


def connect_exports(here: AwsStack) -> tuple[Export, ...]:
    """Return what clusters must know of the endpoint, if there is one."""
    if here.site.access.kind != "instance-connect":
        return ()
    return (Export("connect_security_group_id", out("connect_group")),)
