"""What a terminal shows for each code: the first rejected blueprint of each, made by `make golden`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from rackwright.diagnostics.record import dataclass

FILE = Path(__file__).with_name("examples.json")


@dataclass(frozen=True, slots=True)
class Example:
    """A finding as it is shown, and the place in its blueprint."""

    shown: str
    at: str


@cache
def examples() -> dict[str, Example]:
    """Return the examples by code."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: Example(**one) for code, one in read.items()}
