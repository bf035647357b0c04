"""What changed between two versions of the language, and files brought from one to the next."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from rackwright.blueprint import version
from rackwright.blueprint.inheritance import settled
from rackwright.blueprint.merging import BASES, EXTENDS, merged, without
from rackwright.blueprint.migration.steps import Step, changed, stepped
from rackwright.blueprint.migration.syntax import Piece, pieces
from rackwright.blueprint.migration.text import edited
from rackwright.blueprint.problems import UNMIGRATED
from rackwright.blueprint.source_map import Node, SourceText, Spot
from rackwright.blueprint.tree import compose
from rackwright.diagnostics import FindingsError, Heir, Position, with_position
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rackwright.diagnostics import Path


@dataclass(frozen=True, slots=True)
class Migration:
    """The way from one version to the next: what changes, in a sentence, and the steps that change it.

    Steps follow `extends`. What names a key on its way, as `extends` and `suppress` do, needs a step of its own where
    that key gets another name.
    """

    title: str
    steps: tuple[Step, ...]


MIGRATIONS: dict[int, Migration] = {}
"""The migration from each version to the next; there is one version so far."""


def migrated(
    texts: Mapping[str, str], versions: Mapping[str, int], chains: Sequence[tuple[str, ...]]
) -> dict[str, str]:
    """Return files in the current version; raises FindingsError where one cannot be brought.

    `chains` names every blueprint with the files that it extends, the nearest first: what they say together is
    compared too.
    """
    found = dict(texts)
    for number in range(min(versions.values(), default=version.CURRENT), version.CURRENT):
        behind = [file for file in found if versions[file] <= number]
        steps = MIGRATIONS[number].steps
        said = {chain: _said(found, chain) for chain in chains if set(chain) <= set(behind)}
        for step in steps:
            heirs = frozenset(pair for text in found.values() for pair in _heirs(pieces(text), ()))
            found |= {file: stepped(file, found[file], step, heirs) for file in behind}
        for chain, before in said.items():
            _refuse_other_meaning(chain, before, steps, _said(found, chain))
        found |= {file: _numbered(found[file], number + 1) for file in behind}
    return found


def _said(texts: Mapping[str, str], chain: tuple[str, ...]) -> dict[str, Any]:
    """Return what a blueprint and the files that it extends say together, without fragments; raises FindingsError."""
    sources = [SourceText(file, texts[file]) for file in chain]
    root = Spot(compose(sources[-1]) or Node(0, 0, {}), sources[-1])
    for source in reversed(sources[:-1]):
        own = without(compose(source) or Node(0, 0, {}), EXTENDS)
        root = Spot(merged(Spot(own, source), root, Heir("", source.file, 1, 1)), source)
    data = copy.deepcopy(settled(root).data)
    return {key: value for key, value in data.items() if key != BASES}


def _refuse_other_meaning(chain: tuple[str, ...], before: dict[str, Any], steps: Iterable[Step], after: Any) -> None:
    """Raise FindingsError where files say otherwise together than what they said with the steps made in it.

    As where a list replaced an inherited one, and a mapping would be merged with it.
    """
    for step in steps:
        changed(before, step)
    if before != after:
        message = "together with what it inherits, this would not say the same afterwards"
        hint = "what replaces something inherited has to be written out; see rackwright check --expand"
        raise FindingsError((with_position(UNMIGRATED.at((), message, hint), Position(chain[0], 1, 1)),))


def _heirs(piece: Piece, path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield what extends what in a file, but for the file that it extends itself."""
    said = piece.meant.entries.get(EXTENDS)
    if path and said and said[1].meant.text:
        base = said[1].meant.text
        yield (tuple(base.split(".")) if "." in base else (*path[:-1], base)), path
    for name, (_, value) in piece.meant.entries.items():
        yield from _heirs(value, (*path, name))


def _numbered(text: str, number: int) -> str:
    """Return a text that says another version, where it says one."""
    root = pieces(text)
    if version.KEY not in root.entries:
        return text
    value = root.entries[version.KEY][1]
    return edited(text, [(value.start, value.end, str(number))])
