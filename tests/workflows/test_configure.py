"""Configuring hosts a second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from rackwright.fleet.booted import booted
from rackwright.system import clock
from rackwright.workflows import compile as compiling
from rackwright.workflows import measure, rehearse
from rackwright.workflows.steps import Steps

BLUEPRINT = Path(__file__).resolve().parents[2] / "stacks" / "quickstart" / "blueprint.yaml"
pytestmark = pytest.mark.hosts


class Silent:
    """Watches nothing."""

    def begin(self, step: str) -> None:
        """Take no note."""

    def progress(self, step: str, text: str) -> None:
        """Take no note."""

    def end(self, step: str, *, ok: bool, seconds: float, detail: str) -> None:
        """Take no note."""


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """The same playbook over the same live hosts reports changes once, then none."""
    steps, compiled = Steps(Silent()), compiling.compile_blueprint(BLUEPRINT)
    with steps.step("deploy") as step:
        deployed = rehearse._deploy(compiled, step)
    run = rehearse._run(rehearse.Options(tmp_path), compiled, deployed, clock.now())
    with booted(rehearse._specs(run)) as live:
        for name in ("first", "second"):
            with steps.step(name) as step:
                steps.failures += measure.play(run, live, "configure", step, benchmark_timeout=60)
    _, first, second = steps.phases

    assert steps.failures == []
    assert first.detail.startswith("2 hosts, ")
    assert first.detail != "2 hosts, 0 changes"
    assert second.detail == "2 hosts, 0 changes"
