"""What a blueprint overrides of a plan, as a last resort, made in the resources that are planned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.derive.overrides import KEY, Said, overridden
from rackwright.plan import Repeat, Resource

if TYPE_CHECKING:
    from rackwright.diagnostics import Path
    from rackwright.plan import Node, Plan


def with_overrides(plan: Plan, said: Said, origin: Path) -> Plan:
    """Return a plan with the arguments that are overridden; `origin` is the site or cluster that says so."""
    return replace(plan, nodes=tuple(_node(node, said, (*origin, KEY)) for node in plan.nodes))


def _node(node: Node, said: Said, origin: Path) -> Node:
    match node:
        case Repeat():
            body = tuple(_resource(one, said, origin) if isinstance(one, Resource) else one for one in node.body)
            return replace(node, body=body)
        case Resource():
            return _resource(node, said, origin)
        case _:
            return node


def _resource(resource: Resource, said: Said, origin: Path) -> Resource:
    return overridden(resource, said[resource.key], (*origin, resource.key)) if resource.key in said else resource
