"""One run of a program in a child process, cold or forked; killed when it takes too long."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from rackwright.diagnostics.record import dataclass

HERE = Path(__file__).parent
KILLED = -9


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program's process ended: exit code (None: killed at its time limit) and what it wrote."""

    code: int | None
    text: str


def run_cold(request: dict[str, Any], environment: dict[str, str], *, timeout: float) -> Ended:
    """Run a program in a fresh interpreter, as Pulumi does."""
    command = [sys.executable, str(HERE / "child.py"), json.dumps(request)]
    try:
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return Ended(None, "")
    return Ended(done.returncode, done.stdout + done.stderr)


class Zygote:
    """A process with one cloud's SDK loaded; runs one program at a time."""

    def __init__(self, *modules: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "zygote.py"), *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lock = threading.Lock()
        atexit.register(self.close)
        self._answer()

    def run(self, request: dict[str, Any], environment: dict[str, str], *, timeout: float) -> Ended:
        """Run a program in a fork; raises nothing, whatever the program does."""
        with self._lock, tempfile.NamedTemporaryFile("r", prefix="rackwright-run-") as errors:
            line = json.dumps({**request, "environment": environment, "stderr": errors.name})
            _write(self._process.stdin, line)
            pid = int(self._answer()["pid"])
            watchdog = threading.Timer(timeout, _kill, [pid])
            watchdog.start()
            code = int(self._answer()["code"])
            watchdog.cancel()
            return Ended(
                None if code == KILLED else code, Path(errors.name).read_text(encoding="utf-8", errors="replace")
            )

    def close(self) -> None:
        """End the process."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _answer(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError("the process that forks programs has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


_zygotes: dict[tuple[str, ...], Zygote] = {}


def zygote(*modules: str) -> Zygote:
    """Return the process that has `modules` loaded, started on first use and kept until this process ends."""
    if modules not in _zygotes:
        _zygotes[modules] = Zygote(*modules)
    return _zygotes[modules]


def _write(stream: IO[str] | None, line: str) -> None:
    if stream is not None:
        stream.write(line + "\n")
        stream.flush()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return
