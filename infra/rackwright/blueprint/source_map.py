"""Where every key and value of a blueprint stands: in which file, and who inherited it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rackwright.blueprint.heirs import united
from rackwright.diagnostics import Finding, Heir, Path, Position, with_position

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Node:
    """A YAML value with its place: `start` and `end` are offsets in the text, `data` is what it holds in Python.

    `raw` is a scalar as it was written; `size` counts the values inside, each alias for as much as it stands for.
    `gone`: a null that takes away what would be inherited.
    """

    start: int
    end: int
    data: Any = None
    raw: str = ""
    size: int = 1
    entries: dict[str, Entry] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a mapping with its place, and the value under it.

    `source` is the text it stands in, None where that is its parent's; `heirs` got it by extending, the nearest first.
    """

    start: int
    end: int
    node: Node
    source: SourceText | None = None
    heirs: tuple[Heir, ...] = ()


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
class Spot:
    """A value with the text it stands in and those who inherited it, the nearest first."""

    node: Node
    source: SourceText
    heirs: tuple[Heir, ...] = ()

    def below(self, entry: Entry) -> Spot:
        """Return what stands under a key of it."""
        return Spot(entry.node, entry.source or self.source, (*entry.heirs, *self.heirs))

    def position(self, of: Entry | Node) -> Position:
        """Return the place of a key or a value that stands with it."""
        at = self.source.position(of.start, of.end)
        return replace(at, inherited=self.heirs) if self.heirs else at


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The places of everything in a blueprint, by path."""

    source: SourceText
    root: Node

    def known(self, path: Path) -> Path:
        """Return the longest beginning of `path` that the blueprint holds."""
        return path[: len(self._steps(path)[0])]

    def position(self, path: Path) -> Position:
        """Return the place of a scalar's value or a collection's key; of the nearest parent for what is not there."""
        steps, spot = self._steps(path)
        return spot.position(spot.node if spot.node.raw or not steps else steps[-1])

    def key(self, path: Path) -> Position:
        """Return the place of the key that `path` ends with; of its nearest parent where it is not there."""
        steps, spot = self._steps(path)
        return spot.position(steps[-1]) if steps and len(steps) == len(path) else self.position(path)

    def raw(self, path: Path) -> str:
        """Return the scalar at `path` as it was written, blank where there is none."""
        steps, spot = self._steps(path)
        return spot.node.raw if steps and len(steps) == len(path) else ""

    def data(self, path: Path) -> Any:
        """Return what stands at `path`, or at the longest beginning of it that the blueprint holds."""
        return self._steps(path)[1].node.data

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings with their places, each mistake that several inherit once; placed ones keep theirs."""
        return united(finding if finding.position else self._placed(finding) for finding in findings)

    def _placed(self, finding: Finding) -> Finding:
        place = self.key if finding.of_key else self.position
        return with_position(finding, place(finding.path))

    def _steps(self, path: Path) -> tuple[list[Entry | Node], Spot]:
        """Return the keys and items along `path`, as far as the blueprint holds it, and what stands at their end."""
        steps: list[Entry | Node] = []
        spot = Spot(self.root, self.source)
        for part in path:
            if isinstance(part, str) and part in spot.node.entries:
                entry = spot.node.entries[part]
                steps.append(entry)
                spot = spot.below(entry)
            elif isinstance(part, int) and 0 <= part < len(spot.node.items):
                steps.append(spot.node.items[part])
                spot = replace(spot, node=spot.node.items[part])
            else:
                break
        return steps, spot
