"""The real engine runs what rackwright emits, with the rehearsal cloud as its provider. Needs `pulumi` on PATH."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rackwright.diagnostics import ExitCode
from rackwright.engine import pulumi_cli
from rackwright.workflows.preview import committed_plan
from rackwright.workflows.validate import machines

ROOT = Path(__file__).resolve().parents[2]
SITE, CLUSTER = "quickstart.use1", "quickstart.use1.train"
pytestmark = [
    pytest.mark.pulumi_cli,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("pulumi") is None, reason="NOT_RUN: pulumi CLI"),
]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with the quickstart."""
    return repository_of(tmp_path, "quickstart")


def repository_of(tmp_path: Path, datacenter: str) -> Path:
    """Return a repository with a committed datacenter, whose engine finds the rehearsal cloud as its providers."""
    for name in ("Pulumi.yaml", "infra/__main__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "stacks" / datacenter, tmp_path / "stacks" / datacenter)
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    (tmp_path / "bin").mkdir()
    for cloud in ("aws", "gcp"):
        plugin, begun = tmp_path / "bin" / f"pulumi-resource-{cloud}", f"exec {sys.executable} -P -m rackwright.engine"
        plugin.write_text(f'#!/bin/sh\n{begun}.plugin {cloud} "$@"\n', encoding="utf-8")
        plugin.chmod(0o755)
    (tmp_path / "state").mkdir()
    return tmp_path


def settings(repository: Path) -> dict[str, str]:
    """Return the environment in which Pulumi keeps to this repository's state and provider."""
    return {
        "PATH": f"{repository / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "infra"),
        "PULUMI_BACKEND_URL": f"file://{repository / 'state'}",
        "PULUMI_CONFIG_PASSPHRASE": "rehearsal",
        "PULUMI_SKIP_UPDATE_CHECK": "1",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "RACKWRIGHT_REHEARSAL": str(repository / "cloud.json"),
    }


def pulumi(repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return how a pulumi command ended."""
    environment = {**os.environ, **settings(repository)}
    command = ["pulumi", *words, "--non-interactive"]
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)


def test_preview_up_up_again_and_destroy(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Site and cluster are previewed, created, found unchanged, and deleted, by the engine that deploys for real.

    What `validate` reads is there: nothing to change, and the address and id of every host.
    """
    for stack in (SITE, CLUSTER):
        assert pulumi(repository, "stack", "init", stack).returncode == 0
        preview = pulumi(repository, "preview", "--stack", stack)
        first = pulumi(repository, "up", "--yes", "--stack", stack)
        second = pulumi(repository, "up", "--yes", "--stack", stack, "--expect-no-changes")

        assert " to create" in preview.stdout, preview.stderr
        assert " created" in first.stdout, first.stdout + first.stderr
        assert second.returncode == 0, second.stdout
    for name, value in settings(repository).items():
        monkeypatch.setenv(name, value)
    plan = committed_plan(repository / "stacks" / "quickstart" / CLUSTER)
    found = machines(plan, pulumi_cli.outputs(repository, CLUSTER))

    assert pulumi_cli.preview(repository, CLUSTER, lambda _text: None).changes == ()
    assert [one.name for one in found] == ["train-0", "train-1"]
    assert all(one.id.startswith("i-") and one.address.startswith("10.60.") for one in found)
    for stack in (CLUSTER, SITE):
        gone = pulumi(repository, "destroy", "--yes", "--stack", stack)

        assert gone.returncode == 0, gone.stdout


def test_a_changed_program_is_refused(repository: Path) -> None:
    """The real engine shows the entry's refusal with the file that was changed."""
    network = repository / "stacks" / "quickstart" / SITE / "program" / "network.py"
    network.write_text(network.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    pulumi(repository, "stack", "init", SITE)
    refused = pulumi(repository, "preview", "--stack", SITE)

    assert refused.returncode != 0
    assert "network.py was changed" in refused.stdout + refused.stderr


def test_the_verbs_do_the_same_as_the_cli(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`rackwright up` deploys, the CLI then finds nothing to change, and `rackwright destroy` deletes."""
    pulumi(repository, "stack", "init", SITE)
    for name, value in settings(repository).items():
        monkeypatch.setenv(name, value)
    told: list[str] = []
    done = pulumi_cli.up(repository, SITE, told.append)
    same = pulumi(repository, "up", "--yes", "--stack", SITE, "--expect-no-changes")
    gone = pulumi_cli.destroy(repository, SITE, told.append)

    assert done.operations["create"] == gone.operations["delete"]
    assert done.outputs["vpc_cidr"] == "10.60.0.0/16"
    assert same.returncode == 0
    assert "done create vpc" in told


def verb(repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return how a rackwright command ended in the repository."""
    environment = {**os.environ, **settings(repository)}
    command = [sys.executable, "-m", "rackwright", *words]
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)


def test_preview_up_and_destroy_as_typed(repository: Path) -> None:
    """A preview is the CLI's, changes nothing, and is empty after `up`; what is protected is not destroyed."""
    missing = verb(repository, "preview", SITE)
    pulumi(repository, "stack", "init", SITE)
    first = json.loads(verb(repository, "preview", SITE, "--format", "json").stdout)
    done = json.loads(verb(repository, "up", SITE, "--yes", "--format", "json").stdout)
    second = verb(repository, "preview", SITE)
    pulumi(repository, "state", "protect", "--all", "--yes", "--stack", SITE)
    kept = verb(repository, "destroy", SITE, "--yes")
    pulumi(repository, "state", "unprotect", "--all", "--yes", "--stack", SITE)
    gone = json.loads(verb(repository, "destroy", SITE, "--yes", "--format", "json").stdout)

    assert (missing.returncode, f"pulumi stack init {SITE}" in missing.stderr) == (ExitCode.FAILED, True)
    assert (first["engine"], first["operations"]) == ("pulumi", done["operations"])
    assert done["outputs"]["vpc_cidr"] == "10.60.0.0/16"
    assert second.stdout == f"{SITE}: nothing to change (Pulumi CLI)\n"
    assert (kept.returncode, "nothing was deleted" in kept.stderr) == (ExitCode.FAILED, True)
    assert gone["operations"] == {"delete": done["operations"]["create"]}


def test_a_renamed_cluster_keeps_its_machines(repository: Path) -> None:
    """After `pulumi stack rename`, deploying the renamed cluster and bucket creates, replaces and deletes nothing."""
    for stack in (SITE, CLUSTER):
        pulumi(repository, "stack", "init", stack)
        pulumi(repository, "up", "--yes", "--stack", stack)
    blueprint, learn = repository / "stacks" / "quickstart" / "blueprint.yaml", "quickstart.use1.learn"
    before = blueprint.read_text(encoding="utf-8").replace("datasets: {", "corpora: {renamed_from: datasets, ")
    blueprint.write_text(before.replace(" train:\n", " learn:\n        renamed_from: train\n"), encoding="utf-8")
    compiled = verb(repository, "compile")
    early = verb(repository, "up", learn, "--yes")
    moved = pulumi(repository, "stack", "rename", learn, "--stack", CLUSTER)
    done = [json.loads(verb(repository, "up", one, "--yes", "--format", "json").stdout) for one in (SITE, learn)]

    assert compiled.returncode == 0, compiled.stderr
    assert f"pulumi stack rename {learn} --stack {CLUSTER}" in early.stderr
    assert moved.returncode == 0, moved.stderr
    assert [set(one["operations"]) <= {"update"} for one in done] == [True, True], done


def test_an_edited_program_is_refused_and_break_glass_is_loud(repository: Path) -> None:
    """The entry's refusal reaches the verb whole; with a reason set the warning does, and `up` still refuses."""
    network = repository / "stacks" / "quickstart" / SITE / "program" / "network.py"
    network.write_text(network.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    pulumi(repository, "stack", "init", SITE)
    refused = verb(repository, "preview", SITE)
    pulumi(repository, "config", "set", "allow-edited-program", "outage 42", "--stack", SITE)
    loud = verb(repository, "preview", SITE)
    deployed = pulumi(repository, "up", "--yes", "--stack", SITE)
    stale = verb(repository, "up", SITE, "--yes")

    assert refused.returncode == ExitCode.FAILED
    assert "network.py was changed" in refused.stderr
    assert (loud.returncode, "BREAK GLASS (outage 42)" in loud.stderr) == (ExitCode.OK, True)
    assert (deployed.returncode, "BREAK GLASS (outage 42)" in deployed.stdout) == (0, True)
    assert (stale.returncode, "committed output is not" in stale.stderr) == (ExitCode.FAILED, True)
