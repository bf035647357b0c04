"""How verbs print: results on standard output, problems on standard error."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from rackwright.diagnostics import Finding


class Format(StrEnum):
    """What a verb prints."""

    TEXT = "text"
    JSON = "json"


def line(text: str = "") -> None:
    """Print one line of a result."""
    sys.stdout.write(f"{text}\n")


def rich() -> Console:
    """Return the console for tables; wide where it writes into a pipe, so that nothing is cut."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 160)


def document(data: Any) -> None:
    """Print a result for a machine."""
    line(as_json(data))


def as_json(data: Any) -> str:
    """Return a result as a machine reads it."""
    return json.dumps(data, indent=2, ensure_ascii=False)


def findings(found: tuple[Finding, ...]) -> None:
    """Print findings as text, with their source lines."""
    from rackwright.reports.findings import render_text

    sys.stderr.write(render_text(found, color=sys.stderr.isatty()))


def failure(message: str, hint: str) -> None:
    """Print why a step stopped, and what to do next."""
    sys.stderr.write(f"error: {message}\n")
    if hint:
        sys.stderr.write(f"  next: {hint}\n")
