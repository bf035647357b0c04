"""Help and completion: examples and exit codes of every verb, names that a shell completes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer

from rackwright.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
VERBS = sorted(name for name in typer.main.get_command(app).commands if name != "catalog")


def shell(*words: str, home: Path, **settings: str) -> str:
    """Return what the command line prints when a bash starts it."""
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "infra"), "HOME": str(home), "SHELL": "/bin/bash",
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1", **settings,
    }  # fmt: skip
    command = [sys.executable, "-m", "rackwright", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples_and_exit_codes(verb: str, rackwright: Callable[..., tuple[int, str, str]]) -> None:
    """Examples stand on lines of their own, as typed."""
    _, out, _ = rackwright(verb, "--help")
    examples = [line for line in out.splitlines() if line.startswith(f"    rackwright {verb}")]

    assert examples
    assert "Exit code 0" in out


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("preview quick", ["quickstart.use1", "quickstart.use1.train"]),
        ("validate quickstart.use1.", ["quickstart.use1.train"]),
        ("rehearse qui", ["quickstart"]),
        ("new demo --preset gcp-a3", ["gcp-a3-high", "gcp-a3-mega-spot", "gcp-a3-ultra"]),
        ("explain LANG-E00", [f"LANG-E00{number}" for number in range(1, 10)]),
        ("catalog show p5.", ["p5.48xlarge", "p5.4xlarge"]),
    ],
)
def test_a_shell_completes_names(typed: str, completed: list[str], tmp_path: Path) -> None:
    """Stacks, datacenters, presets, codes and machine types, as far as they are typed."""
    words = f"rackwright {typed}"
    out = shell(
        home=tmp_path, _RACKWRIGHT_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(typed.count(" ") + 1)
    )

    assert out.split() == completed


def test_completion_is_shown_and_installed(tmp_path: Path) -> None:
    """The script asks rackwright for names; installing writes it below the user's home."""
    shown = shell("--show-completion", "bash", home=tmp_path)
    shell("--install-completion", "bash", home=tmp_path)
    installed = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert "complete -o default -F _rackwright_completion rackwright" in shown
    assert any("_RACKWRIGHT_COMPLETE=complete_bash" in path.read_text(encoding="utf-8") for path in installed)


def test_a_run_loads_no_other_verb() -> None:
    """Start-up is paid for the verb that is asked for, not for all."""
    program = (
        "import sys; from rackwright.cli.app import app; from rackwright.cli.main import run;"
        "run(app, ['schema', '--help']);"
        "print([name for name in sys.modules if name in ('rackwright.cli.check', 'rackwright.cli.rehearse')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "infra")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.splitlines()[-1] == "[]"
