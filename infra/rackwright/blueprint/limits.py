"""Limits that the owners set or were given: what a datacenter may cost, and what the clouds grant."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from rackwright.blueprint.model import Model


class Budget(Model):
    """What a datacenter may cost at list prices."""

    usd_per_month: int = Field(ge=1)
    """USD a month of 730 hours, for all its stacks together."""


Quotas: TypeAlias = dict[str, Annotated[int, Field(ge=0)]]
"""The catalog's code of a quota, or its name where it has no code, to what is granted; in each zone, if per zone."""
