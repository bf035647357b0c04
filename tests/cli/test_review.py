"""rackwright review and plan --from, as a reviewer types them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from rackwright.cli.app import app
from rackwright.cli.main import run
from rackwright.diagnostics import ExitCode

ROOT = Path(__file__).resolve().parents[2]
GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with the quickstart committed, and be in it."""
    shutil.copytree(ROOT / "stacks" / "quickstart", tmp_path / "stacks" / "quickstart")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*GIT, *words], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "stacks" / "quickstart" / "blueprint.yaml"


def edit(path: Path, old: str, new: str) -> None:
    """Change a blueprint."""
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new), encoding="utf-8")


def test_a_pull_request_gets_a_table_with_cause_loss_and_price(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One node less: which one goes, that its jobs go with it, by which line, and what it saves."""
    edit(repository, "nodes: 2", "nodes: 1")
    code = run(app, ["review", "HEAD", "--format", "markdown"])
    lines = capsys.readouterr().out.splitlines()

    assert code == ExitCode.OK
    assert lines[0] == "### quickstart: 1 to delete; 1 lose data or drain nodes"
    assert lines[4] == (
        "| - | quickstart.use1.train | Instance train-1 | delete; **drains the node** | "
        "blueprint.yaml:18 `sites.use1.clusters.train.nodes.count` |"
    )
    assert lines[6].startswith("quickstart.use1.train: ")
    assert "USD/month" in lines[6]


def test_a_change_of_a_base_is_found_in_its_heirs_at_its_line(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Base files are read as they were at the revision, in stacks/ and beside it."""
    parts = repository.read_text(encoding="utf-8").split("name: quickstart\n")
    (repository.parents[2] / "base.yaml").write_text(parts[1], encoding="utf-8")
    (repository.parents[1] / "more.yml").write_text("extends: ../base.yaml\n", encoding="utf-8")
    repository.write_text(f"{parts[0]}extends: ../more.yml\nname: quickstart\n", encoding="utf-8")
    run(app, ["review", "HEAD"])
    same = capsys.readouterr().out
    for words in (("add", "."), ("commit", "-qm", "second")):
        subprocess.run([*GIT, *words], check=True)
    edit(repository.parents[2] / "base.yaml", "nodes: 2", "nodes: 1")
    code = run(app, ["review", "HEAD", "--format", "markdown"])

    assert same == "no blueprint changed\n"
    assert code == ExitCode.OK
    assert "| ../../base.yaml:14 `sites.use1.clusters.train.nodes.count` |" in capsys.readouterr().out


def test_a_loss_can_fail_a_pipeline(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --fail-on-loss the exit code says so; without a loss it does not; JSON names resource and cause."""
    edit(repository, "nodes: 2", "nodes: 3")
    harmless = run(app, ["review", "HEAD", "--fail-on-loss"])
    edit(repository, "nodes: 3", "nodes: 1")
    capsys.readouterr()
    harmful = run(app, ["review", "HEAD", "--fail-on-loss", "--format", "json"])
    change = json.loads(capsys.readouterr().out)["reviews"][0]["changes"][0]

    assert (harmless, harmful) == (ExitCode.OK, ExitCode.NOT_READY)
    assert (change["action"], change["name"], change["loss"]) == ("delete", "train-1", "drains the node")
    assert change["cause"]["path"] == "sites.use1.clusters.train.nodes.count"


def test_nothing_changed_is_said(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment is no change; plan --from says the same as review."""
    edit(repository, "# The smallest", "# A small")
    run(app, ["review", "HEAD"])
    said = capsys.readouterr().out
    run(app, ["plan", "quickstart", "--from", "HEAD"])

    assert said == "no blueprint changed\n"
    assert capsys.readouterr().out.strip() == "no changes"


def test_an_unknown_revision_is_refused_in_one_line(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Git's own words, and what to type to find one."""
    code = run(app, ["review", "nowhere"])
    printed = capsys.readouterr().err

    assert repository.is_file()
    assert code == ExitCode.FAILED
    assert printed.startswith("error: git has no nowhere: ")
    assert "Traceback" not in printed


def test_a_changed_lock_is_shown(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which image was looked up, or locked otherwise, and that nodes which stand keep theirs."""
    row = '{cloud: aws, region: us-east-1, arch: amd64, alias: ubuntu-24.04, id: ami-0123456789abcdef0, source: "-"}'
    lock = f"lock: 1\ndatacenter: quickstart\nimages: [{row}]\n"
    (repository.parent / "blueprint.lock").write_text(lock, encoding="utf-8")
    run(app, ["review", "HEAD"])
    text = capsys.readouterr().out
    run(app, ["review", "HEAD", "--format", "json"])
    image = json.loads(capsys.readouterr().out)["reviews"][0]["images"]

    assert text.splitlines() == [
        "image ubuntu-24.04 (amd64, us-east-1): looked up -> ami-0123456789abcdef0, for nodes made from now on",
        "no changes",
    ]
    assert image == [{"image": "ubuntu-24.04 (amd64, us-east-1)", "before": "", "after": "ami-0123456789abcdef0"}]
