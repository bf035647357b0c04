"""rackwright plan, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_a_plan_says_how_far_its_machines_were_proved(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside the hosts, for people and for programs."""
    monkeypatch.chdir(ROOT)

    assert run(app, ["plan", "quickstart"]) == ExitCode.OK
    assert "hosts   2 x g6.xlarge: train-0 ... train-1; proved: moto" in capsys.readouterr().out
    assert run(app, ["plan", "quickstart", "--format", "json"]) == ExitCode.OK
    assert json.loads(capsys.readouterr().out)["stacks"][1]["hosts"][0]["proved"] == "moto"


def test_a_plan_says_what_its_machines_draw_and_names_what_nobody_publishes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sum that lacks the chips of TPUs is a lower bound, for people and for programs."""
    monkeypatch.chdir(ROOT)

    assert run(app, ["plan", "borealis"]) == ExitCode.OK
    shown = " ".join(capsys.readouterr().out.split())
    assert "power at least 2.4 kW at the limit (PUE 1.1)" in shown
    assert "nobody says what TPU-v5e draw" in shown
    assert run(app, ["plan", "borealis", "--format", "json"]) == ExitCode.OK
    stacks = {one["stack"]: one["power"] for one in json.loads(capsys.readouterr().out)["stacks"]}
    assert (stacks["borealis.usc1.tpu"]["complete"], stacks["borealis.usc1.tpu"]["unknown"]) == (False, ["TPU-v5e"])
    assert stacks["borealis.usc1.ultra"]["complete"]
    assert stacks["borealis.usc1.ultra"]["watts"] > 0
