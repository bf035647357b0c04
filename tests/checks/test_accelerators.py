"""Accelerators are counted and named as the machine type has them; what was simulated says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.checks.evidence import SILENT, host, node

from rackwright.checks.accelerators import accelerator_count
from rackwright.checks.outcome import State
from rackwright.plan import Expectation

if TYPE_CHECKING:
    from rackwright.checks.measured import Node, Nothing


@pytest.mark.parametrize(
    ("found", "state", "reason"),
    [
        (node("NVIDIA L4", "NVIDIA L4"), State.PASS, "every device answers"),
        (node("NVIDIA L4"), State.FAIL, "the host does not have what its machine type has"),
        (node("NVIDIA L4", "NVIDIA L40S"), State.FAIL, "the host does not have what its machine type has"),
        (node(), State.FAIL, "the host does not have what its machine type has"),
        (node(answers=False), State.NOT_MEASURED, "no driver answered on the host"),
        (SILENT, State.NOT_MEASURED, SILENT.reason),
    ],
)
def test_every_device_must_answer_by_name(found: Node | Nothing, state: State, reason: str) -> None:
    """One too few, one of another kind, none, no driver, no word: each has its state and reason."""
    outcome = accelerator_count(host(node=found))

    assert (outcome.state, outcome.reason, outcome.healthy) == (state, reason, state is State.PASS)


def test_a_machine_without_accelerators_needs_none() -> None:
    """Nothing is asked of it."""
    outcome = accelerator_count(host(expect=Expectation("c7i.large", "", 0, None, 2, 4.0)))

    assert (outcome.state, outcome.required) == (State.NOT_APPLICABLE, False)


def test_simulated_devices_are_labeled() -> None:
    """A device whose UUID says that it is simulated is never shown as hardware."""
    simulated = accelerator_count(host(node=node("NVIDIA L4", "NVIDIA L4", uuid="GPU-SIMULATED-0")))

    assert (simulated.state, simulated.simulated) == (State.PASS, True)
    assert not accelerator_count(host()).simulated
