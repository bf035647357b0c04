"""What a blueprint extends, merged in: files first, then every mapping that names another one.

Names are looked up where the heir stands, after files are merged: an overlay that changes a base changes its heirs too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rackwright.blueprint import problems
from rackwright.blueprint.chain import chained
from rackwright.blueprint.heirs import united
from rackwright.blueprint.merging import BASES, EXTENDS, is_mapping, merged, without
from rackwright.blueprint.source_map import Node, SourceText, Spot
from rackwright.blueprint.tree import DEEPEST, LARGEST
from rackwright.diagnostics import Finding, FindingsError, Heir, Path, Position, Problem, dotted, suggest, with_position

if TYPE_CHECKING:
    from rackwright.blueprint.source_map import Entry

MOST_HEIRS = 4_000
FREE = frozenset({"labels"})
"""Mappings whose keys are anybody's: `extends` is a key like any other there."""


@dataclass(frozen=True, slots=True)
class Inherited:
    """A blueprint with everything merged in that it extends, the texts of its files, and what is odd about it."""

    root: Node
    bases: tuple[SourceText, ...]
    findings: tuple[Finding, ...]


def inherit(source: SourceText, root: Node) -> Inherited:
    """Return a blueprint with what it extends merged in; raises FindingsError with all mistakes of extending."""
    chain = chained(source, root)
    tree = _Tree(Spot(chain.root, source))
    settled, unused = tree.settled(), tree.unused()
    if tree.findings:
        raise FindingsError(united(tree.findings))
    return Inherited(settled, chain.bases, tuple(unused))


def settled(root: Spot) -> Node:
    """Return a blueprint whose files are merged with all that is extended within; raises FindingsError."""
    tree = _Tree(root)
    found = tree.settled()
    if tree.findings:
        raise FindingsError(united(tree.findings))
    return found


