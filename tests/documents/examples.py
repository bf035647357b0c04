"""Examples in documents: every ```console block with what is typed and what is shown, and how it is run."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

from rackwright.cli.app import app
from rackwright.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One command with the output its document shows."""

    command: str
    shown: str


def examples(text: str) -> list[Example]:
    """Return the examples of a document, in order."""
    parts = [part for block in BLOCK.findall(text) for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part]
    return [Example(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


def prepare(folder: Path) -> None:
    """Make what documents speak of: datacenters, environments of one, and a blueprint with a misspelled machine."""
    shutil.copytree(ROOT / "stacks", folder / "stacks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "docs/environments", folder / "environments")
    text = (ROOT / "stacks/aurora/blueprint.yaml").read_text(encoding="utf-8")
    (folder / "typo.yaml").write_text(text.replace("p5.48xlarge", "p5.48xlrage"), encoding="utf-8")


class Shell:
    """Types the commands of one document, one after the other; knows `rackwright`, `cd` and `echo $?`."""

    def __init__(self) -> None:
        self._code = 0

    def type(self, command: str) -> str:
        """Return what a command shows, results and problems together."""
        if command == "echo $?":
            return f"{self._code}\n"
        program, *words = shlex.split(command)
        if program == "cd":
            os.chdir(words[0])
            return ""
        assert program == "rackwright", f"documents may type rackwright, cd and echo $?, not {program}"
        stream = io.StringIO()
        with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
            self._code = int(run(app, words))
        return stream.getvalue()
