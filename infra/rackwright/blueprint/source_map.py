"""Where every key and value of a blueprint stands in its file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import Finding, Path, Position, with_position

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Node:
    """A YAML value with its place: `start` and `end` are offsets in the text, `data` is what it holds in Python.

    `raw` is a scalar as it was written; `size` counts the values inside, each alias for as much as it stands for.
    """

    start: int
    end: int
    data: Any = None
    raw: str = ""
    size: int = 1
    entries: dict[str, Entry] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping with its place, and the value under it."""

    start: int
    end: int
    node: Node


class SourceText:
    """A text that can say the line and column of every offset."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts = [0, *(offset + 1 for offset, character in enumerate(text) if character == "\n")]

    def position(self, start: int, end: int) -> Position:
        """Return the place from `start` to `end`, cut at the end of its first line."""
        row = bisect_right(self._starts, start) - 1
        begin = self._starts[row]
        stop = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(self.text)
        length = max(1, min(end, stop) - start)
        return Position(self.file, row + 1, start - begin + 1, length, self.text[begin:stop])


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The places of everything in a blueprint, by path."""

    source: SourceText
    root: Node

    def known(self, path: Path) -> Path:
        """Return the longest beginning of `path` that the file holds."""
        return path[: len(self._steps(path))]

    def position(self, path: Path) -> Position:
        """Return the place of a scalar's value or a collection's key; of the nearest parent for what is not there."""
        steps = self._steps(path)
        if not steps:
            return self.source.position(self.root.start, self.root.end)
        last = steps[-1]
        node = last.node if isinstance(last, Entry) else last
        spot: Entry | Node = node if node.raw else last
        return self.source.position(spot.start, spot.end)

    def key(self, path: Path) -> Position:
        """Return the place of the key that `path` ends with; of its nearest parent where it is not there."""
        steps = self._steps(path)
        if not steps or len(steps) < len(path):
            return self.position(path)
        return self.source.position(steps[-1].start, steps[-1].end)

    def raw(self, path: Path) -> str:
        """Return the scalar at `path` as it was written, blank where there is none."""
        steps = self._steps(path)
        if not steps or len(steps) < len(path):
            return ""
        last = steps[-1]
        return last.node.raw if isinstance(last, Entry) else last.raw

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings with their places; those that know theirs keep it."""
        return tuple(finding if finding.position else self._placed(finding) for finding in findings)

    def _placed(self, finding: Finding) -> Finding:
        place = self.key if finding.of_key else self.position
        return with_position(finding, place(finding.path))

    def _steps(self, path: Path) -> list[Entry | Node]:
        steps: list[Entry | Node] = []
        node = self.root
        for part in path:
            if isinstance(part, str) and part in node.entries:
                steps.append(node.entries[part])
                node = node.entries[part].node
            elif isinstance(part, int) and 0 <= part < len(node.items):
                steps.append(node.items[part])
                node = node.items[part]
            else:
                break
        return steps
