"""Machines that a simulated group has: made when somebody asks for them, and the same whenever asked again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.engine.provider import Made
    from rackwright.engine.rehearsal.addresses import Addresses

GROUP = "aws:autoscaling/group:Group"
ASKED = "aws:ec2/getInstances:getInstances"
LABEL = "tag:aws:autoscaling:groupName"
Existing: TypeAlias = tuple[str, dict[str, Any], "Made"]


def instances(resources: Iterable[Existing], addresses: Addresses, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the ids and addresses of the machines of all groups whose name the filters admit."""
    filters = arguments.get("filters") or []
    named = {name for one in filters if one["name"] == LABEL for name in one["values"]}
    groups = [made for kind, _, made in resources if kind == GROUP and made.outputs["name"] in named]
    found = [
        (f"i-{hashlib.sha256(f'{one.id} {number}'.encode()).hexdigest()[:17]}", address)
        for one in groups
        for number, address in enumerate(_addresses(one, addresses))
    ]
    return {"ids": [identity for identity, _ in found], "privateIps": [address for _, address in found]}


def _addresses(made: Made, addresses: Addresses) -> list[str]:
    (subnet,) = made.outputs["vpcZoneIdentifiers"]
    return addresses.members(made.id, str(subnet), int(made.outputs["desiredCapacity"]))
