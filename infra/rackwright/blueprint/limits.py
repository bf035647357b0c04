"""Limits that the owners set or were given: what a datacenter may cost and draw, and what the clouds grant."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from rackwright.blueprint.model import Email, Model


class Budget(Model):
    """What a datacenter may cost at list prices."""

    usd_per_month: int = Field(ge=1)
    """USD a month of 730 hours, for all its stacks together."""
    alerts: tuple[Annotated[int, Field(ge=1, le=1000)], ...] = Field(default=(), strict=False)
    """Percent of it that were spent when somebody is told, as [80, 100]; each account and project counts its own."""
    notify: tuple[Email, ...] = Field(default=(), strict=False)
    """E-mail addresses that are told."""


class Power(Model):
    """What machines may draw, and from which grids."""

    kilowatts: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Kilowatts that all machines together may draw at their limit, with what their datacenters add."""
    pue: Annotated[float, Field(ge=1, allow_inf_nan=False)] | None = None
    """What a datacenter draws by what its machines draw; default: the catalog's mean of each cloud."""
    gco2e_per_kwh: Annotated[int, Field(ge=0)] | None = None
    """Grams of CO2 equivalent a kilowatt-hour, as the yearly mean of the grid, that no site's region may exceed."""


Quotas: TypeAlias = dict[str, Annotated[int, Field(ge=0)]]
"""The catalog's code of a quota, or its name where it has no code, to what is granted; in each zone, if per zone."""
