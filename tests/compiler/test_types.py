"""Emitted programs are typed: ty, with the cloud SDKs as it finds them, has nothing to say about them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = sorted((ROOT / "stacks").glob("*/*/program"))
pytestmark = pytest.mark.slow


def checked(program: Path) -> subprocess.CompletedProcess[str]:
    """Return what ty says about a program, with the SDKs of this environment."""
    ty = Path(sys.executable).parent / "ty"
    command = [str(ty), "check", "--project", str(program), "--python", sys.executable, str(program)]
    return subprocess.run(command, cwd=program, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.parent.name)
def test_a_committed_program_is_typed(program: Path) -> None:
    """Every argument, output and import of a program exists in the SDK, with a type that fits."""
    done = checked(program)

    assert done.stdout.splitlines()[-1:] == ["All checks passed!"], done.stdout + done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("cidr_block=", "cidr_blok=", "no-matching-overload"),
        ("vpc_id=vpc.id", "vpc_id=vpc.identity", "missing-attribute"),
        ("enable_dns_support=True", "enable_dns_support=[1]", "invalid-argument-type"),
    ],
)
def test_a_wrong_program_is_not_typed(tmp_path: Path, old: str, new: str, rule: str) -> None:
    """The check sees the SDK: a misspelled argument, an output that is not there, a value of another type."""
    program = tmp_path / "program"
    shutil.copytree(ROOT / "stacks/quickstart/quickstart.use1/program", program)
    network = program / "network.py"
    text = network.read_text(encoding="utf-8")
    assert old in text
    network.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = checked(program)

    assert done.returncode == 1
    assert f"[{rule}]" in done.stdout
