"""Rules that need to know what day it is: `check` runs them, `compile` never does (same input, same bytes)."""

from __future__ import annotations

from datetime import date

from rackwright.blueprint import Blueprint
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """A blueprint and the day on which it is judged; what a Rule[Dated] looks at."""

    blueprint: Blueprint
    today: date
