"""What the benchmark's figures mean: floors with their source, stragglers among alike hosts, never a guess."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.evidence import DIGITS, SILENT, host, result

from rackwright.checks.benchmark import accuracy, speeds
from rackwright.checks.outcome import State


@pytest.mark.parametrize(("measured", "state"), [(0.991, State.PASS), (0.5, State.FAIL)])
def test_accuracy_is_held_to_the_floor_of_the_catalog(measured: float, state: State) -> None:
    """Where the blueprint says nothing, the catalog's threshold and its source decide."""
    found = accuracy(host(benchmark=result(measured)))

    assert (found.state, found.measured) == (state, f"{measured:.4f}")
    assert found.source.startswith("catalog: ")


def test_accuracy_is_held_to_the_floor_of_the_blueprint_first() -> None:
    """What the blueprint asks replaces the catalog's threshold."""
    asked = replace(DIGITS, accuracy=0.995)
    found = accuracy(host(validation=asked, benchmark=result(0.991)))

    assert (found.state, found.expected, found.source) == (State.FAIL, ">= 0.995", "the blueprint")
    assert found.next_step == "measure again"


def test_a_result_of_another_data_set_is_no_measurement() -> None:
    """Accuracy on the digits says nothing of MNIST."""
    found = accuracy(host(validation=replace(DIGITS, dataset="mnist")))

    assert (found.state, found.reason) == (State.NOT_MEASURED, "the result is of digits, asked was mnist")


def test_synthetic_data_and_silence_are_no_measurement() -> None:
    """Neither noise nor a host without a result has an accuracy; both block."""
    noise = accuracy(host(validation=replace(DIGITS, dataset="synthetic"), benchmark=result(None, dataset="synthetic")))
    silent = accuracy(host(benchmark=SILENT))

    assert (noise.state, noise.healthy) == (State.NOT_MEASURED, False)
    assert (silent.state, silent.healthy, silent.reason) == (State.NOT_MEASURED, False, SILENT.reason)


@pytest.mark.parametrize(("speed", "state"), [(4000.0, State.PASS), (2000.0, State.FAIL)])
def test_a_slow_host_among_alike_ones_fails_by_name(speed: float, state: State) -> None:
    """Hosts of an account are compared with their median, and a straggler keeps the cluster from READY."""
    fleet = [host("train-0"), host("train-1"), host("train-2", benchmark=result(speed=speed))]
    found = {one.host: one for one in speeds(fleet)}

    assert (found["train-0"].state, found["train-1"].state) == (State.PASS, State.PASS)
    assert (found["train-2"].state, found["train-2"].healthy) == (state, state is State.PASS)


def test_a_slow_host_of_a_rehearsal_is_a_warning_with_the_reason() -> None:
    """Hosts that share one machine are compared, but their speeds neither fail nor decide."""
    fleet = [host(f"train-{n}", shares_machine=True, benchmark=result(speed=s)) for n, s in enumerate((900, 1000, 500))]
    fast, _, slow = speeds(fleet)

    assert (fast.state, slow.state) == (State.PASS, State.WARN)
    assert "share one machine" in slow.reason
    assert (slow.required, slow.healthy, slow.next_step) == (False, True, "")


def test_a_host_without_a_speed_blocks_whatever_the_others_do() -> None:
    """Among compared hosts a silent one is NOT_MEASURED, in a rehearsal too."""
    fleet = [host(f"train-{n}", shares_machine=True) for n in range(2)]
    *_, silent = speeds([*fleet, host("train-2", benchmark=SILENT, shares_machine=True)])

    assert (silent.state, silent.healthy, silent.reason) == (State.NOT_MEASURED, False, SILENT.reason)


def test_one_host_alone_is_measured_and_not_compared() -> None:
    """A median of one says nothing."""
    measured, silent = speeds([host()])[0], speeds([host(benchmark=SILENT)])[0]

    assert (measured.check, measured.state) == ("benchmark.speed", State.PASS)
    assert measured.reason == "measured; nothing to compare with"
    assert silent.state is State.NOT_MEASURED
