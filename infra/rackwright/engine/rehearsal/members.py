"""Machines that a simulated group has: made when somebody asks for them, and the same whenever asked again.

AWS is asked by the program itself, Google Cloud by whoever looks for hosts: none of its data sources tells addresses.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rackwright.engine.provider import Made
    from rackwright.engine.rehearsal.addresses import Addresses

GROUP = "aws:autoscaling/group:Group"
ASKED = "aws:ec2/getInstances:getInstances"
MANAGED = "gcp:compute/instanceGroupManager:InstanceGroupManager"
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


def labeled(
    resources: Mapping[str, Existing], addresses: Addresses, label: str, value: str
) -> tuple[tuple[str, str], ...]:
    """Return name and address of the machines of every group whose template gives them a label."""
    found: list[tuple[str, str]] = []
    for kind, inputs, made in resources.values():
        if kind == MANAGED:
            _, template, _ = resources[inputs["versions"][0]["instanceTemplate"]]
            if (template.get("labels") or {}).get(label) == value:
                subnet = str(template["networkInterfaces"][0]["subnetwork"])
                given = addresses.members(made.id, subnet, int(inputs["targetSize"]))
                found += [(_name(inputs["baseInstanceName"], made.id, at), one) for at, one in enumerate(given)]
    return tuple(found)


def _name(base: str, group: str, number: int) -> str:
    """Return the name of a member: the group's and four characters, as Compute Engine puts them together."""
    return f"{base}-{hashlib.sha256(f'{group} {number}'.encode()).hexdigest()[:4]}"


def _addresses(made: Made, addresses: Addresses) -> list[str]:
    (subnet,) = made.outputs["vpcZoneIdentifiers"]
    return addresses.members(made.id, str(subnet), int(made.outputs["desiredCapacity"]))
