"""How people and Ansible reach the hosts of a site."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rackwright.blueprint.model import Cidr, Model


class AwsAccess(Model):
    """SSH through Systems Manager (no open port), or directly from named networks."""

    kind: Literal["ssm", "direct"] = "ssm"
    """`ssm`: sessions through Systems Manager. `direct`: SSH over private routing from `allow_from`."""
    allow_from: tuple[Cidr, ...] = Field(default=(), strict=False)
    """Networks that may open SSH when kind is `direct`."""


class GcpAccess(Model):
    """SSH through Identity-Aware Proxy, or directly from named networks."""

    kind: Literal["iap", "direct"] = "iap"
    """`iap`: tunnels through Identity-Aware Proxy. `direct`: SSH over private routing from `allow_from`."""
    allow_from: tuple[Cidr, ...] = Field(default=(), strict=False)
    """Networks that may open SSH when kind is `direct`."""
