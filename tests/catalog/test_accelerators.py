"""Kinds of chips."""

from __future__ import annotations

from rackwright.catalog import accelerator, accelerators, machines, slice_types


def test_accelerator_says_what_it_draws_and_how_it_is_linked() -> None:
    """H100: 700 W, 18 NVLink links."""
    h100 = accelerator("H100")
    assert h100 is not None
    assert (h100.architecture, h100.tdp_watts, h100.nvlinks, h100.compute_capability) == ("hopper", 700, 18, "9.0")


def test_unknown_power_is_blank() -> None:
    """Where no datasheet states a limit, there is none: T4G is not zero watts."""
    t4g = accelerator("T4G")
    assert t4g is not None
    assert t4g.tdp_watts is None
    assert all(each.tdp_watts is None or each.tdp_watts > 0 for each in accelerators())


def test_every_machine_and_slice_has_a_known_accelerator() -> None:
    """Names agree across files."""
    used = {each.accelerator for each in (*machines(), *slice_types()) if each.accelerator}
    assert {name for name in used if accelerator(name) is None} == set()
