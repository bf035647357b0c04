"""What machines draw: accelerators at their limit, an estimate of their hosts, and what a datacenter adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.planning.plans import site_plans

from rackwright.catalog import machine, region, slice_type
from rackwright.catalog.power import host_watts, power_factors
from rackwright.estimate import power

if TYPE_CHECKING:
    from rackwright.estimate import Power


def drawn(cloud: str, cluster: dict[str, Any], pue: float | None = None) -> Power:
    """Return what a cluster's stack draws."""
    return power(site_plans(cloud, storage={}, clusters={"train": cluster})[1], pue)


def test_machines_draw_accelerators_and_hosts_times_what_a_datacenter_adds() -> None:
    """Four machines with eight H100 of 700 W each, by AWS's mean and by one's own."""
    host, factors = machine("aws", "p5.48xlarge"), power_factors("aws")
    assert host is not None
    assert factors is not None
    of_host = host_watts(host)
    assert of_host is not None
    machines = 4 * (8 * 700 + of_host)
    given = {"machine": "p5.48xlarge", "nodes": 4}
    assert drawn("aws", given).watts == pytest.approx(machines * factors.pue)
    assert drawn("aws", given, 1.5).watts == pytest.approx(machines * 1.5)


def test_machines_without_accelerators_draw_what_their_hosts_do() -> None:
    """Nothing of them is unknown."""
    found = drawn("aws", {"machine": "m7i.large", "nodes": 10}, 1)
    assert found.watts == pytest.approx(10 * (2 * 3.5 + 8 * 0.392))
    assert found.unknown == ()


def test_a_slice_has_as_many_hosts_as_it_has() -> None:
    """Of its chips nobody says what they draw, which is said; its hosts are a lower bound."""
    of_host, known = host_watts(slice_type("v6e-16")), slice_type("v6e-16")  # type: ignore[arg-type]
    assert known is not None
    assert of_host is not None
    found = drawn("gcp", {"accelerator": "v6e-16", "slices": 2}, 1)
    assert found.unknown == ("TPU-v6e",)
    assert found.watts == pytest.approx(2 * known.hosts * of_host)


def test_carbon_is_energy_times_the_mean_of_the_grid() -> None:
    """A month has 730 hours."""
    found = drawn("aws", {"machine": "p5.48xlarge", "nodes": 1}, 1)
    grid = region("aws", "us-east-1")
    assert grid is not None
    assert grid.grid_gco2e_kwh is not None
    assert found.kgco2e_month == pytest.approx(found.watts * 0.73 * grid.grid_gco2e_kwh / 1000)
