"""The vocabulary of everything that can be wrong. Imports nothing else of rackwright."""

from rackwright.diagnostics.errors import MissingToolError, StepError
from rackwright.diagnostics.exits import ExitCode
from rackwright.diagnostics.finding import (
    Finding,
    FindingsError,
    Heir,
    Path,
    Position,
    Severity,
    dotted,
    errors,
    sort_key,
    with_position,
)
from rackwright.diagnostics.problem import Problem
from rackwright.diagnostics.suggest import suggest

__all__ = [
    "ExitCode",
    "Finding",
    "FindingsError",
    "Heir",
    "MissingToolError",
    "Path",
    "Position",
    "Problem",
    "Severity",
    "StepError",
    "dotted",
    "errors",
    "sort_key",
    "suggest",
    "with_position",
]