class _Tree:
    """Merges mappings with what they extend, each once, and gathers the mistakes on the way."""

    def __init__(self, root: Spot) -> None:
        self.findings: list[Finding] = []
        self._root = root
        self._spots: dict[Path, Spot] = {(): root}
        self._extended: dict[Path, tuple[Path, ...]] = {}
        self._open: list[Path] = []
        self._size = 0

    def settled(self) -> Node:
        """Return the root with everything merged in, bases as files say them together."""
        entries = {
            name: replace(entry, node=_as_merged(entry.node) if name == BASES else self._settled((name,)))
            for name, entry in self._root.node.entries.items()
            if not entry.node.gone
        }
        return _filled(self._root.node, entries)

    def unused(self) -> list[Finding]:
        """Return a warning for each base of this very file that nothing extends; what they extend is looked at too."""
        bases = self._spot((BASES,))
        used = {target for targets in self._extended.values() for target in targets}
        found: list[Finding] = []
        for name, entry in bases.node.entries.items() if bases else ():
            kept = self._spot((BASES, name)) is not None
            if bases and kept and (BASES, name) not in used and bases.below(entry).source is self._root.source:
                warning = problems.UNUSED_BASE.at((BASES, name), f"nothing extends '{name}'", "remove it", of_key=True)
                found.append(with_position(warning, bases.below(entry).position(entry)))
        return found

    def _settled(self, path: Path) -> Node:
        spot = self._spot(path)
        node = spot.node if spot else Node(0, 0)
        self._size += 1 if is_mapping(node) else node.size
        if self._size > LARGEST or len(path) > DEEPEST or len(self._extended) > MOST_HEIRS:
            words = f"more than {DEEPEST} levels deep, {MOST_HEIRS:,} heirs, or {LARGEST:,} values with theirs"
            self._report(problems.TOO_LARGE, path, self._position(path), words)
            raise FindingsError(tuple(self.findings))
        if not is_mapping(node):
            return node
        entries = {
            name: replace(entry, node=self._settled((*path, name)))
            for name, entry in node.entries.items()
            if not entry.node.gone
        }
        return _filled(node, entries)

    def _spot(self, path: Path) -> Spot | None:
        """Return what stands at a path, with what it extends itself merged in; None where nothing does."""
        if path not in self._spots:
            parent = self._spot(path[:-1])
            entry = parent.node.entries.get(str(path[-1])) if parent else None
            if parent is None or entry is None or entry.node.gone:
                return None
            self._spots[path] = self._with_base(path, parent.below(entry))
        return self._spots[path]

    def _with_base(self, path: Path, spot: Spot) -> Spot:
        extends = spot.node.entries.get(EXTENDS)
        if extends is None or is_mapping(extends.node) or path[-1] in FREE:
            return spot
        own = replace(spot, node=without(spot.node, EXTENDS))
        if extends.node.gone:
            return own
        at = spot.below(extends).position(extends.node)
        base = self._base(path, extends.node.data, at)
        heir = Heir(dotted(path), at.file, at.line, at.column)
        return replace(own, node=merged(own, base, heir)) if base else own

    def _base(self, path: Path, said: object, at: Position) -> Spot | None:
        """Return what is meant by `extends` at a path, None with a finding where that is nothing to extend."""
        if not isinstance(said, str):
            self._report(problems.WRONG_TYPE, path, at, "extends must be a name here", "extends: bases.gpu")
            return None
        target: Path = tuple(said.split(".")) if "." in said else (*path[:-1], said)
        loop = self._loop(path, target)
        if loop:
            names = " -> ".join(map(dotted, loop))
            self._report(problems.CYCLE, path, at, f"{dotted(loop[0])} extends itself: {names}")
            return None
        self._open.append(path)
        base = self._spot(target)
        self._open.pop()
        if base is None:
            self._report(problems.UNKNOWN_BASE, path, at, f"there is no '{said}' to extend", self._near(path, said))
        elif not is_mapping(base.node):
            message = f"'{said}' is no mapping, and only a mapping can be extended"
            self._report(problems.NOT_A_MAPPING, path, at, message)
            base = None
        else:
            self._extended[path] = (target, *self._extended.get(target, ()))
        return base

    def _loop(self, path: Path, target: Path) -> tuple[Path, ...]:
        """Return the way on which a path comes back to itself when it extends a target; empty where it does not."""
        waiting = [*self._open, path]
        back = [index for index, one in enumerate(waiting) if target[: len(one)] == one]
        if back:
            return (*waiting[back[0] :], target)
        above = (path[:end] for end in range(1, len(path)))
        around = any(target == one or target in self._extended.get(one, ()) for one in above)
        return (target, path, target) if around else ()

    def _near(self, path: Path, said: str) -> str:
        """Return a hint with the nearest place that can be extended."""
        bases = self._below((BASES,))
        if said in bases:
            return f"did you mean 'bases.{said}'?"
        if "/" in said:
            return "a file is extended at the top of a blueprint; here a name beside, bases.NAME, or a place in it"
        parts = tuple(said.split("."))
        known = next(parts[:end] for end in range(len(parts) - 1, -1, -1) if self._below(parts[:end]))
        within = [dotted((*known, name)) for name in self._below(known)] if "." in said else self._below(path[:-1])
        return suggest(said, [*within, *(f"bases.{name}" for name in bases)])

    def _below(self, path: Path) -> list[str]:
        """Return the names of the mappings at a place, as far as it is known: a hint looks nothing up."""
        known = next(path[:end] for end in range(len(path), -1, -1) if path[:end] in self._spots)
        node: Node | None = self._spots[known].node
        for part in path[len(known) :]:
            entry = node.entries.get(str(part)) if node else None
            node = entry.node if entry else None
        return [name for name, entry in node.entries.items() if is_mapping(entry.node)] if node else []

    def _report(self, problem: Problem, path: Path, at: Position, message: str, hint: str = "") -> None:
        self.findings.append(with_position(problem.at((*path, EXTENDS), message, hint), at))

    def _position(self, path: Path) -> Position:
        """Return where a path begins to leave the file."""
        spot = self._spot(path[:1])
        return (spot or self._root).position((spot or self._root).node)


def _as_merged(node: Node) -> Node:
    """Return what files say together at a place, nothing within looked up."""
    if not is_mapping(node):
        return node
    kept = {name: entry for name, entry in node.entries.items() if not entry.node.gone}
    return _filled(node, {name: replace(entry, node=_as_merged(entry.node)) for name, entry in kept.items()})


def _filled(node: Node, entries: dict[str, Entry]) -> Node:
    """Return a mapping with other entries, and the data that they hold."""
    return replace(node, entries=entries, data={name: entry.node.data for name, entry in entries.items()})
