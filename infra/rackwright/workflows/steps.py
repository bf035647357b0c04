"""The steps of a run: each begins, says how far it is, and ends; their record goes into the report."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rackwright.diagnostics import FindingsError, StepError
from rackwright.reports.document import Phase
from rackwright.system import clock

if TYPE_CHECKING:
    from collections.abc import Iterator


class Watcher(Protocol):
    """Whoever watches a run: a terminal, a log, a test."""

    def begin(self, step: str) -> None:
        """Take note that a step begins."""

    def progress(self, step: str, text: str) -> None:
        """Take note of how far a step is."""

    def end(self, step: str, *, ok: bool, seconds: float, detail: str) -> None:
        """Take note that a step has ended."""


class Step:
    """One running step; set `detail` to what it achieved, and `ok` to False where it ended badly but went on."""

    def __init__(self, name: str, watcher: Watcher) -> None:
        self.name = name
        self.detail = ""
        self.ok = True
        self._watcher = watcher

    def progress(self, text: str) -> None:
        """Say how far the step is."""
        self._watcher.progress(self.name, text)


class Steps:
    """The steps of one run, in order."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._done: list[Phase] = []
        self.failures: list[str] = []

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Return the steps that have ended."""
        return tuple(self._done)

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Run the body as a step; a StepError or findings end it badly and go on upwards."""
        step, begun = Step(name, self._watcher), clock.seconds()
        self._watcher.begin(name)
        try:
            yield step
        except (StepError, FindingsError, KeyboardInterrupt) as failed:
            step.ok, step.detail = False, str(failed) or "interrupted"
            raise
        finally:
            took = clock.seconds() - begun
            self._watcher.end(name, ok=step.ok, seconds=took, detail=step.detail)
            self._done.append(Phase(name, round(took, 2), step.ok, step.detail))
