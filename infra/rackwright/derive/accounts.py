"""Where the parts of a plan land: a stack lands in one place, but that of a link in one for each of its ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.plan import List, Lit, Provider, Repeat, StackReference

if TYPE_CHECKING:
    from rackwright.plan import Node, Plan, Value


def by_account(plan: Plan) -> tuple[Plan, ...]:
    """Return a plan as one plan for each place that its providers are bound to: a cloud, an account and a region."""
    places: dict[tuple[str, str, str], set[str]] = {}
    for node in plan.nodes:
        if isinstance(node, Provider):
            places.setdefault(_place(node), set()).add(node.key)
    return (plan,) if len(places) == 1 else tuple(_at(plan, *place, keys) for place, keys in places.items())


def _place(provider: Provider) -> tuple[str, str, str]:
    given = dict(provider.inputs)
    return provider.cloud, _text(given.get("project", given.get("allowed_account_ids"))), _text(given["region"])


def _at(plan: Plan, cloud: str, identity: str, region: str, providers: set[str]) -> Plan:
    nodes = tuple(node for node in plan.nodes if _uses(node, providers))
    return replace(plan, cloud=cloud, region=region, identity=identity, nodes=nodes)


def _text(value: Value | None) -> str:
    """Return a text that is known while planning, or the only one in a list."""
    match value:
        case Lit(scalar):
            return str(scalar)
        case List((Lit(scalar),)):
            return str(scalar)
        case _:
            raise TypeError(f"a provider is bound to {value}")


def _uses(node: Node, providers: set[str]) -> bool:
    """Return whether a node is one of these providers, or asks the cloud through one."""
    match node:
        case Repeat(body=body):
            return any(one.options.provider in providers for one in body)
        case Provider(key=key):
            return key in providers
        case StackReference():
            return False
        case _:
            return node.options.provider in providers
