"""One mapping over another that it extends: mappings are merged, all else is replaced, null takes away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.blueprint.source_map import Node, Spot

if TYPE_CHECKING:
    from rackwright.diagnostics import Heir

EXTENDS, BASES, RENAMED = "extends", "bases", "renamed_from"


def merged(own: Spot, base: Spot, heir: Heir) -> Node:
    """Return a mapping over the one that it extends; both stay as they are, and `data` is left to be filled in.

    What was renamed is the same thing in another file, and another thing under another name.
    """
    node = Node(own.node.start, own.node.end, {})
    for name, entry in base.node.entries.items():
        there = base.below(entry)
        mine = own.node.entries.get(name)
        if name == RENAMED and heir.place:
            continue
        if mine is None:
            node.entries[name] = replace(entry, source=there.source, heirs=(*there.heirs, heir))
        else:
            node.entries[name] = replace(mine, node=_over(own.below(mine), there, heir), source=own.below(mine).source)
    for name, mine in own.node.entries.items():
        if name not in node.entries:
            node.entries[name] = replace(mine, source=mine.source or own.source)
    return node


def _over(own: Spot, base: Spot, heir: Heir) -> Node:
    if is_mapping(own.node) and is_mapping(base.node):
        return merged(own, base, heir)
    return replace(own.node, gone=True) if own.node.data is None else own.node


def without(node: Node, key: str) -> Node:
    """Return a mapping without one of its keys."""
    return replace(node, entries={name: entry for name, entry in node.entries.items() if name != key})


def is_mapping(node: Node) -> bool:
    """Return whether a value is a mapping, be it empty."""
    return isinstance(node.data, dict)
