"""The pinned formatter: it decides the layout of every emitted Python file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.diagnostics import MissingToolError, StepError
from rackwright.system import files, processes

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_LENGTH = 100
SECONDS = 60


def formatted(programs: Mapping[str, str]) -> dict[str, str]:
    """Return Python files by relative path, formatted in one run of ruff."""
    with tempfile.TemporaryDirectory(prefix="rackwright-format-") as scratch:
        root = Path(scratch) / "programs"
        files.write_tree(root, programs)
        command = [ruff(), "format", "--isolated", "--no-cache", f"--line-length={LINE_LENGTH}", str(root)]
        done = processes.run(command, timeout=SECONDS)
        if not done.ok:
            raise StepError(
                f"ruff could not format the program: {done.err.strip()}", hint="this is a defect: report it"
            )
        return {name: (root / name).read_text(encoding="utf-8") for name in programs}


def ruff() -> str:
    """Return the path of the ruff that was installed with rackwright, else the one on PATH."""
    beside = Path(sys.executable).parent / "ruff"
    found = str(beside) if beside.exists() else processes.find("ruff")
    if found is None:
        raise MissingToolError("ruff is not installed", hint="pip install ruff==0.17.6")
    return found
