"""Numbers that begin with a zero: what they are depends on who reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint.source_map import Node, SourceMap
    from rackwright.diagnostics import Finding, Path

LEADING_ZERO = re.compile(r"[-+]?0+[0-9]")


def zeros(places: SourceMap) -> tuple[Finding, ...]:
    """Return the numbers of a blueprint that YAML 1.1 and 1.2 read as different ones."""
    return places.located(
        problems.LEADING_ZERO.at(path, f"{node.raw} begins with a zero", f"write {node.data}")
        for path, node in _scalars(places.root, ())
        if isinstance(node.data, (int, float)) and LEADING_ZERO.match(node.raw)
    )


def _scalars(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    if not node.entries and not node.items:
        yield path, node
    for name, entry in node.entries.items():
        yield from _scalars(entry.node, (*path, name))
    for index, item in enumerate(node.items):
        yield from _scalars(item, (*path, index))
