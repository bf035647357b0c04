"""Accelerators attached to N1 hosts."""

from __future__ import annotations

from rackwright.catalog import accelerator, attachables, attached, attachments, machine, quota_demand


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


def test_a_machine_with_accelerators_is_one_thing() -> None:
    """It has them as a machine type would, draws on their quota, and has no price where nobody says one."""
    host = machine("gcp", "n1-standard-8")
    assert host is not None
    found = attached(host, "nvidia-tesla-t4", 4)
    assert found is not None
    demand = quota_demand(found)

    assert (found.accelerator, found.accelerators, found.on_demand_usd_hour) == ("T4", 4, None)
    assert demand is not None
    assert (demand.quota.key, demand.amount) == ("NVIDIA_T4_GPUS", 4)
    assert attached(host, "T4", 3) is None


def test_a_price_is_of_what_can_be_attached() -> None:
    """Every priced pair is one that the machine takes, and its price is that of both."""
    for each in attachments():
        host = machine(each.cloud, each.machine)
        assert host is not None
        fits = [one for one in attachables(each.cloud, host.family) if (one.type, one.count) == (each.type, each.count)]
        found = attached(host, each.accelerator, each.count)
        assert found is not None
        assert len(fits) == 1
        assert (host.vcpus or 0) <= fits[0].most_vcpus
        assert found.on_demand_usd_hour == each.on_demand_usd_hour
