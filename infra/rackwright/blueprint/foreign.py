"""Keys of other tools and of the other cloud: what is written here instead, read where a key is unknown."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING

from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.diagnostics import Path

TABLE = File(__file__).with_name("foreign_keys.csv")
NAMED = frozenset({"sites", "clusters", "storage", "partitions", "lifecycle", "acceptance", "links"})
"""Mappings whose values are places; other places are called by their key, the top of a blueprint is the root."""
ACCELERATOR = re.compile(r"[A-Za-z][A-Za-z-]*[0-9]+[\w-]*")
"""What is called as accelerators are: {H100: 8}."""

CODE = re.compile("[A-Z]+-[EWN][0-9]{3}")


@dataclass(frozen=True, slots=True)
class Foreign:
    """A key that others have: `hint` is what to write, `means` are the keys that it stands for."""

    means: tuple[str, ...]
    hint: str


def foreign(path: Path) -> Foreign | None:
    """Return what is known of an unknown key where it stands, None where nothing is."""
    key, place = str(path[-1]), place_of(path)
    name = squeezed(key)
    found = _table().get((name, place)) or _table().get((name, ""))
    if not found and place == "accelerator" and ACCELERATOR.fullmatch(key):
        return Foreign(("type", "count"), f"write accelerator: {{type: {key}, count: NUMBER}}")
    if not found and place == "policy" and CODE.fullmatch(key):
        return Foreign(("severity",), f"write severity: {{{key}: note}}; what is accepted stands in suppress")
    return found


def place_of(path: Path) -> str:
    """Return what the mapping around a key is: a member of one that holds names, or what its own key says."""
    around = [str(part) for part in path[-3:-1]] or ["root"]
    return around[0] if around and around[0] in NAMED else around[-1]


def squeezed(name: str) -> str:
    """Return a name as all spellings of it have it: instance_type, instance-type, instanceType."""
    return name.replace("_", "").replace("-", "").replace(" ", "").lower()


@cache
def _table() -> dict[tuple[str, str], Foreign]:
    """Return the table by squeezed key and place, a blank place for all."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (squeezed(key), place): Foreign(tuple(row["means"].split()), row["hint"])
        for row in rows
        for key in row["keys"].split()
        for place in row["within"].split() or [""]
    }
