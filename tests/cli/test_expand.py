"""rackwright check --expand, as its readers type it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode

LAB = Path(__file__).resolve().parents[2] / "docs" / "environments"


@pytest.fixture(autouse=True)
def _in_the_lab(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the guide's environments are."""
    monkeypatch.chdir(LAB)


def test_every_line_says_where_its_value_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    """The overlay, its base, a default, a shorthand."""
    code = run(app, ["check", "lab-dev", "--expand"])
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]

    assert code == ExitCode.OK
    assert lines[0] == "# stacks/lab-dev/blueprint.yaml, with every default"
    assert {
        "name: lab-dev  # blueprint.yaml:3",
        'cost_center: "4711"  # ../lab.yaml:3',
        "flow_logs: true  # default",
        "count: 2  # blueprint.yaml:10",
        "without: []  # default",
        "machine: g6.12xlarge  # ../lab.yaml:5",
    } <= set(lines)


def test_machines_get_rows_with_heirs(capsys: pytest.CaptureFixture[str]) -> None:
    """A value, its place, and who inherits it; a default has no place."""
    code = run(app, ["check", "lab-prod", "--expand", "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)["blueprints"]
    rows = {".".join(map(str, row["path"])): row for row in found["values"]}
    machine = rows["sites.use1.clusters.serve.machine"]

    assert (code, found["file"]) == (ExitCode.OK, "stacks/lab-prod/blueprint.yaml")
    assert machine["value"] == "g6.12xlarge"
    assert (machine["origin"]["file"], machine["origin"]["line"]) == ("stacks/lab.yaml", 5)
    assert "sites.use1.clusters.serve" in [heir["place"] for heir in machine["origin"]["inherited"]]
    assert rows["sites.use1.network.flow_logs"]["origin"] is None


def test_several_are_several_documents(capsys: pytest.CaptureFixture[str]) -> None:
    """Each begins with its file."""
    run(app, ["check", "--expand"])
    documents = capsys.readouterr().out.split("\n---\n")

    assert [one.partition(",")[0] for one in documents] == [
        "# stacks/lab-dev/blueprint.yaml",
        "# stacks/lab-prod/blueprint.yaml",
    ]


def test_a_blueprint_with_mistakes_is_not_expanded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its findings are shown instead; formats of findings are refused."""
    wrong = tmp_path / "blueprint.yaml"
    wrong.write_text("blueprint: 1\nname: aurora\n", encoding="utf-8")
    codes = [run(app, ["check", str(wrong), "--expand"]), run(app, ["check", "--expand", "--format", "sarif"])]
    printed = capsys.readouterr()

    assert codes == [ExitCode.FINDINGS, ExitCode.USAGE]
    assert printed.out == ""
    assert "LANG-E102" in printed.err
