"""Plans of blueprints given as data, and what their expansion asks a cloud for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rackwright.blueprint import Blueprint
from rackwright.plan import Options, Plan, Resource, StackReference, Value, expand
from rackwright.planning import plan_datacenter
from rackwright.rules.inputs import known, texts

Data = dict[str, Any]
SITE: dict[str, Data] = {
    "aws": {
        "cloud": "aws",
        "account": "111122223333",
        "region": "us-east-1",
        "network": {"cidr": "10.40.0.0/16", "zones": ["us-east-1a", "us-east-1b", "us-east-1c"]},
    },
    "gcp": {
        "cloud": "gcp",
        "project": "acme-ai-prod",
        "region": "us-central1",
        "network": {"cidr": "10.80.0.0/16", "zones": ["us-central1-a", "us-central1-b"]},
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One resource of an expansion: its name, what is known of its inputs, its raw inputs and options."""

    kind: str
    name: str
    inputs: Data
    values: dict[str, Value]
    options: Options


def planned(data: Data) -> tuple[Plan, ...]:
    """Return the plans of a whole blueprint."""
    return plan_datacenter(Blueprint.model_validate(data))


def site_plans(cloud: str, **changes: Any) -> tuple[Plan, ...]:
    """Return the plans of a blueprint with one site `one`; keys of its network may be given as `network`."""
    site = {**SITE[cloud], **changes, "network": {**SITE[cloud]["network"], **changes.get("network", {})}}
    owner = {"team": "ml-platform", "cost_center": "4711"}
    return planned({"blueprint": 1, "name": "dc", "owner": owner, "sites": {"one": site}})


def asked(plan: Plan, kind: str = "") -> list[Asked]:
    """Return the resources of a plan whose type ends in `kind`, in the order of the program."""
    return [
        Asked(
            node.type,
            texts(node.name, None)[0],
            {key: known(one) for key, one in node.inputs},
            dict(node.inputs),
            node.options,
        )
        for _, node in expand(plan)
        if isinstance(node, Resource) and node.type.endswith(kind)
    ]


def references(plan: Plan) -> list[str]:
    """Return the names of the stacks that a plan reads."""
    return [node.stack for node, _ in plan.singles() if isinstance(node, StackReference)]


def policy(options: Options) -> str:
    """Return the deletion policy that resource options stand for."""
    return {(True, False): "protect", (False, True): "retain", (False, False): "delete"}[
        options.protect, options.retain_on_delete
    ]
