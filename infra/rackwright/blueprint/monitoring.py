"""Who is told what goes wrong at a site, and what is watched there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rackwright.blueprint.model import CHANNEL, TOPIC, Email, Model


class Monitoring(Model):
    """Alarms of a site and its clusters."""

    notify: tuple[Email, ...] = Field(default=(), strict=False)
    """E-mail addresses that are told; AWS asks each of them to confirm."""
    watch: tuple[Literal["nodes", "nat", "storage"], ...] = Field(default=("nodes", "nat", "storage"), strict=False)
    """What is watched where the site has it: nodes that fail or stop, NAT that drops, file systems that fill up."""
    full_percent: int = Field(default=85, ge=1, le=99)
    """Percent of a file system in use from which somebody is told."""


class AwsMonitoring(Monitoring):
    """CloudWatch alarms, told through an SNS topic."""

    existing: Annotated[str, StringConstraints(pattern=TOPIC)] | None = None
    """ARN of an SNS topic that stands already, whose policy lets CloudWatch publish; it is never changed."""


class GcpMonitoring(Monitoring):
    """Alert policies of Cloud Monitoring, told through notification channels."""

    existing: Annotated[str, StringConstraints(pattern=CHANNEL)] | None = None
    """Name of a notification channel of the project that stands already."""
