"""What a datacenter may draw and does: over its limit, from a grid with more carbon than allowed, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.catalog import region, regions
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.budget import Priced
from rackwright.rules.places import sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.estimate import Power

LIMIT: Path = ("power", "kilowatts")
FOOTPRINT = "https://github.com/cloud-carbon-footprint/cloud-carbon-coefficients"
NAMED = 3
"""How many regions a hint names."""


class OverPower(Rule[Priced]):
    """A datacenter that draws more than it may."""

    problem = Problem(
        "POWER-E101",
        Severity.ERROR,
        "Over the limit of power",
        "The accelerators at their vendor's limit and an estimate of their busy hosts, times what a datacenter adds "
        "for cooling and losses (pue), are more than the limit. What nobody publishes is not in the sum, so that "
        "the truth is more still.",
        "power: {kilowatts: 500}",
        (FOOTPRINT,),
        policy=True,
    )

    def check(self, subject: Priced) -> Iterator[Finding]:
        """Add up what is known."""
        given, found = subject.blueprint.power, _drawn(subject)
        total = sum(one.watts for one in found) / 1000
        if given is None or given.kilowatts is None or total <= given.kilowatts:
            return
        most = max(found, key=lambda one: one.watts)
        least = "at least " if any(one.unknown for one in found) else ""
        message = f"the machines draw {least}{total:,.1f} kW at their limit"
        yield self.problem.at(LIMIT, message, f"{most.stack} draws most of it: {most.watts / 1000:,.1f} kW")


class UnknownPower(Rule[Priced]):
    """A limit of power that may be kept or not: not everything has a number."""

    problem = Problem(
        "POWER-W102",
        Severity.WARNING,
        "Whether the limit of power is kept is not known",
        "For some accelerators no limit of power is published: TPUs, Trainium and Inferentia have none, and that of "
        "some GPUs is set by who runs them. Nothing is guessed.",
        "power: {kilowatts: 500}\nclusters: {train: {machine: p5.48xlarge, nodes: 16}}",
    )

    def check(self, subject: Priced) -> Iterator[Finding]:
        """Look for what has no number, where the rest is within the limit."""
        given, found = subject.blueprint.power, _drawn(subject)
        total = sum(one.watts for one in found) / 1000
        unknown = sorted({name for one in found for name in one.unknown})
        if given and given.kilowatts is not None and total <= given.kilowatts and unknown:
            message = f"{total:,.1f} kW are known, and nobody says what {', '.join(unknown)} draw"
            yield self.problem.at(LIMIT, message)


class TooMuchCarbon(Rule[Blueprint]):
    """A site whose grid has more carbon than the datacenter allows."""

    problem = Problem(
        "POWER-E103",
        Severity.ERROR,
        "A grid with more carbon than allowed",
        "The yearly mean of the region's grid, by the place where power is drawn, is over the limit. Certificates of "
        "the clouds that balance it elsewhere are not in it.",
        "power: {gco2e_per_kwh: 300}\nsites: {eun1: {region: eu-north-1}}",
        (FOOTPRINT,),
        policy=True,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare the grid of each site."""
        most = subject.power.gco2e_per_kwh if subject.power else None
        for at in sites(subject):
            found = region(at.cloud, at.site.region)
            if most is not None and found and found.grid_gco2e_kwh is not None and found.grid_gco2e_kwh > most:
                message = f"the grid of {found.name} has {found.grid_gco2e_kwh:g} gCO2e/kWh, more than {most}"
                yield self.problem.at((*at.path, "region"), message, _within(at.cloud, most))


class UnknownGrid(Rule[Blueprint]):
    """A site of whose grid no source says what it emits, where that is limited."""

    problem = Problem(
        "POWER-W104",
        Severity.WARNING,
        "Whether the grid has more carbon than allowed is not known",
        "The source of the catalog has no number for the grid of this region. Nothing is guessed.",
        "power: {gco2e_per_kwh: 300}\nsites: {eun1: {region: eu-north-1}}",
        (FOOTPRINT,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look for regions without a number; unknown regions are another rule's."""
        limited = subject.power is not None and subject.power.gco2e_per_kwh is not None
        for at in sites(subject):
            found = region(at.cloud, at.site.region)
            if limited and found and found.grid_gco2e_kwh is None:
                message = f"nobody says what the grid of {found.name} emits"
                yield self.problem.at((*at.path, "region"), message)


def _drawn(subject: Priced) -> tuple[Power, ...]:
    """Return what each stack draws, nothing where there is no limit to compare it with."""
    given = subject.blueprint.power
    if given is None or given.kilowatts is None:
        return ()
    from rackwright.estimate import power

    return tuple(power(plan, given.pue) for plan in subject.plans)


def _within(cloud: str, most: int) -> str:
    """Return a hint with the cleanest regions of a cloud, of those within a limit."""
    grids = {one.name: one.grid_gco2e_kwh for one in regions(cloud) if one.grid_gco2e_kwh is not None}
    fit = sorted((name for name, grid in grids.items() if grid <= most), key=lambda name: (grids[name], name))
    named = ", ".join(f"{name} ({grids[name]:g})" for name in fit[:NAMED])
    return f"within it: {named}" if fit else "no region of this cloud is known to be within it"


RULES: tuple[Rule[Blueprint], ...] = (TooMuchCarbon(), UnknownGrid())
PLANNED: tuple[Rule[Priced], ...] = (OverPower(), UnknownPower())
