"""Starting processes: always an argument list, always a time limit, never a shell."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from rackwright.diagnostics import MissingToolError
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finished:
    """What a process left: exit code (None: killed at its time limit), standard output, standard error."""

    code: int | None
    out: str
    err: str

    @property
    def ok(self) -> bool:
        """Whether the process ended by itself with exit code 0."""
        return self.code == 0


def run(
    command: Sequence[str],
    *,
    timeout: float,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> Finished:
    """Run `command` for at most `timeout` seconds; raises MissingToolError where the program does not exist."""
    try:
        done = subprocess.run(
            list(command),
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=cwd,
            env=None if env is None else dict(env),
            input="" if stdin is None else stdin,
            check=False,
        )
    except FileNotFoundError as missing:
        raise MissingToolError(f"{command[0]} is not installed", hint=f"install {command[0]}") from missing
    except subprocess.TimeoutExpired as late:
        return Finished(None, _text(late.stdout), _text(late.stderr))
    return Finished(done.returncode, done.stdout, done.stderr)


def find(program: str) -> str | None:
    """Return the path of a program, or None where it is not installed."""
    return shutil.which(program)


def _text(data: bytes | str | None) -> str:
    return data.decode(errors="replace") if isinstance(data, bytes) else data or ""
