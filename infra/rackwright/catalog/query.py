"""Choosing machines: filters and orders for people who look for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.catalog.types import Machine

Order: TypeAlias = Literal["name", "price", "price-per-accelerator", "spot", "accelerators", "memory", "network"]
ORDERS: tuple[Order, ...] = ("name", "price", "price-per-accelerator", "spot", "accelerators", "memory", "network")


@dataclass(frozen=True, slots=True)
class Query:
    """What a machine must be; None or empty asks for nothing.

    `accelerators` are names or families, in any case: `h100`, `A100` (also A100-80GB), `rtx-pro`; `none` for hosts
    without one. Prices are USD an hour: a machine without a price meets no price limit, being unknown.
    """

    clouds: tuple[str, ...] = ()
    accelerators: tuple[str, ...] = ()
    min_accelerators: int | None = None
    min_accelerator_memory_gib: float | None = None
    min_network_gbps: float | None = None
    arch: str | None = None
    fabric: bool | None = None
    max_price: float | None = None
    max_spot: float | None = None
    text: str = ""

    def accepts(self, machine: Machine) -> bool:
        """Return whether a machine is what is asked for."""
        return (
            (not self.clouds or machine.cloud in self.clouds)
            and (not self.accelerators or any(_named(machine.accelerator, name) for name in self.accelerators))
            and (self.arch is None or machine.arch == self.arch)
            and (self.fabric is None or (machine.fabric is not None) == self.fabric)
            and self.text.lower() in machine.name.lower()
            and self._measures_up(machine)
        )

    def _measures_up(self, machine: Machine) -> bool:
        return (
            _at_least(machine.accelerators, self.min_accelerators)
            and _at_least(machine.accelerator_memory_gib, self.min_accelerator_memory_gib)
            and _at_least(machine.network_gbps, self.min_network_gbps)
            and _at_most(machine.on_demand_usd_hour, self.max_price)
            and _at_most(machine.spot_usd_hour, self.max_spot)
        )


def select(machines: Iterable[Machine], query: Query, order: Order = "name") -> tuple[Machine, ...]:
    """Return the machines that a query accepts: cheapest or largest first, unknown last, then by cloud and name."""
    found = sorted((each for each in machines if query.accepts(each)), key=lambda each: (each.cloud, each.name))
    return tuple(sorted(found, key=lambda each: _rank(each, order)))


def _rank(machine: Machine, order: Order) -> tuple[bool, float]:
    value = _measure(machine, order)
    return (value is None, 0.0 if value is None else value)


def _measure(machine: Machine, order: Order) -> float | None:
    match order:
        case "name":
            return 0.0
        case "price":
            return machine.on_demand_usd_hour
        case "price-per-accelerator":
            return price_per_accelerator(machine)
        case "spot":
            return machine.spot_usd_hour
        case "accelerators":
            return -machine.accelerators * machine.accelerator_share
        case "memory":
            return None if machine.memory_gib is None else -machine.memory_gib
        case "network":
            return None if machine.network_gbps is None else -machine.network_gbps


def price_per_accelerator(machine: Machine) -> float | None:
    """Return the on-demand price by whole accelerator (USD an hour), None without a price or an accelerator."""
    if machine.on_demand_usd_hour is None or not machine.accelerators:
        return None
    return machine.on_demand_usd_hour / (machine.accelerators * machine.accelerator_share)


def _named(accelerator: str | None, asked: str) -> bool:
    wanted = asked.lower().removeprefix("nvidia-")
    if accelerator is None:
        return wanted == "none"
    known = accelerator.lower()
    return known == wanted or known.startswith(f"{wanted}-")


def _at_least(value: float | None, bound: float | None) -> bool:
    return bound is None or (value is not None and value >= bound)


def _at_most(value: float | None, bound: float | None) -> bool:
    return bound is None or (value is not None and value <= bound)
