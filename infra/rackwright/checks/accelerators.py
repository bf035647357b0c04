"""Whether the accelerators are there that the machine type has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks.measured import Nothing
from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from rackwright.checks.evidence import Evidence

CHECK = "accelerator.count"


def accelerator_count(found: Evidence) -> Outcome:
    """Return whether the driver lists as many devices of the name as the catalog says the machine has."""
    expect = found.expect
    wanted = f"{expect.accelerators} x {expect.accelerator}" if expect.accelerators else "none"
    if not expect.accelerators:
        return _outcome(found, State.NOT_APPLICABLE, "-", wanted, "the machine type has no accelerator", required=False)
    if isinstance(found.node, Nothing):
        return _outcome(found, State.NOT_MEASURED, "nothing", wanted, found.node.reason)
    devices = found.node.accelerators
    if devices is None:
        return _outcome(found, State.NOT_MEASURED, "nothing", wanted, "no driver answered on the host")
    family = expect.accelerator.split("-")[0]
    alike = [device for device in devices if family in device.name.replace("-", " ").split()]
    names = ", ".join(sorted({device.name for device in devices})) or "no device"
    measured = f"{len(devices)} x {names}"
    if len(devices) == len(alike) == expect.accelerators:
        return _outcome(found, State.PASS, measured, wanted, "every device answers")
    return _outcome(found, State.FAIL, measured, wanted, "the host does not have what its machine type has")


def _outcome(
    found: Evidence, state: State, measured: str, expected: str, reason: str, *, required: bool = True
) -> Outcome:
    healthy = state in {State.PASS, State.NOT_APPLICABLE}
    return Outcome(
        CHECK, found.host, state, measured, expected, reason,
        required=required, simulated=found.simulated, next_step="" if healthy else found.repeat,
    )  # fmt: skip
