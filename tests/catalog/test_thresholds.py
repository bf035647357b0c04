"""Thresholds: possible, ordered, sourced."""

from __future__ import annotations

import pytest

from rackwright.catalog import accelerator, machine
from rackwright.catalog.thresholds import Threshold, threshold, thresholds

EVERY = pytest.mark.parametrize("each", thresholds(), ids=lambda each: f"{each.check}:{each.subject}")


def test_accuracy_of_mnist_has_a_gate_and_a_warning_band() -> None:
    """Below 0.97 fails, below 0.985 warns."""
    mnist = threshold("benchmark.accuracy", "mnist")
    assert mnist is not None
    assert (mnist.fail, mnist.warn, mnist.unit, mnist.comparison, mnist.provisional) == (
        0.97, 0.985, "fraction", ">=", False,
    )  # fmt: skip


def test_unknown_subject_has_no_threshold() -> None:
    """What the catalog does not know gives None, so that a check cannot pass by default."""
    assert (threshold("benchmark.accuracy", "cifar"), threshold("no.such.check")) == (None, None)


@EVERY
def test_bounds_are_within_what_is_possible(each: Threshold) -> None:
    """No floor above the physical ceiling; warning and failure are in order."""
    if each.ceiling is not None:
        assert max(each.fail, each.warn or each.fail) <= each.ceiling
    if each.warn is not None:
        assert each.fail < each.warn if each.comparison == ">=" else each.warn < each.fail


@EVERY
def test_subjects_are_things_the_catalog_knows(each: Threshold) -> None:
    """A machine or accelerator with a threshold exists."""
    match each.subject_kind:
        case "machine":
            assert machine("aws", each.subject) or machine("gcp", each.subject)
        case "accelerator":
            assert accelerator(each.subject)
        case "accelerators":
            assert accelerator(each.subject.rpartition("x")[0])
        case "domain":
            assert accelerator(each.subject.partition("-")[0])
        case kind:
            assert kind in {"dataset", "fleet", "host"}


MEASURED = [each for each in thresholds() if each.comparison == ">=" and each.unit != "fraction" and each.ceiling]


@pytest.mark.parametrize("each", MEASURED, ids=lambda each: f"{each.check}:{each.subject}")
def test_a_floor_leaves_room_below_the_ceiling(each: Threshold) -> None:
    """A healthy host never reaches the physical limit: a floor within five percent of it fails everyone."""
    assert each.fail <= 0.95 * (each.ceiling or 0)


def test_what_depends_on_size_and_hosts_says_both() -> None:
    """A bandwidth without message size and number of hosts is not a fact."""
    bandwidths = [each for each in thresholds() if each.check.startswith("nccl.")]
    assert [each for each in bandwidths if not each.size or not each.nodes] == []
    assert {each.nodes for each in thresholds("nccl.all_reduce")} == {1}
    assert all(each.nodes is not None and each.nodes >= 2 for each in thresholds("nccl.all_gather"))


def test_every_threshold_has_a_date_and_ceilings_are_of_measured_rates() -> None:
    """Rates and fractions have a physical ceiling; counts of errors have none."""
    assert [each for each in thresholds() if not each.date] == []
    rates = {"GB/s", "MB/s", "W", "fraction"}
    assert [each for each in thresholds() if each.unit in rates and each.ceiling is None] == []


IN_MACHINES = [each for each in thresholds("nccl.all_gather") if each.subject_kind == "machine"]


@pytest.mark.parametrize("each", IN_MACHINES, ids=lambda each: each.subject)
def test_fabric_floors_share_the_ceiling_of_the_fabric(each: Threshold) -> None:
    """The ceiling of a machine's floor is its fabric's."""
    found = machine("aws", each.subject) or machine("gcp", each.subject)
    assert found is not None
    assert found.fabric is not None
    assert each.ceiling == found.fabric.ceiling_gbs


@pytest.mark.parametrize("each", thresholds("nccl.all_reduce"), ids=lambda each: each.subject)
def test_host_floors_stay_below_what_the_links_carry(each: Threshold) -> None:
    """The ceiling inside a host is links times rate."""
    chip = accelerator(each.subject.rpartition("x")[0])
    assert chip is not None
    assert chip.nvlinks is not None
    assert chip.nvlink_gbs is not None
    assert each.ceiling == pytest.approx(chip.nvlinks * chip.nvlink_gbs, rel=0.001)
