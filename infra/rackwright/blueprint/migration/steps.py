"""What a migration may do to a blueprint, each as a text edit and as the same change of what the text says.

Both are made, and the text must then say what the change says: nothing that an edit loses stays unnoticed.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.blueprint import problems
from rackwright.blueprint.migration import text as texts
from rackwright.blueprint.migration.syntax import Piece, pieces
from rackwright.blueprint.source_map import SourceText
from rackwright.blueprint.tree import compose
from rackwright.diagnostics import FindingsError, Path, with_position
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

Place: TypeAlias = tuple[str, ...]
"""Keys from the root, "*" for any one: ("sites", "*", "clusters", "*")."""
Heirs: TypeAlias = frozenset[tuple[Path, Path]]
"""What extends what: the path that is extended, and the path of the heir."""
Data: TypeAlias = dict[str, Any]
ANY = "*"
KEPT = "the text would not say the same afterwards"


class RefusedError(Exception):
    """A piece that cannot be migrated as it is written, and what to write instead."""

    def __init__(self, piece: Piece, message: str, hint: str) -> None:
        super().__init__(message)
        self.piece, self.message, self.hint = piece, message, hint


class Step(ABC):
    """One change of the mappings at a place, and of what they inherit; what has it already stays as it is."""

    at: Place

    @abstractmethod
    def needed(self, data: Data) -> bool:
        """Return whether a mapping is still to be changed."""

    @abstractmethod
    def edits(self, text: str, piece: Piece) -> list[texts.Edit]:
        """Return the edits of a mapping; raises RefusedError."""

    @abstractmethod
    def change(self, data: Data) -> None:
        """Change what the mapping says."""


@dataclass(frozen=True, slots=True)
class Rename(Step):
    """A key gets another name."""

    at: Place
    key: str
    name: str

    def needed(self, data: Data) -> bool:
        """Return whether the mapping has the old name."""
        return self.key in data

    def edits(self, text: str, piece: Piece) -> list[texts.Edit]:
        """Return the edit of the key."""
        key, _ = piece.entries[self.key]
        _refuse_second(piece, self.name, key)
        return [texts.renamed(text, key, self.name)]

    def change(self, data: Data) -> None:
        """Change what the mapping says, in its order."""
        items = [(self.name if key == self.key else key, value) for key, value in data.items()]
        data.clear()
        data.update(items)


@dataclass(frozen=True, slots=True)
class Move(Step):
    """A key moves into a mapping beside it, which is made where there is none."""

    at: Place
    key: str
    into: str
    name: str

    def needed(self, data: Data) -> bool:
        """Return whether the mapping has the key."""
        return self.key in data

    def edits(self, text: str, piece: Piece) -> list[texts.Edit]:
        """Return the edits that take the entry out and put it in."""
        entry = texts.loose(text, piece, self.key)
        if self.into not in piece.entries:
            return self._wrapped(piece, entry)
        key, target = piece.entries[self.into]
        said = f"'{self.key}' belongs into {self.into}, which"
        if target.of or target.anchored:
            raise RefusedError(key, f"{said} others repeat", "write it out here")
        if not target.entries and text[target.start : target.end] != "{}":
            raise RefusedError(key, f"{said} is no mapping here", "remove one of them")
        _refuse_second(target, self.name, key)
        return [texts.removed(text, piece, self.key), *texts.put(text, target, self.name, entry)]

    def _wrapped(self, piece: Piece, entry: texts.Loose) -> list[texts.Edit]:
        key, value = piece.entries[self.key]
        if piece.flow:
            return [(key.start, max(key.end, value.end), f"{self.into}: {{{self.name}{entry.rest}}}")]
        column = entry.column + texts.STEP
        lines = texts.block(self.name, texts.bare(entry), column, first=" " * column)
        return [(key.start, max(key.end, value.end), f"{self.into}:\n{lines}")]

    def change(self, data: Data) -> None:
        """Change what the mappings say."""
        target = data.setdefault(self.into, {})
        if isinstance(target, dict):
            target[self.name] = data.pop(self.key)


@dataclass(frozen=True, slots=True)
class Keyed(Step):
    """A list of mappings becomes a mapping, by what each says under a key, which is no longer said within."""

    at: Place
    key: str
    by: str

    def needed(self, data: Data) -> bool:
        """Return whether the mapping has a list there."""
        return isinstance(data.get(self.key), list)

    def edits(self, text: str, piece: Piece) -> list[texts.Edit]:
        """Return the edits of every item, and of the brackets around them."""
        key, value = piece.entries[self.key]
        names = [self._name(one) for one in value.meant.items]
        twice = next((one for one in names if names.count(one) > 1), None)
        if twice is not None:
            raise RefusedError(key, f"'{twice}' stands in {self.key} twice", "keep one of them")
        return texts.keyed(text, key, value.meant, self.by)

    def _name(self, item: Piece) -> str:
        if self.by not in item.meant.entries or item.of or not item.entries[self.by][1].text:
            raise RefusedError(item, f"an item of {self.key} says no '{self.by}' of its own", "write it out here")
        return item.entries[self.by][1].text

    def change(self, data: Data) -> None:
        """Change what the mapping says."""
        data[self.key] = {one[self.by]: {key: one[key] for key in one if key != self.by} for one in data[self.key]}


def stepped(file: str, text: str, step: Step, heirs: Heirs) -> str:
    """Return the text of a file after a step; raises FindingsError where it cannot be made as the file is written."""
    while True:
        before = compose(SourceText(file, text))
        data = copy.deepcopy(before.data if before else None)
        edits: list[texts.Edit] = []
        for path, piece in _mappings(pieces(text), ()):
            mapping = _below(data, path)
            if not isinstance(mapping, dict) or not _is_at(path, step.at, heirs) or not step.needed(mapping):
                continue
            try:
                new = step.edits(text, piece)
            except RefusedError as refused:
                raise _finding(file, text, refused.piece, refused.message, refused.hint) from None
            if not _overlap(new, edits):
                step.change(mapping)
                edits += new
        if not edits:
            return text
        text = _verified(file, text, texts.edited(text, edits), data)


def changed(data: Any, step: Step, path: Path = ()) -> None:
    """Make a step in what files say together."""
    if isinstance(data, dict) and _is_at(path, step.at, frozenset()) and step.needed(data):
        step.change(data)
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, one in tuple(inside):
        changed(one, step, (*path, part))


def _verified(file: str, old: str, new: str, data: Any) -> str:
    """Return an edited text where it says what it should; raises FindingsError about the old one where it does not."""
    try:
        after = compose(SourceText(file, new))
    except FindingsError:
        after = None
    if after is None or after.data != data:
        raise _finding(file, old, pieces(old), KEPT, "write it without anchors, or bring it up to date by hand")
    return new


def _finding(file: str, text: str, piece: Piece, message: str, hint: str) -> FindingsError:
    at = SourceText(file, text).position(piece.start, piece.end)
    return FindingsError((with_position(problems.UNMIGRATED.at((), message, hint), at),))


def _mappings(piece: Piece, path: Path) -> Iterator[tuple[Path, Piece]]:
    """Yield every mapping with its path, what an alias repeats as often as it stands."""
    if piece.meant.entries:
        yield path, piece.meant
    for name, (_, value) in piece.meant.entries.items():
        yield from _mappings(value, (*path, name))
    for index, item in enumerate(piece.meant.items):
        yield from _mappings(item, (*path, index))


def _is_at(path: Path, place: Place, heirs: Heirs, seen: frozenset[Path] = frozenset()) -> bool:
    """Return whether a path is at a place, or something there inherits it."""
    if len(path) == len(place) and all(wanted in {ANY, part} for part, wanted in zip(path, place, strict=True)):
        return True
    others = {(*heir, *path[len(base) :]) for base, heir in heirs if path[: len(base)] == base}
    return any(_is_at(one, place, heirs, seen | {path}) for one in others - seen - {path} if len(one) <= len(place))


def _below(data: Any, path: Path) -> Any:
    """Return what stands at a path, None where it stands elsewhere by now."""
    try:
        for part in path:
            data = data[part]
    except (KeyError, TypeError, IndexError):
        return None
    return data


def _overlap(new: list[texts.Edit], edits: list[texts.Edit]) -> bool:
    return any(start < stop and begin < end for start, end, _ in new for begin, stop, _ in edits) or any(
        start == begin for start, _, _ in new for begin, _, _ in edits
    )


def _refuse_second(piece: Piece, name: str, at: Piece) -> None:
    if name in piece.entries:
        raise RefusedError(at, f"'{name}' stands beside it already", "keep one of them")
