"""Every mount must be there, be what it should be, and take what is written; unmeasured never passes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.checks.evidence import SILENT, host

from rackwright.checks.measured import Mounted, Nothing, read
from rackwright.checks.outcome import State
from rackwright.checks.storage import mounted
from rackwright.plan import Lit, Mount

HOME = Mount("/home/teams", "home", "file", "efs", Lit("fs-1"))
SCRATCH = Mount("/scratch", "scratch", "parallel", "fsx-lustre", Lit("fs-2@tcp:/abc"))
GIB = 2**30


def seen(path: str = "/home/teams", **fields: Any) -> dict[str, Any]:
    """Return a mount that works, but for `fields`."""
    usual = {"type": "nfs4", "writable": True, "reason": "", "bytes": 100 * GIB, "free_bytes": 60 * GIB}
    return {"path": path, **usual, **fields}


def result(*mounts: dict[str, Any]) -> Mounted:
    """Return what a host found of its mounts."""
    return Mounted.model_validate({"format": 1, "run_id": "r1", "mounts": mounts})


@pytest.mark.parametrize(
    ("found", "state", "reason"),
    [
        (result(seen()), State.PASS, "mounted, written to and read again"),
        (result(seen(type=None, writable=None)), State.FAIL, "nothing is mounted there"),
        (result(seen(type="ext4")), State.FAIL, "another file system is mounted there"),
        (result(seen(writable=False, reason="Read-only")), State.FAIL, "it cannot be written to: Read-only"),
        (result(seen(writable=None)), State.FAIL, "it cannot be written to: no reason given"),
        (result(seen(free_bytes=3 * GIB)), State.FAIL, "97% full, more than 95% (imbue)"),
        (result(seen(type=None, reason="no answer in 120 s")), State.NOT_MEASURED, "no answer in 120 s"),
        (result(seen(reason="Invalid argument")), State.NOT_MEASURED, "its speed: Invalid argument"),
        (result(seen("/elsewhere")), State.NOT_MEASURED, "the result does not speak of it"),
        (SILENT, State.NOT_MEASURED, SILENT.reason),
    ],
)
def test_a_mount_must_be_there_and_work(found: Mounted | Nothing, state: State, reason: str) -> None:
    """Each way in which it is not there has its state and its reason, and only what works lets the cluster be READY."""
    (outcome,) = mounted(host(mounts=(HOME,), mounted=found))

    assert (outcome.state, outcome.reason, outcome.healthy) == (state, reason, state is State.PASS)
    assert outcome.expected == "/home/teams: nfs4, writable"


def test_every_mount_of_a_host_is_judged_by_itself() -> None:
    """One that works does not speak for one that does not; speed is said where it was measured."""
    fast = seen("/scratch", type="lustre", write_mib_s=1234.5, read_mib_s=2000.0)
    works, missing = mounted(host(mounts=(SCRATCH, HOME), mounted=result(fast, seen(type=None, writable=None))))

    assert works.measured == "lustre, 60 GiB free, writes 1,234 and reads 2,000 MiB/s"
    assert (works.state, missing.state) == (State.PASS, State.FAIL)


def test_a_rehearsal_mounts_nothing_and_says_so() -> None:
    """It does not decide, and it is never shown as measured, whatever a result may hold."""
    (outcome,) = mounted(host(mounts=(HOME,), mounted=result(seen()), cannot_mount="simulated storage"))

    assert (outcome.state, outcome.reason, outcome.measured) == (State.NOT_APPLICABLE, "simulated storage", "-")
    assert not outcome.required


def test_a_host_that_mounts_nothing_is_asked_nothing() -> None:
    """There is no outcome about storage."""
    assert mounted(host()) == ()


@pytest.mark.parametrize("text", ['{"format": 1, "run_id": "r1"}', '{"format": 1, "run_id": "r1", "mounts": [{}]}', ""])
def test_what_is_no_result_is_no_measurement(text: str) -> None:
    """Cut off or of another shape: nothing was measured."""
    assert isinstance(read(text, Mounted, "r1"), Nothing)
