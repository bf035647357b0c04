"""What a plan's accelerators draw at their limit, and the carbon that means in its region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import SliceType, accelerator, region
from rackwright.diagnostics.record import dataclass
from rackwright.estimate.bought import bought, known
from rackwright.estimate.cost import HOURS_PER_MONTH

if TYPE_CHECKING:
    from rackwright.catalog import Machine
    from rackwright.estimate.bought import Bought
    from rackwright.plan import Plan


@dataclass(frozen=True, slots=True)
class Draw:
    """`count` accelerators of one kind, `watts` in sum at the vendor's limit (None: no source says it)."""

    resource: str
    accelerator: str
    count: int
    watts: float | None


@dataclass(frozen=True, slots=True)
class Power:
    """The accelerators of one stack; hosts, network and cooling are not in it.

    `watts` sums the known draws: a lower bound where `unknown` is not empty.
    """

    stack: str
    draws: tuple[Draw, ...]
    grid_gco2e_kwh: float | None

    @property
    def watts(self) -> float:
        """Watts of all accelerators whose limit is known."""
        return sum(draw.watts for draw in self.draws if draw.watts is not None)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Accelerators whose limit no source says."""
        return tuple(dict.fromkeys(draw.accelerator for draw in self.draws if draw.watts is None))

    @property
    def kwh_month(self) -> float:
        """Energy of a month of 730 hours at the limit, kWh."""
        return self.watts * HOURS_PER_MONTH / 1000

    @property
    def kgco2e_month(self) -> float | None:
        """Carbon of a month at the limit, kgCO2e by the grid's yearly mean; None where the grid is not known."""
        return None if self.grid_gco2e_kwh is None else self.kwh_month * self.grid_gco2e_kwh / 1000


def power(plan: Plan) -> Power:
    """Return what the accelerators of a plan draw, from its compact form."""
    place = region(plan.cloud, plan.region)
    draws = (_draw(one, known(plan.cloud, one)) for one in bought(plan))
    grid = None if place is None else place.grid_gco2e_kwh
    return Power(plan.stack, tuple(draw for draw in draws if draw is not None), grid)


def _draw(one: Bought, fact: Machine | SliceType | None) -> Draw | None:
    if fact is None or fact.accelerator is None:
        return None
    per_host, share = (fact.chips, 1.0) if isinstance(fact, SliceType) else (fact.accelerators, fact.accelerator_share)
    count = per_host * one.count
    chip = accelerator(fact.accelerator)
    limit = None if chip is None else chip.tdp_watts
    return Draw(one.resource, fact.accelerator, count, None if limit is None else limit * count * share)
