"""Failures that are not mistakes in a blueprint: a tool is missing, a step failed.

Exception
├── FindingsError          mistakes of the user, all of a phase (finding.py)
└── StepError              something outside stopped the work; says what to do next
    └── MissingToolError   a program or an optional dependency is not installed
"""

from __future__ import annotations

from rackwright.diagnostics.exits import ExitCode


class StepError(Exception):
    """A step could not finish; `hint` is the next thing to do or type."""

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class MissingToolError(StepError):
    """A program or optional dependency is not installed; `hint` says how to get it."""

    exit_code = ExitCode.MISSING_TOOL
