"""Accelerators attached to N1 hosts."""

from __future__ import annotations

from rackwright.catalog import accelerator, attachments, machine


def test_t4_attaches_to_n1() -> None:
    """One T4 on n1-highmem-8, with the price of both."""
    t4 = next(each for each in attachments("gcp", "n1-highmem-8") if each.accelerator == "T4")
    assert (t4.type, t4.count, t4.on_demand_usd_hour) == ("nvidia-tesla-t4", 1, 0.82321)
    assert attachments("aws") == ()


def test_host_and_accelerator_are_known_and_the_price_holds_the_hosts() -> None:
    """Names agree across files; host and accelerator together cost more than the host."""
    for each in attachments():
        host = machine(each.cloud, each.machine)
        assert host is not None
        assert accelerator(each.accelerator) is not None
        assert (each.on_demand_usd_hour or 0) > (host.on_demand_usd_hour or 0)
