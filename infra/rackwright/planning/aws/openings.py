"""What the links of a site open at the nodes of a cluster: TCP ports, to the block of the other site alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.derive.links import openings
from rackwright.plan import ROW, Column, Named, Repeat, text, value
from rackwright.planning.aws.groups import ingress

if TYPE_CHECKING:
    from rackwright.derive.links import Opening
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack


def opened(here: AwsStack, area: Area) -> tuple[Node, ...]:
    """Return the rules of the nodes' group, one for each port of each link."""
    return tuple(_ports(replace(area, origin=one.path), one) for one in openings(here.blueprint, here.site_name))


def _ports(area: Area, opening: Opening) -> Node:
    name = opening.link.replace("-", "_")
    rule = ingress(
        area,
        f"from_{name}",
        text(f"from-{opening.link}-", ROW),
        group="node_group",
        why=f"Link {opening.link}",
        ports=(Column("port"), Column("port")),
        source={"cidr_ipv4": opening.source},
    )
    over, ports = Named(tuple(map(str, opening.ports))), tuple(map(value, opening.ports))
    return Repeat(f"{name}_ports", "port", over, (("port", ports),), (rule,), area.section, area.origin)
