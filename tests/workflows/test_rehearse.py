"""The whole line on this machine: READY when everything holds, NOT READY with a name when something was broken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rackwright.checks.outcome import State
from rackwright.workflows import compile as compiling
from rackwright.workflows.rehearse import Hosts, Options, rehearse

if TYPE_CHECKING:
    from rackwright.reports.document import Report

ROOT = Path(__file__).resolve().parents[2]
BLUEPRINT = ROOT / "stacks" / "quickstart" / "blueprint.yaml"
pytestmark = pytest.mark.hosts


class Silent:
    """Watches nothing."""

    def begin(self, step: str) -> None:
        """Take no note."""

    def progress(self, step: str, text: str) -> None:
        """Take no note."""

    def end(self, step: str, *, ok: bool, seconds: float, detail: str) -> None:
        """Take no note."""


def run(tmp_path: Path, *faults: str, hosts: Hosts = "booted", benchmark_timeout: int = 300) -> Report:
    """Return the report of a rehearsal of the quickstart with faults."""
    options = Options(tmp_path, hosts, faults, benchmark_timeout)
    return rehearse(BLUEPRINT, options, Silent())[0]


def rehearsed(root: Path, name: str, text: str, hosts: Hosts = "booted", faults: tuple[str, ...] = ()) -> Report:
    """Return the report of a rehearsal of a datacenter that is written below `root`."""
    path = root / "stacks" / name / "blueprint.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    compiling.write(compiling.compile_blueprint(path))
    return rehearse(path, Options(root / "runs", hosts, faults, 300), Silent())[0]


def left_behind() -> list[str]:
    """Return what machines of a rehearsal are still seen on this machine."""
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    links = [path.name for path in Path("/sys/class/net").iterdir() if path.name.startswith("rw")]
    return links + [line for line in mounts if "/rehearsals/" in line]


def test_an_unbroken_quickstart_is_ready_and_labeled(tmp_path: Path) -> None:
    """Two hosts are configured, train, reach the floor; the report says what is simulated; nothing is left behind."""
    report = run(tmp_path)

    assert report.ready
    assert report.headline == "READY (simulated: cloud resources, accelerators)"
    assert [host.accelerators for host in report.hosts] == ["1 x L4 (simulated)", "1 x L4 (simulated)"]
    assert len({host.identity for host in report.hosts} - {""}) == 2
    assert left_behind() == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("benchmark-killed", "the benchmark ended with code"),
        ("result-corrupted", "the result is not one"),
        ("sshd-stopped", "the host returned no result"),
        ("benchmark-hangs", "the benchmark ended with code"),
    ],
)
def test_a_broken_host_is_not_ready_by_name(fault: str, reason: str, tmp_path: Path) -> None:
    """The other host still passes; the broken one blocks, says why, and what to type next."""
    report = run(tmp_path, f"{fault}=train-1", benchmark_timeout=60)
    blocking = [one for verdict in report.verdicts for one in verdict.blocking]
    accuracy = next(one for one in blocking if one.check == "benchmark.accuracy")

    assert not report.ready
    assert {one.host for one in blocking} == {"train-1"}
    assert accuracy.state is State.NOT_MEASURED
    assert reason in accuracy.reason
    assert accuracy.next_step == "rackwright rehearse quickstart"
    assert left_behind() == []


def test_loopback_hosts_reach_the_same_verdict_and_say_what_they_cannot(tmp_path: Path) -> None:
    """Without root, hosts are SSH servers of this user; what they cannot do is NOT_APPLICABLE with the reason."""
    report = run(tmp_path, hosts="loopback")
    cannot = {one.check: one.state for one in report.outcomes() if one.host == "all hosts"}

    assert report.ready
    assert "simulated" in report.headline
    assert set(cannot) == {"host.packages", "host.own_address", "host.own_identity", "host.storage", "host.reboot"}
    assert set(cannot.values()) == {State.NOT_APPLICABLE}


@pytest.mark.parametrize("fault", ["benchmark-killed", "sshd-stopped"])
def test_a_broken_loopback_host_is_not_ready_by_name(fault: str, tmp_path: Path) -> None:
    """A broken host blocks alone, as among booted ones."""
    report = run(tmp_path, f"{fault}=train-1", hosts="loopback", benchmark_timeout=60)

    assert not report.ready
    assert {one.host for verdict in report.verdicts for one in verdict.blocking} == {"train-1"}
