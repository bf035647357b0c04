"""Whether the fabric was measured. No measurement of it exists yet, so nothing here can pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.checks.outcome import Outcome, State

if TYPE_CHECKING:
    from rackwright.checks.evidence import Evidence

CHECK = "fabric.bus_bandwidth"


def fabric(found: Evidence) -> Outcome:
    """Return NOT_MEASURED where the machine has a fabric, NOT_APPLICABLE where it has none or it is skipped."""
    asked = found.validation.fabric
    known = machine("aws", found.expect.machine) or machine("gcp", found.expect.machine)
    has_one = known is not None and known.fabric is not None
    if asked == "skip" or (not has_one and asked != "required"):
        reason = "the blueprint skips it" if asked == "skip" else "the machine type has no fabric"
        return Outcome(CHECK, found.host, State.NOT_APPLICABLE, "-", "-", reason, required=False)
    reason = "this version does not measure fabrics yet" if has_one else "the machine type has no fabric"
    state = State.NOT_MEASURED if has_one else State.NOT_APPLICABLE
    step = "measure it by hand, or set validate.fabric: skip and say why in the review" if asked == "required" else ""
    return Outcome(
        CHECK, found.host, state, "nothing", "bus bandwidth", reason, required=asked == "required", next_step=step
    )
