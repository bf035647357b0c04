"""Overrides from the blueprint to program, plan and review."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.planning.plans import SITE

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode, FindingsError
from rackwright.workflows import compile as workflow
from rackwright.workflows.review import review, sides

if TYPE_CHECKING:
    from pathlib import Path

HOPS = {"template": {"metadata_options": {"http_put_response_hop_limit": 2}}}


def written(folder: Path, overrides: dict[str, Any], **settings: Any) -> Path:
    """Return the file of a blueprint with overrides of its one cluster."""
    train = {"machine": "g6.xlarge", "nodes": 2, "overrides": overrides}
    site = {**SITE["aws"], "clusters": {"train": train}}
    owner = {"team": "ml-platform", "cost_center": "4711"}
    path = folder / "stacks" / "dc" / "blueprint.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"blueprint": 1, "name": "dc", "owner": owner, "sites": {"one": site}, **settings}
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return path


def test_a_program_says_what_is_overridden_and_where(tmp_path: Path) -> None:
    """The argument has the new value, its neighbors stay, and the comment names the line."""
    path = written(tmp_path, HOPS)
    program = workflow.compile_blueprint(path).stacks["dc.one.train"]["program/nodes.py"]
    line = next(number for number, one in enumerate(path.read_text().splitlines(), 1) if "hop_limit" in one)

    assert '"http_put_response_hop_limit": 2' in program
    assert '"http_tokens": "required"' in program
    assert f"# Overridden: metadata_options.http_put_response_hop_limit (blueprint.yaml:{line})." in program


def test_a_plan_lists_overrides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For people a line, for machines a row."""
    path = str(written(tmp_path, HOPS))
    run(app, ["plan", path])
    text = capsys.readouterr().out
    run(app, ["plan", path, "--format", "json"])
    rows = [one for stack in json.loads(capsys.readouterr().out)["stacks"] for one in stack["overrides"]]

    assert "override  template: metadata_options.http_put_response_hop_limit = 2 (sites.one.clusters.train." in text
    assert [(one["role"], one["argument"], one["value"]) for one in rows] == [
        ("template", ["metadata_options", "http_put_response_hop_limit"], 2)
    ]


def test_a_review_names_the_line_of_an_override(tmp_path: Path) -> None:
    """The change is caused by it."""
    written(tmp_path / "old", {})
    written(tmp_path / "new", HOPS)
    before, after = (sides(tmp_path / one / "stacks")["dc"] for one in ("old", "new"))
    (template,) = (one for one in review("dc", before, after).changes if one.change.key[0].endswith("LaunchTemplate"))

    assert template.change.action == "update"
    assert template.path == "sites.one.clusters.train.overrides.template"


def test_check_is_fast_and_compile_asks_the_sdk(tmp_path: Path) -> None:
    """An argument that there is not passes `check`, and is found by `compile`, by its nearest name."""
    path = written(tmp_path, {"template": {"monitoring": {"enable": True}}})
    codes = {one.code for one in workflow.check(path).findings}
    with pytest.raises(FindingsError) as refused:
        workflow.compile_blueprint(path)
    found = [(one.code, one.hint) for one in refused.value.findings if one.code.startswith("OVER-")]

    assert "OVER-E103" not in codes
    assert found == [("OVER-E103", "did you mean 'enabled'?")]


def test_rules_over_plans_see_what_is_overridden(tmp_path: Path) -> None:
    """Tokens of the metadata service stay required."""
    with pytest.raises(FindingsError) as refused:
        workflow.check(written(tmp_path, {"template": {"metadata_options": {"http_tokens": "optional"}}}))

    assert {one.code for one in refused.value.findings if one.code.startswith("PLAN-E")}


@pytest.mark.parametrize("said", [{"ebs": {"iops": "many"}}, {"ebs": 7}, 7, {"ebs": {"throughput": [1]}}])
def test_an_override_of_any_type_ends_in_findings(said: Any, tmp_path: Path) -> None:
    """Prices of what is nothing are not asked for."""
    path = written(tmp_path, {"template": {"block_device_mappings": {"0": said}}}, budget={"usd_per_month": 10**6})

    assert run(app, ["plan", str(path)]) == ExitCode.FINDINGS
