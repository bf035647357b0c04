"""Private addresses for simulated hosts: inside their subnet, past what the cloud keeps, each given once."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

from rackwright.catalog import slice_of_shape, slice_type
from rackwright.diagnostics import StepError

if TYPE_CHECKING:
    from rackwright.engine.provider import Made

RESERVED_AT_START = 4
"""AWS keeps the network address and the next three (Amazon VPC user guide, subnet CIDR blocks); Google keeps two."""
SUBNETS = {"aws:ec2/subnet:Subnet": "cidrBlock", "gcp:compute/subnetwork:Subnetwork": "ipCidrRange"}
"""What is a subnet, and the input that holds its block."""
FILE_SERVERS = IPv4Network("192.0.2.0/24")
"""Filestore takes a range of its own beside the subnets; documentation addresses (RFC 5737) stand for it."""


class Addresses:
    """Gives addresses of subnets it has seen."""

    def __init__(self) -> None:
        self._subnets: dict[str, IPv4Network] = {}
        self._given: dict[str, int] = {}
        self._members: dict[str, list[str]] = {}

    def of(self, kind: str, made: Made, inputs: dict[str, Any], template: dict[str, Any]) -> dict[str, Any]:
        """Return the address outputs of a new resource: none, unless it is a host or a slice of hosts."""
        if kind in SUBNETS:
            self._subnets[made.id] = IPv4Network(inputs[SUBNETS[kind]])
        match kind:
            case "gcp:filestore/instance:Instance":
                address = str(FILE_SERVERS[self._count("filestore", 1)])
                return {"networks": [{**network, "ipAddresses": [address]} for network in inputs["networks"]]}
            case "aws:ec2/instance:Instance":
                subnet = str(inputs.get("subnetId") or _first_subnet(template))
                return {"subnetId": subnet, "privateIp": self._next(subnet)}
            case "gcp:compute/instance:Instance":
                nics = [{**nic, "networkIp": self._next(str(nic["subnetwork"]))} for nic in inputs["networkInterfaces"]]
                return {"networkInterfaces": nics}
            case "gcp:tpu/v2Vm:V2Vm":
                return {"networkEndpoints": self._workers(inputs)}
            case _:
                return {}

    def members(self, group: str, subnet: str, count: int) -> list[str]:
        """Return the addresses of a group's machines, more of them where it has grown."""
        found = self._members.setdefault(group, [])
        found += [self._next(subnet) for _ in range(count - len(found))]
        return found[:count]

    def snapshot(self) -> dict[str, Any]:
        """Return which subnets there are and how far each is used."""
        subnets = {key: str(block) for key, block in self._subnets.items()}
        return {"subnets": subnets, "given": self._given, "members": self._members}

    def restore(self, data: dict[str, Any]) -> None:
        """Take up what a snapshot says."""
        self._subnets = {key: IPv4Network(block) for key, block in data["subnets"].items()}
        self._given = dict(data["given"])
        self._members = dict(data["members"])

    def _workers(self, inputs: dict[str, Any]) -> list[dict[str, Any]]:
        shape, name = inputs.get("acceleratorConfig"), str(inputs.get("acceleratorType"))
        known = slice_of_shape(shape["type"], shape["topology"]) if shape else slice_type(name)
        subnet = str((inputs.get("networkConfig") or {}).get("subnetwork"))
        return [{"ipAddress": self._next(subnet)} for _ in range(known.hosts if known else 0)]

    def _next(self, subnet: str) -> str:
        block = self._subnets.get(subnet)
        if block is None:
            raise StepError(f"an instance needs a subnet; {subnet or 'none'} is not one of this rehearsal")
        number = self._count(subnet, RESERVED_AT_START)
        if number >= block.num_addresses - 1:
            raise StepError(f"{subnet} has no free address left")
        return str(block[number])

    def _count(self, block: str, first: int) -> int:
        """Return the next number of a block, counting from `first`."""
        number = self._given.get(block, first)
        self._given[block] = number + 1
        return number


def _first_subnet(template: dict[str, Any]) -> str:
    interfaces = template.get("networkInterfaces") or [{}]
    return str(interfaces[0].get("subnetId", ""))
