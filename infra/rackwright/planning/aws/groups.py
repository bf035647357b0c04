"""Security groups, and their rules as resources of their own (a rule never moves another)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import args, out, value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.plan import Inputs, Plain, Resource
    from rackwright.planning.area import Area


def security_group(
    area: Area, key: str, name: str, description: str, label: str, *, vpc: Plain = None, note: str = ""
) -> Resource:
    """Return an empty security group in the site's VPC: nothing in, nothing out."""
    return area.resource(
        key,
        "ec2/securityGroup:SecurityGroup",
        name,
        args(
            description=description,
            vpc_id=out("vpc") if vpc is None else vpc,
            tags={"Name": label if vpc is not None else f"{label}-{name}"},
        ),
        note=note,
    )


def ingress(
    area: Area,
    key: str,
    name: Plain,
    *,
    group: str,
    why: str,
    ports: tuple[Plain, Plain] | None,
    source: Mapping[str, Plain],
    note: str = "",
) -> Resource:
    """Return a rule that admits TCP `ports` (None: everything) from `source`."""
    kind = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    return area.resource(key, kind, name, _rule(group, why, ports, source), note=note)


def egress(
    area: Area,
    key: str,
    name: Plain,
    *,
    group: str,
    why: str,
    ports: tuple[Plain, Plain] | None,
    target: Mapping[str, Plain],
    note: str = "",
) -> Resource:
    """Return a rule that lets TCP `ports` (None: everything) out to `target`."""
    kind = "vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    return area.resource(key, kind, name, _rule(group, why, ports, target), note=note)


def _rule(group: str, why: str, ports: tuple[Plain, Plain] | None, peer: Mapping[str, Plain]) -> Inputs:
    first, last = ports or (None, None)
    return args(
        security_group_id=out(group),
        description=value(why),
        ip_protocol="tcp" if ports else "-1",
        from_port=first,
        to_port=last,
        **peer,
    )
