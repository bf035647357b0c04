"""rackwright permissions, as whoever sets up a pipeline types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where stacks/ is."""
    monkeypatch.chdir(ROOT)


def test_an_account_gets_one_file_per_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written is a document as AWS takes it, to be given to `aws iam create-policy`."""
    code = run(app, ["permissions", "quickstart", "--into", str(tmp_path)])
    written = tmp_path / "111122223333-deploy-1.json"

    assert code == ExitCode.OK
    assert capsys.readouterr().out == f"wrote  {written}\n"
    assert json.loads(written.read_text(encoding="utf-8"))["Version"] == "2012-10-17"


def test_a_project_gets_a_custom_role(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON holds every account; a preview may not create."""
    code = run(app, ["permissions", "borealis", "--read-only", "--format", "json"])
    (found,) = json.loads(capsys.readouterr().out)["accounts"]

    assert code == ExitCode.OK
    assert (found["cloud"], found["identity"], found["purpose"]) == ("gcp", "acme-ai-prod", "preview")
    assert "compute.networks.get" in found["documents"][0]["includedPermissions"]
    assert "compute.networks.create" not in found["documents"][0]["includedPermissions"]


def test_one_stack_needs_less_than_all(capsys: pytest.CaptureFixture[str]) -> None:
    """A cluster's stack makes no VPC; a stack that is none is named with its nearest."""
    run(app, ["permissions", "quickstart", "--stack", "quickstart.use1.train", "--format", "json"])
    text = capsys.readouterr().out
    code = run(app, ["permissions", "quickstart", "--stack", "quickstart.use1.trian"])

    assert "ec2:RunInstances" in text
    assert "ec2:CreateVpc" not in text
    assert code == ExitCode.FAILED
    assert "did you mean 'quickstart.use1.train'?" in capsys.readouterr().err
