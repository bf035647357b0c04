"""The network of a site."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rackwright.blueprint.model import Cidr, Model


class Network(Model):
    """One VPC with a private subnet in every zone."""

    cidr: Cidr
    """Addresses of the whole site, IPv4. Subnets are cut from it."""
    zones: tuple[str, ...] = Field(min_length=1, strict=False)
    """Zones (AWS: availability zones; GCP: zones) with a subnet. Their order never matters to names."""
    nat: Literal["none", "single", "per-zone"] = "single"
    """How private hosts reach the internet: not at all, through one gateway, or through one gateway a zone."""
    flow_logs: bool = True
    """Record accepted and refused connections."""
