"""Words of other tools and of the other cloud: what is written here instead, read where a value is not allowed."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING, Any

from rackwright.blueprint.foreign import place_of, squeezed
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.diagnostics import Path

ENDPOINT = re.compile(r"^com\.amazonaws\.[a-z0-9-]+\.")
"""What EC2 writes before the service that an endpoint is for."""
TABLE = File(__file__).with_name("foreign_words.csv")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that others have: it `means` one of the allowed, or `hint` says what to write."""

    means: str
    hint: str


def meant(path: Path, given: Any, allowed: Sequence[object]) -> Word | None:
    """Return what is known of a value that is not allowed where it stands, None where nothing is."""
    keys = [part for part in path if isinstance(part, str)]
    if (bare := ENDPOINT.sub("", str(given))) != str(given) and bare in allowed:
        return Word(bare, "")
    word = "{}" if isinstance(given, dict) else squeezed(str(given))
    for place in (place_of(tuple(keys)), ""):
        for known in _table().get((keys[-1], place, word), ()):
            if known.means in allowed or (known.hint and word not in {squeezed(str(one)) for one in allowed}):
                return known
    return None


@cache
def _table() -> dict[tuple[str, str, str], list[Word]]:
    """Return the table by key, place, a blank one for all, and squeezed word."""
    found: dict[tuple[str, str, str], list[Word]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split():
                known = Word(row["means"], row["hint"])
                found.setdefault((row["key"], row["within"], squeezed(word)), []).append(known)
    return found
