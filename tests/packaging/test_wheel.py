"""The built wheel works in a fresh environment outside the checkout: init, new, check, compile, preview."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rackwright.workflows.scaffold import Preset, presets

IDENTITY = {"aws": "444455556666", "gcp": "acme-ai-prod"}
ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Return how a command ended that sees nothing of the checkout."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def rackwright(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the program of a wheel installed into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = str(Path(sys.executable).parent / "uv")
    built = run(uv, "build", "--wheel", "--out-dir", str(folder), str(ROOT), cwd=folder)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    assert run(uv, "venv", "--python", sys.executable, str(folder / "venv"), cwd=folder).returncode == 0
    python = str(folder / "venv" / "bin" / "python")
    installed = run(uv, "pip", "install", "--quiet", "--python", python, f"{wheel}[aws,gcp]", cwd=folder)
    assert installed.returncode == 0, installed.stderr
    return str(folder / "venv" / "bin" / "rackwright")


@pytest.mark.parametrize("preset", presets().values(), ids=lambda one: one.name)
def test_a_team_starts_its_own_repository(rackwright: str, preset: Preset, tmp_path: Path) -> None:
    """Every preset becomes a repository whose blueprint has no errors, compiles and previews."""
    new = ("new", "demo", "--preset", preset.name, "--account", IDENTITY[preset.cloud], "--team", "ml")
    for words in (("init", "."), new, ("check",), ("compile",), ("compile", "--check")):
        done = run(rackwright, *words, cwd=tmp_path)

        assert done.returncode == 0, (words, done.stdout, done.stderr)
    for stack in sorted(path.parent.name for path in tmp_path.glob("stacks/demo/*/plan.json")):
        done = run(rackwright, "preview", stack, "--engine", "embedded", cwd=tmp_path)

        assert done.returncode == 0, (stack, done.stdout, done.stderr)
    expected = ["Pulumi.yaml", "infra/__main__.py", "infra/requirements.txt", ".github/workflows/blueprints.yml"]

    assert [name for name in expected if not (tmp_path / name).is_file()] == []
    assert "--hash=sha256:" in (tmp_path / "infra" / "requirements.txt").read_text(encoding="utf-8")


def test_init_overwrites_nothing(rackwright: str, tmp_path: Path) -> None:
    """A file that is there and differs stops init, which names it and leaves it."""
    (tmp_path / "Pulumi.yaml").write_text("name: mine\n", encoding="utf-8")
    done = run(rackwright, "init", ".", cwd=tmp_path)

    assert done.returncode == 4
    assert "Pulumi.yaml" in done.stderr
    assert (tmp_path / "Pulumi.yaml").read_text(encoding="utf-8") == "name: mine\n"
