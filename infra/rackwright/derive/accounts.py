"""Where the parts of a plan land: a stack has one provider, but that of a link one for each of its ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.plan import List, Lit, Provider, Repeat, StackReference

if TYPE_CHECKING:
    from rackwright.plan import Node, Plan, Value


def by_account(plan: Plan) -> tuple[Plan, ...]:
    """Return a plan as one plan for each provider, with the cloud, the region and the account that it is bound to."""
    providers = [node for node in plan.nodes if isinstance(node, Provider)]
    return (plan,) if len(providers) == 1 else tuple(_through(plan, one) for one in providers)


def _through(plan: Plan, provider: Provider) -> Plan:
    given = dict(provider.inputs)
    identity = _text(given.get("project", given.get("allowed_account_ids")))
    nodes = tuple(node for node in plan.nodes if _uses(node, provider.key))
    return replace(plan, cloud=provider.cloud, region=_text(given["region"]), identity=identity, nodes=nodes)


def _text(value: Value | None) -> str:
    """Return a text that is known while planning, or the only one in a list."""
    match value:
        case Lit(scalar):
            return str(scalar)
        case List((Lit(scalar),)):
            return str(scalar)
        case _:
            raise TypeError(f"a provider is bound to {value}")


def _uses(node: Node, provider: str) -> bool:
    """Return whether a node is a provider, or asks the cloud through it."""
    match node:
        case Repeat(body=body):
            return any(one.options.provider == provider for one in body)
        case Provider(key=key):
            return key == provider
        case StackReference():
            return False
        case _:
            return node.options.provider == provider
