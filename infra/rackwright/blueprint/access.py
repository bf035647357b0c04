"""How people and Ansible reach the hosts of a site."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rackwright.blueprint.model import Cidr, Model
from rackwright.blueprint.network import SubnetId


class Access(Model):
    """What both clouds have of the way to hosts."""

    allow_from: tuple[Cidr, ...] = Field(default=(), strict=False)
    """Networks that may open SSH: to the bastion, or to the hosts when kind is `direct`."""
    machine: str | None = None
    """The bastion's machine type; default: t4g.micro on AWS, e2-micro on GCP."""
    image: str | None = None
    """The bastion's image, an alias of the catalog or an image id of the cloud; default: ubuntu-24.04."""


class AwsAccess(Access):
    """SSH through Systems Manager or EC2 Instance Connect (no open port), through a bastion, or from named networks."""

    kind: Literal["ssm", "instance-connect", "bastion", "direct"] = "ssm"
    """`ssm`: sessions through Systems Manager. `instance-connect`: tunnels through an EC2 Instance Connect Endpoint.
    `bastion`: SSH through one small machine with a public address.
    `direct`: SSH over private routing from `allow_from`."""
    subnet: SubnetId | None = None
    """The public subnet for the bastion, in a VPC that stands already."""


class GcpAccess(Access):
    """SSH through Identity-Aware Proxy, through a bastion, or directly from named networks."""

    kind: Literal["iap", "bastion", "direct"] = "iap"
    """`iap`: tunnels through Identity-Aware Proxy. `bastion`: SSH through one small machine with a public address.
    `direct`: SSH over private routing from `allow_from`."""
