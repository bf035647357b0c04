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
    _remove_meaningless(checked.loaded, data)
    return Expanded(checked.loaded, data, checked.findings)


def _remove_meaningless(loaded: Loaded, data: dict[str, Any]) -> None:
    """Take out every default that a rule refuses; one that names several keys stands at the first that is left."""
    while places := [place for place in _meaningless(loaded, data) if _holds(data, place)]:
        for place in places:
            _remove(data, place)


def _meaningless(loaded: Loaded, data: dict[str, Any]) -> set[Path]:
    """Return the places of defaults that a rule refuses when they are written: they have no meaning there."""
    before = {(one.code, one.path) for one in check_blueprint(loaded.blueprint)}
    after = check_blueprint(Blueprint.model_validate(data))
    new = (one.path for one in after if (one.code, one.path) not in before)
    return {path for path in new if loaded.source.known(path) != path}


def _holds(data: Any, path: Path) -> bool:
    """Return whether a path leads to something in nested mappings."""
    for part in path:
        if not isinstance(data, dict) or part not in data:
            return False
        data = data[part]
    return bool(path)


def _remove(data: Any, path: Path) -> None:
    """Take what a path leads to out of nested mappings."""
    *above, key = path
    for part in above:
        data = data[part]
    del data[key]
