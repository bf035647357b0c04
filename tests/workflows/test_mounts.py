"""Mounting on a booted host, which can do all of it but the last step: there is no file server behind the rehearsal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.workflows.test_configure import Silent

from rackwright.fleet import ssh
from rackwright.fleet.booted import booted
from rackwright.system import clock, processes
from rackwright.workflows import compile as compiling
from rackwright.workflows import measure, rehearse
from rackwright.workflows.steps import Steps

QUICKSTART = Path(__file__).resolve().parents[2] / "stacks" / "quickstart" / "blueprint.yaml"
CHANGES = {
    "10.60.0.0/16": "10.61.0.0/16",
    "nodes: 2": "nodes: 1\n        mounts: {/srv/home: home}",
    "datasets: {kind: object, versioned: true, deletion: delete}": "home: {kind: file, deletion: delete}",
}
pytestmark = pytest.mark.hosts


def test_a_mount_that_cannot_be_made_fails_its_host_by_name(tmp_path: Path) -> None:
    """The tunnel to EFS runs, the mount is tried for real, what it said is in the failure, and nothing is mounted."""
    text = QUICKSTART.read_text(encoding="utf-8")
    for before, after in CHANGES.items():
        text = text.replace(before, after)
    path = tmp_path / "quickstart" / "blueprint.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    compiled = compiling.compile_blueprint(path)
    compiling.write(compiled)
    steps = Steps(Silent())
    with steps.step("deploy") as step:
        deployed = rehearse._deploy(compiled, step)
    run = rehearse._run(rehearse.Options(tmp_path), compiled, deployed, clock.now())
    with booted(rehearse._specs(run)) as live:
        able = replace(live, skip=())
        with steps.step("configure") as step:
            failures = measure.play(run, able, "configure", step, benchmark_timeout=60)
        active = ssh.command(live.hosts[0], live, "systemctl", "is-active", "rackwright-tls-srv-home", "srv-home.mount")
        states = processes.run(active, timeout=20).out.split()

    assert any("train-0: Say why it cannot be mounted: home cannot be mounted at /srv/home: " in it for it in failures)
    assert states == ["active", "failed"]
