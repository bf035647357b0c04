"""Blueprints of older versions of the language, and what they extend, brought to the current one: all or nothing."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.blueprint import problems, version
from rackwright.blueprint.chain import base_path
from rackwright.blueprint.merging import EXTENDS, is_mapping
from rackwright.blueprint.migration.registry import migrated
from rackwright.blueprint.reading import read, whole
from rackwright.blueprint.tree import compose
from rackwright.diagnostics import FindingsError, StepError
from rackwright.diagnostics.record import dataclass
from rackwright.system import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
RETURN = "\r\n"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is: where it is shown to stand, its text with the line ends of Unix, and its version, if it says."""

    path: Path
    text: str
    stated: int | None
    base: Path | None = None


@dataclass(frozen=True, slots=True)
class Migrating:
    """A file as it is, of which version, and as it should be."""

    path: Path
    version: int
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after

    @property
    def diff(self) -> str:
        """What would change, as a unified diff."""
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(difflib.unified_diff(old, new, str(self.path), str(self.path)))


def look(paths: Iterable[Path]) -> tuple[Migrating, ...]:
    """Return every given blueprint and every file that one extends, as it is and as it should be.

    Raises FindingsError where one cannot be read, is of a newer version, or cannot be migrated as it is written.
    """
    given = list(paths)
    chains = [_chain(path) for path in given]
    found = {place: one for chain in chains for place, one in chain.items()}
    versions = {place: _version(place, found) for place in found}
    texts = {str(place): one.text for place, one in found.items()}
    names = [tuple(map(str, chain)) for chain in chains]
    after = migrated(texts, {str(place): number for place, number in versions.items()}, names)
    rows = {place: Migrating(one.path, versions[place], one.text, after[str(place)]) for place, one in found.items()}
    _refuse_partly(given, {place for place, row in rows.items() if row.changed})
    return tuple(rows.values())


def write(rows: Iterable[Migrating]) -> None:
    """Write what changed; where one file cannot be written, those before it get back what they were."""
    done: list[Migrating] = []
    try:
        for row in rows:
            if row.changed:
                _write(row.path, row.after)
                done.append(row)
    except OSError as refused:
        for row in done:
            _write(row.path, row.before)
        raise StepError(f"{row.path} cannot be written: {refused.strerror}", hint="nothing was changed") from None


def _chain(path: Path) -> dict[Path, File]:
    """Return a blueprint and the files that it extends, by where they really are."""
    found: dict[Path, File] = {}
    following: Path | None = path
    while following is not None:
        source = read(following)
        root = compose(source)
        if root is None or not is_mapping(root):
            raise whole(source.file, problems.EMPTY, "there is no blueprint in it")
        version.refuse_other(source, root, older=False)
        entry = root.entries.get(EXTENDS)
        place = following.resolve()
        at = source.position(entry.node.start, entry.node.end) if entry else None
        base = base_path(entry.node, at, (*found, place)) if entry and at else None
        found[place] = File(following, source.text, version.stated(root), base.resolve() if base else None)
        following = base
    return found


def _version(place: Path, found: Mapping[Path, File]) -> int:
    """Return the version of a file: its own, else that of the nearest that it extends and that says one, else of heirs.

    Raises StepError where none of them says one.
    """
    said = _below(place, found) or min(_above(place, found), default=0)
    if not said:
        shown = found[place].path
        raise StepError(f"{shown} does not say of which version it is", hint=f"rackwright check {shown}")
    return said


def _below(place: Path | None, found: Mapping[Path, File]) -> int:
    """Return the version of a file or of the nearest that it extends, 0 where none says one."""
    return (found[place].stated or _below(found[place].base, found)) if place else 0


def _above(place: Path, found: Mapping[Path, File]) -> list[int]:
    """Return the versions that the nearest heirs of a file say."""
    heirs = [heir for heir, one in found.items() if one.base == place]
    said = [(found[heir].stated, heir) for heir in heirs]
    return [number for stated, heir in said for number in ([stated] if stated else _above(heir, found))]


def _refuse_partly(given: list[Path], changed: set[Path]) -> None:
    """Raise StepError where a file would change that a blueprint extends which was not named."""
    named = {path.resolve() for path in given}
    beside = {one for path in given for one in path.resolve().parent.parent.glob("*/blueprint.yaml")}
    for other in sorted(beside - named):
        try:
            shared = changed & _chain(other).keys()
        except FindingsError:
            continue
        if shared:
            file = min(shared).name
            names = " ".join([*(path.resolve().parent.name for path in given), other.parent.name])
            raise StepError(f"{other.parent.name} extends {file} too", hint=f"rackwright migrate {names}")


def _write(path: Path, text: str) -> None:
    """Write a file with the line ends and the mark at its beginning that it has, where a link leads to."""
    place = path.resolve()
    raw = place.read_bytes().decode("utf-8")
    lines = text.replace("\n", RETURN) if RETURN in raw else text
    files.write_atomic(place, f"{BOM if raw.startswith(BOM) else ''}{lines}", mode=place.stat().st_mode & 0o777)
