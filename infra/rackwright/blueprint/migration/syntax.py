"""YAML text -> the pieces that it is written in: where each begins and ends, in which style, what an alias repeats."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Piece:
    """A value as it is written, its anchor included; `text` is what a scalar says, and a key's name.

    `flow`: it stands in brackets or quotes or is one word, so that it can stand in brackets. `anchored`: it has a mark
    that others may repeat. `of` is what an alias repeats.
    """

    start: int
    end: int
    flow: bool = True
    anchored: bool = False
    text: str = ""
    of: Piece | None = None
    entries: dict[str, tuple[Piece, Piece]] = field(default_factory=dict)
    items: list[Piece] = field(default_factory=list)

    @property
    def meant(self) -> Piece:
        """The piece itself, or what it repeats."""
        return self.of or self

    @property
    def inside(self) -> list[Piece]:
        """The keys and values, or the items, directly inside, in the order of the text."""
        return [one for pair in self.entries.values() for one in pair] or self.items


def pieces(text: str) -> Piece:
    """Return the root of a text that was composed without findings and holds a document."""
    reader = _Reader(text)
    return next(reader.piece(event) for event in reader.events if isinstance(event, NodeEvent))


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)
        self._anchors: dict[str, Piece] = {}

    def piece(self, event: Any) -> Piece:
        """Return what begins with an event."""
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, AliasEvent):
            return Piece(start, end, of=self._anchors[event.anchor])
        found = Piece(start, end, anchored=bool(event.anchor))
        if isinstance(event, ScalarEvent):
            found.end = start + len(self.text[start:end].rstrip())
            found.text, found.flow = event.value, event.style not in {"|", ">"}
        else:
            found.flow = bool(event.flow_style)
            last = self._entries(found) if isinstance(event, MappingStartEvent) else self._items(found)
            found.end = last if found.flow else found.inside[-1].end
        if event.anchor:
            self._anchors[event.anchor] = found
        return found

    def _entries(self, found: Piece) -> int:
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.piece(event)
            found.entries[key.meant.text] = (key, self.piece(next(self.events)))
        return int(event.end_mark.index)

    def _items(self, found: Piece) -> int:
        while not isinstance(event := next(self.events), SequenceEndEvent):
            found.items.append(self.piece(event))
        return int(event.end_mark.index)
