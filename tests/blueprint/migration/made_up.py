"""A next version of the language that there is not: one key renamed, one moved, one list made a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import version
from rackwright.blueprint.migration.registry import MIGRATIONS, Migration
from rackwright.blueprint.migration.steps import Keyed, Move, Rename

if TYPE_CHECKING:
    import pytest

RENAME = Rename(("sites", "*", "clusters", "*"), "machine", "type")
MOVE = Move(("sites", "*"), "region", "network", "where")
KEYED = Keyed((), "suppress", "at")
STEPS = (RENAME, MOVE, KEYED)
MADE_UP = Migration("machines are types, regions belong to networks, suppressions are named", STEPS)


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the language be at version 2."""
    monkeypatch.setitem(MIGRATIONS, 1, MADE_UP)
    monkeypatch.setattr(version, "CURRENT", 2)
