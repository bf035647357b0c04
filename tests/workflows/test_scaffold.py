"""Presets are ordinary blueprints: each one is checked and compiled as its team would."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.workflows import scaffold
from rackwright.workflows.compile import compile_blueprint

TODAY = date(2027, 2, 1)
OWNERS = {
    "aws": scaffold.Owner("444455556666", "ml", "4711"),
    "gcp": scaffold.Owner("acme-ai-prod", "ml", "4711"),
}


@pytest.mark.parametrize("preset", scaffold.presets().values(), ids=lambda one: one.name)
def test_a_preset_is_a_blueprint_that_compiles(
    preset: scaffold.Preset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new datacenter has no errors and becomes stacks, the clusters' among them."""
    monkeypatch.chdir(tmp_path)
    (written,) = scaffold.write_new(Path(), scaffold.datacenter_files("demo", preset.name, OWNERS[preset.cloud], TODAY))

    assert run(app, ["check", "demo", "--now", f"{TODAY}"]) == 0
    assert len(compile_blueprint(Path(written)).stacks) > 1


def test_presets_are_listed_as_their_files_tell(capsys: pytest.CaptureFixture[str]) -> None:
    """Every preset has a cloud, which its name begins with, and one sentence of its own."""
    assert run(app, ["new", "--list", "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)["presets"]

    assert [one["name"] for one in listed] == list(scaffold.presets())
    assert [one["name"] for one in listed if not one["name"].startswith(one["cloud"])] == []
    assert len({one["sentence"] for one in listed if one["sentence"].endswith(".")}) == len(listed)


def test_a_datacenter_needs_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Without one, nothing is written and the right call is told."""
    assert run(app, ["new"]) == 4
    assert "rackwright new NAME" in capsys.readouterr().err
