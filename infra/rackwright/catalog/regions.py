"""Regions, their zones and the carbon intensity of their grids."""

from __future__ import annotations

from functools import cache
from typing import cast

from rackwright.catalog.reading import real, rows, words, yes
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """A region. `grid_gco2e_kwh` is the yearly mean of its grid, gCO2e/kWh.

    `zones` are those that sources name. In the oldest AWS regions an account may see other letters (there is an
    ap-northeast-1b and a ca-central-1c for some): a zone that is not listed is unusual there, not wrong.
    `zone_id_prefix` begins the zone ids of an AWS region (use1 of use1-az1), which are the same for every account.
    """

    cloud: Cloud
    name: str
    zones: tuple[str, ...]
    zone_id_prefix: str | None
    grid_gco2e_kwh: float | None
    verified: bool
    sources: tuple[str, ...]


def region(cloud: str, name: str) -> Region | None:
    """Return a region of a cloud."""
    return _regions().get((cloud, name))


def regions(cloud: str | None = None) -> tuple[Region, ...]:
    """Return all regions of one cloud, or of both."""
    return tuple(region for region in _regions().values() if cloud in {None, region.cloud})


@cache
def _regions() -> dict[tuple[str, str], Region]:
    return {(row["cloud"], row["name"]): _region(row) for row in rows("regions")}


def _region(row: dict[str, str]) -> Region:
    return Region(
        cloud=cast("Cloud", row["cloud"]),
        name=row["name"],
        zones=words(row["zones"]),
        zone_id_prefix=row["zone_ids"] or None,
        grid_gco2e_kwh=real(row["grid_gco2e_kwh"]),
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
    )
