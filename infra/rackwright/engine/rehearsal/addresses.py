"""Private addresses for simulated hosts: inside their subnet, past what the cloud keeps, each given once."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import StepError

if TYPE_CHECKING:
    from rackwright.engine.provider import Made

RESERVED_AT_START = 4
"""AWS keeps the network address and the next three (Amazon VPC user guide, subnet CIDR blocks)."""


class Addresses:
    """Gives addresses of subnets it has seen."""

    def __init__(self) -> None:
        self._subnets: dict[str, IPv4Network] = {}
        self._given: dict[str, int] = {}

    def of(self, kind: str, made: Made, inputs: dict[str, Any], template: dict[str, Any]) -> dict[str, Any]:
        """Return the address outputs of a new resource: none, unless it is an instance."""
        if kind == "aws:ec2/subnet:Subnet":
            self._subnets[made.id] = IPv4Network(made.outputs["cidrBlock"])
        if kind != "aws:ec2/instance:Instance":
            return {}
        subnet = inputs.get("subnetId") or _first_subnet(template)
        return {"subnetId": subnet, "privateIp": self._next(str(subnet))}

    def _next(self, subnet: str) -> str:
        block = self._subnets.get(subnet)
        if block is None:
            raise StepError(f"an instance needs a subnet; {subnet or 'none'} is not one of this rehearsal")
        number = self._given.get(subnet, RESERVED_AT_START)
        if number >= block.num_addresses - 1:
            raise StepError(f"{subnet} has no free address left")
        self._given[subnet] = number + 1
        return str(block[number])


def _first_subnet(template: dict[str, Any]) -> str:
    interfaces = template.get("networkInterfaces") or [{}]
    return str(interfaces[0].get("subnetId", ""))
