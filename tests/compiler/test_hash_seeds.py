"""The same bytes on every machine: the order of sets and hashes decides nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the committed datacenters."""
    root = tmp_path_factory.mktemp("seeds")
    shutil.copytree(ROOT / "stacks", root / "stacks", ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_committed_programs_do_not_depend_on_the_hash_seed(seed: str, copied: Path) -> None:
    """A fresh interpreter with another hash seed compiles every datacenter to what is committed."""
    before = {path: path.stat().st_mtime_ns for path in copied.rglob("*")}
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "infra")}
    command = [sys.executable, "-P", "-m", "rackwright", "compile", "--check"]
    done = subprocess.run(command, cwd=copied, env=environment, capture_output=True, text=True, check=False)

    assert done.stdout == "committed output is what compiles now\n", done.stderr
    assert done.returncode == 0
    assert {path: path.stat().st_mtime_ns for path in copied.rglob("*")} == before
