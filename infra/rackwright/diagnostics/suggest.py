"""Nearest known names: the hint that follows every failed lookup."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 8


def suggest(name: str, known: Iterable[str]) -> str:
    """Return a hint with the nearest known name, or with a few of the known names when none is near."""
    names = sorted(known)
    alike = [one for one in names if one.lower() == name.lower()]
    near = alike or get_close_matches(name, names, n=SHOWN, cutoff=0.6)
    if near:
        swapped = [one for one in near if sorted(one) == sorted(name)]  # two letters in the wrong order
        return f"did you mean '{(swapped or near)[0]}'?"
    if not names:
        return ""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return "known: " + ", ".join(names[:SHOWN]) + more
