"""The files that a blueprint consists of: it extends one, which may extend another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from rackwright.blueprint import problems
from rackwright.blueprint.merging import EXTENDS, is_mapping, merged, without
from rackwright.blueprint.reading import read, whole
from rackwright.blueprint.source_map import Node, SourceText, Spot
from rackwright.blueprint.tree import compose
from rackwright.blueprint.version import refuse_other
from rackwright.diagnostics import FindingsError, Heir, Position, Problem, suggest, with_position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.diagnostics import Finding

Files: TypeAlias = tuple[Path, ...]
MARKS = (".git", "Pulumi.yaml", "stacks")
"""What stands at the top of a repository: a base outside of it would not be reviewed with the blueprint."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A blueprint merged with all files that it extends, and their texts, the nearest first."""

    root: Node
    bases: tuple[SourceText, ...] = ()


def chained(source: SourceText, root: Node, heirs: Files = ()) -> Chain:
    """Return a blueprint with what it extends merged in; raises FindingsError. `heirs` are the files that lead here."""
    entry = root.entries.get(EXTENDS)
    if entry is None:
        return Chain(root)
    at = source.position(entry.node.start, entry.node.end)
    heir = Heir("", at.file, at.line, at.column)
    here = (*heirs, Path(source.file).resolve())
    path = base_path(entry.node, at, here)
    try:
        base, chain = _base(path, here)
    except FindingsError as wrong:
        raise FindingsError(inherited(wrong.findings, heir)) from None
    return Chain(merged(Spot(without(root, EXTENDS), source), Spot(chain.root, base), heir), (base, *chain.bases))


def inherited(findings: Iterable[Finding], heir: Heir) -> tuple[Finding, ...]:
    """Return placed findings as those of something that an heir extends."""
    return tuple(
        with_position(one, replace(one.position, inherited=(*one.position.inherited, heir)))
        for one in findings
        if one.position
    )


def _base(path: Path, heirs: Files) -> tuple[SourceText, Chain]:
    base = read(path)
    root = compose(base)
    if root is None or not is_mapping(root):
        raise whole(base.file, problems.NOT_A_MAPPING, "a blueprint is extended, and this file holds none")
    refuse_other(base, root)
    return base, chained(base, root, heirs)


def base_path(extends: Node, at: Position, heirs: Files) -> Path:
    """Return the file that a blueprint extends; raises FindingsError where it may not or there is none."""
    said = extends.data
    if not isinstance(said, str):
        raise _refused(problems.WRONG_TYPE, at, "extends must be the path of a file here", "extends: ../base.yaml")
    path = Path(normpath(Path(at.file).parent / said))
    if PurePosixPath(said).is_absolute() or not _resolved(path).is_relative_to(repository(heirs[0])):
        hint = "write a path within the repository, relative to this file"
        raise _refused(problems.OUTSIDE, at, f"{said} is outside the repository", hint)
    if not _is_file(path):
        raise _refused(problems.NO_BASE_FILE, at, f"there is no file {said}", _nearest(path, said))
    if _resolved(path) in heirs:
        names = " -> ".join(one.name for one in (*heirs[heirs.index(_resolved(path)) :], path))
        raise _refused(problems.CYCLE, at, f"{path.name} extends itself: {names}", "one of them must stand alone")
    return path


def repository(file: Path) -> Path:
    """Return the top of the repository that a resolved file is in; without one, the folder of the file."""
    return next((one for one in file.parents if any((one / mark).exists() for mark in MARKS)), file.parent)


def _nearest(path: Path, said: str) -> str:
    """Return a hint with the YAML files of a folder, or with the nearest beside a file that is not there."""
    if "://" in said:
        return "a base is a file of the same repository"
    try:
        is_folder = path.is_dir()
        folder = PurePosixPath(said) if is_folder else PurePosixPath(said).parent
        found = (path if is_folder else path.parent).glob("*.y*ml")
        return suggest(said, [str(folder / one.name) for one in found])
    except (OSError, ValueError):
        return ""


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError):
        return path.absolute()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _refused(problem: Problem, at: Position, message: str, hint: str) -> FindingsError:
    return FindingsError((with_position(problem.at((EXTENDS,), message, hint), at),))
