"""What the owners of a blueprint accept, with a reason, no longer counts."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.rules.blueprints import AWS

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode, FindingsError
from rackwright.rules import CODES
from rackwright.workflows import compile as workflow

if TYPE_CHECKING:
    from pathlib import Path

FIXED = AWS.replace("ubuntu-24.04-nvidia", "ami-0123456789abcdef0")
PUBLIC = FIXED.replace("10.40.0.0/16", "192.169.0.0/16")
DOOR = FIXED.replace("    network:", "    access: {kind: direct, allow_from: [20.0.0.0/12]}\n    network:")
TODAY = date(2026, 11, 1)


def written(folder: Path, text: str, code: str, at: str, until: str = "2026-11-01") -> Path:
    """Return the file of a blueprint that accepts one finding."""
    path = folder / "blueprint.yaml"
    one = f"{{code: {code}, at: {at}, reason: these are ours, until: {until}}}"
    path.write_text(f"{text}suppress: [{one}]\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("at", ["sites.use1.network.cidr", "sites.use1.network", "sites"])
def test_a_finding_is_accepted_where_it_stands_and_above(tmp_path: Path, at: str) -> None:
    """Up to its last day, with the reason."""
    found = workflow.check(written(tmp_path, PUBLIC, "NET-W105", at), TODAY).findings

    assert [(one.code, one.suppressed) for one in found] == [("NET-W105", "these are ours")]


def test_a_place_is_no_beginning_of_a_name(tmp_path: Path) -> None:
    """Site `use1` is not site `use10`."""
    text = PUBLIC.replace("use1:", "use10:") + "  use1:" + FIXED.partition("  use1:")[2]
    found = workflow.check(written(tmp_path, text, "NET-W105", "sites.use1"), TODAY).findings

    assert [(one.code, one.suppressed) for one in found] == [("NET-W105", ""), ("SUP-W104", "")]


def test_compiling_knows_no_day(tmp_path: Path) -> None:
    """A suppression that has expired changes what check says, never what a blueprint compiles to."""
    path = written(tmp_path, DOOR, "ACC-E101", "sites.use1.access", until="2026-10-31")

    assert workflow.compile_blueprint(path).stacks
    with pytest.raises(FindingsError) as refused:
        workflow.check(path, TODAY)
    assert [one.code for one in refused.value.findings] == ["ACC-E101", "SUP-N105"]


def test_what_breaks_the_cloud_cannot_be_accepted() -> None:
    """Warnings and notes can, and of the errors those of policy alone."""
    policy = [code for code, one in CODES.items() if one.suppressible and "-E" in code]

    power, profile = ["POWER-E101", "POWER-E103"], [f"PROF-E{number}" for number in range(101, 106)]
    assert policy == ["ACC-E101", "COST-E101", *power, *profile]


def test_what_is_accepted_is_listed_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text counts it, JSON and SARIF give the reason, and the exit code is that of nothing found."""
    path = str(written(tmp_path, PUBLIC, "NET-W105", "sites.use1.network"))
    said = {}
    for form in ("text", "json", "sarif", "github"):
        assert run(app, ["check", path, "--format", form, "--now", "2026-11-01"]) == ExitCode.OK
        said[form] = capsys.readouterr().out

    assert said["text"] == "1 blueprint(s): no findings, 1 suppressed\n"
    assert said["github"] == "1 suppressed\n"
    assert json.loads(said["json"])["counts"] == {"error": 0, "warning": 0, "note": 0, "suppressed": 1}
    (result,) = json.loads(said["sarif"])["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "these are ours"}]
