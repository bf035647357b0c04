"""Power of hosts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rackwright.catalog import machine, machines
from rackwright.catalog.power import host_watts, power_factors


def test_host_watts_are_vcpus_and_memory() -> None:
    """192 vCPUs at 3.5 W and 2048 GiB at 0.392 W."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    assert host_watts(p5) == pytest.approx(192 * 3.5 + 2048 * 0.392)


def test_unknown_size_has_no_estimate() -> None:
    """A host of unknown size draws an unknown amount, not nothing."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    assert host_watts(replace(p5, vcpus=None)) is None
    assert power_factors("azure") is None


def test_hosts_draw_between_a_watt_and_four_kilowatts() -> None:
    """An estimate outside that is a wrong unit."""
    known = [watts for each in machines() if (watts := host_watts(each)) is not None]
    assert len(known) > 290
    assert all(1 < watts < 4000 for watts in known)
