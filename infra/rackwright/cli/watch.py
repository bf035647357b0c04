"""Watching a run: one line a step that moves in a terminal, plain lines anywhere else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rackwright.system import clock

if TYPE_CHECKING:
    from rackwright.workflows.steps import Watcher

QUIET_SECONDS = 5.0
"""How often at most a plain log repeats a step's progress."""


def watcher() -> Watcher:
    """Return the watcher that suits standard error."""
    return Terminal() if sys.stderr.isatty() else Log()


class Log:
    """Plain lines with the elapsed time, for pipelines and files."""

    def __init__(self) -> None:
        self._begun = clock.seconds()
        self._last = 0.0

    def begin(self, step: str) -> None:
        """Print that a step begins."""
        self._print(f"{step} ...")

    def progress(self, step: str, text: str) -> None:
        """Print progress, not more often than every QUIET_SECONDS."""
        if clock.seconds() - self._last >= QUIET_SECONDS:
            self._print(f"{step}: {text}")

    def end(self, step: str, *, ok: bool, seconds: float, detail: str) -> None:
        """Print how a step ended."""
        self._print(f"{step}: {'done' if ok else 'FAILED'} in {seconds:.1f} s{f' ({detail})' if detail else ''}")

    def _print(self, text: str) -> None:
        self._last = clock.seconds()
        sys.stderr.write(f"[{self._last - self._begun:6.1f} s] {text}\n")
        sys.stderr.flush()


class Terminal:
    """A spinner with the step's progress; ended steps stay as lines with a mark."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True)
        self._status = self._console.status("")

    def begin(self, step: str) -> None:
        """Show that a step begins."""
        self._status.update(f"[bold]{step}[/]")
        self._status.start()

    def progress(self, step: str, text: str) -> None:
        """Show how far the step is."""
        from rich.markup import escape

        self._status.update(f"[bold]{step}[/] {escape(text)}")

    def end(self, step: str, *, ok: bool, seconds: float, detail: str) -> None:
        """Leave a line that says how the step ended."""
        from rich.markup import escape

        self._status.stop()
        mark = "[green]✔[/]" if ok else "[red]✘[/]"
        self._console.print(f"{mark} [bold]{step}[/] {escape(detail)} [dim]{seconds:.1f} s[/]")
