"""A blueprint with everything that it means: what it says, what it inherits, and every default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.blueprint import Blueprint
from rackwright.blueprint.load import Loaded
from rackwright.diagnostics import Finding
from rackwright.diagnostics.record import dataclass
from rackwright.rules import check_blueprint
from rackwright.workflows import compile as compiling

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path as File

    from rackwright.diagnostics import Path, Position


@dataclass(frozen=True, slots=True)
class Expanded:
    """A blueprint as data that is a blueprint again, and where each value of it came from."""

    loaded: Loaded
    data: dict[str, Any]
    findings: tuple[Finding, ...]

    def origin(self, path: Path, value: Any) -> Position | None:
        """Return where the value at a path stands, None for a default; `nodes: 16` is where its count stands."""
        source = self.loaded.source
        known = source.known(path)
        short = source.data(known)
        shorthand = bool(known) and not isinstance(short, (dict, list)) and short == value
        return source.position(known) if known == path or shorthand else None

    def label(self, path: Path, value: Any) -> str:
        """Return where the value at a path came from, for people: "blueprint.yaml:12" or "default"."""
        at = self.origin(path, value)
        return f"{self.loaded.label(at.file)}:{at.line}" if at else "default"


def expand(path: File, today: date) -> Expanded:
    """Return the expanded blueprint; raises FindingsError where it has errors."""
    checked = compiling.check(path, today)
    blueprint = checked.loaded.blueprint
    accepted = any(one.at.partition(".")[0] == "bases" for one in blueprint.suppress)
    data = blueprint.model_dump(mode="json", by_alias=True, exclude=set() if accepted else {"bases"})
    while sum(_removed(data, place) for place in _meaningless(checked.loaded, data)):
        pass
    return Expanded(checked.loaded, data, checked.findings)


def _meaningless(loaded: Loaded, data: dict[str, Any]) -> set[Path]:
    """Return places of defaults that a rule refuses when they are written: they have no meaning there.

    A rule may name several keys and stand at the first, so there can be more once these are gone.
    """
    before = {(one.code, one.path) for one in check_blueprint(loaded.blueprint)}
    after = check_blueprint(Blueprint.model_validate(data))
    new = (one.path for one in after if (one.code, one.path) not in before)
    return {path for path in new if loaded.source.known(path) != path}


def _removed(data: Any, path: Path) -> bool:
    """Take the key that a path ends with out of nested mappings; return whether it was there."""
    for part in path[:-1]:
        data = data.get(part) if isinstance(data, dict) else None
    there = isinstance(data, dict) and bool(path) and path[-1] in data
    if there:
        del data[path[-1]]
    return there
