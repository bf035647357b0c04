"""What a plan's machines draw at their limit, what the datacenter adds, and the carbon that means in its region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import SliceType, accelerator, region
from rackwright.catalog.power import host_watts, power_factors
from rackwright.diagnostics.record import dataclass
from rackwright.estimate.bought import bought, known
from rackwright.estimate.cost import HOURS_PER_MONTH

if TYPE_CHECKING:
    from rackwright.catalog import Machine
    from rackwright.estimate.bought import Bought
    from rackwright.plan import Plan


@dataclass(frozen=True, slots=True)
class Draw:
    """What is bought of one type, in watts: its accelerators at the vendor's limit, and an estimate of busy hosts.

    None where nobody publishes a number; `unknown` names what it is of.
    """

    resource: str
    item: str
    accelerator_watts: float | None
    host_watts: float | None
    unknown: tuple[str, ...]

    @property
    def watts(self) -> float:
        """What is known of it, in sum."""
        return (self.accelerator_watts or 0) + (self.host_watts or 0)


@dataclass(frozen=True, slots=True)
class Power:
    """The machines of one stack; disks, network and services of the cloud are not in it.

    `pue` is what the datacenter draws by what its machines draw. Sums are a lower bound where `unknown` is not empty.
    """

    stack: str
    draws: tuple[Draw, ...]
    pue: float
    grid_gco2e_kwh: float | None

    @property
    def watts(self) -> float:
        """Watts of all machines at their limit, with what the datacenter adds."""
        return sum(draw.watts for draw in self.draws) * self.pue

    @property
    def unknown(self) -> tuple[str, ...]:
        """Accelerators and machines of which nobody says what they draw."""
        return tuple(dict.fromkeys(name for draw in self.draws for name in draw.unknown))

    @property
    def kwh_month(self) -> float:
        """Energy of a month of 730 hours at the limit, kWh."""
        return self.watts * HOURS_PER_MONTH / 1000

    @property
    def kgco2e_month(self) -> float | None:
        """Carbon of a month at the limit, kgCO2e by the grid's yearly mean; None where the grid is not known."""
        return None if self.grid_gco2e_kwh is None else self.kwh_month * self.grid_gco2e_kwh / 1000


def power(plan: Plan, pue: float | None = None) -> Power:
    """Return what a plan draws, from its compact form; `pue` is the catalog's mean of its cloud where none is given."""
    place, factors = region(plan.cloud, plan.region), power_factors(plan.cloud)
    draws = tuple(_draw(one, known(plan.cloud, one)) for one in bought(plan))
    mean = factors.pue if factors else 1.0
    return Power(plan.stack, draws, mean if pue is None else pue, None if place is None else place.grid_gco2e_kwh)


def _draw(one: Bought, fact: Machine | SliceType | None) -> Draw:
    if fact is None:
        return Draw(one.resource, one.name, None, None, (one.name,))
    hosts = fact.hosts if isinstance(fact, SliceType) else 1
    chips, host = _accelerators(fact), host_watts(fact)
    parts = ((chips, fact.accelerator or ""), (host, f"hosts of {one.name}"))
    return Draw(
        one.resource,
        one.name,
        None if chips is None else chips * one.count,
        None if host is None else host * hosts * one.count,
        tuple(name for watts, name in parts if watts is None),
    )


def _accelerators(fact: Machine | SliceType) -> float | None:
    """Return the watts of the accelerators of one machine or slice at the vendor's limit."""
    if fact.accelerator is None:
        return 0
    chip = accelerator(fact.accelerator)
    number = fact.chips if isinstance(fact, SliceType) else fact.accelerators * fact.accelerator_share
    return None if chip is None or chip.tdp_watts is None else chip.tdp_watts * number
