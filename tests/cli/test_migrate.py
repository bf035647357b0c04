"""rackwright migrate, as its readers type it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.blueprint.migration.made_up import register

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = "blueprint: 1\nsites: {a: {region: x}}  # all\n"
NEW = "blueprint: 2\nsites: {a: {network: {where: x}}}  # all\n"


@pytest.fixture
def blueprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a blueprint of version 1 where the language is at version 2."""
    register(monkeypatch)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "stacks" / "a" / "blueprint.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OLD, encoding="utf-8")
    return path


def test_everything_is_up_to_date(rackwright: Callable[..., tuple[int, str, str]]) -> None:
    """There is no other version than the first."""
    assert rackwright("migrate") == (ExitCode.OK, "everything is up to date (version 1)\n", "")
    assert rackwright("migrate", "--check")[0] == ExitCode.OK


def test_a_blueprint_is_migrated_in_place(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second time there is nothing to do."""
    codes = [run(app, ["migrate"]), run(app, ["migrate", "a"])]

    assert codes == [ExitCode.OK, ExitCode.OK]
    assert capsys.readouterr().out == (
        "migrated  stacks/a/blueprint.yaml  1 -> 2\nnext: rackwright compile\neverything is up to date (version 2)\n"
    )
    assert blueprint.read_text(encoding="utf-8") == NEW


def test_a_difference_is_shown_and_nothing_written(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines before and after; for CI a code."""
    codes = [run(app, ["migrate", "--diff"]), run(app, ["migrate", "--check"])]
    out = capsys.readouterr().out

    assert codes == [ExitCode.OK, ExitCode.FINDINGS]
    assert "-sites: {a: {region: x}}  # all\n+blueprint: 2\n+sites: {a: {network: {where: x}}}  # all\n" in out
    assert "differs  stacks/a/blueprint.yaml  1 -> 2" in out
    assert blueprint.read_text(encoding="utf-8") == OLD


def test_machines_get_rows(blueprint: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file with its version and what would change."""
    code = run(app, ["migrate", "--check", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    (row,) = found["files"]

    assert (code, found["version"], found["written"]) == (ExitCode.FINDINGS, 2, False)
    assert (row["file"], row["from"], row["changed"]) == ("stacks/a/blueprint.yaml", 1, True)
    assert "+blueprint: 2" in row["diff"]
    assert blueprint.read_text(encoding="utf-8") == OLD
