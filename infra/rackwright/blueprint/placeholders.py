"""Placeholders of other languages: nothing fills them in, so that each stands for a value that is missing."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rackwright.blueprint import problems
from rackwright.diagnostics import with_position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint.source_map import Node, SourceMap, SourceText
    from rackwright.diagnostics import Finding, Path

UNQUOTED = re.compile(r"(?:(?<=: )|(?<=- )|(?<=\[)|(?<=, ))\{\{[^{}\n]*\}\}|^[ \t]*\{%.*%\}", re.MULTILINE)
"""Jinja's, where YAML would take it for something else."""
INSIDE = re.compile(r"\$\{[^}]*\}|\$\([^)]*\)|\{\{[^}]*\}\}")
WHOLE = re.compile(r"<[A-Za-z][^<>]*>|(var|local|module)\.[A-Za-z_]\w*(\.\w+)*")
FREE = frozenset({"command", "reason", "value"})
"""Keys whose text is of another language, or of none."""
ALIKE = 0.8
"""How alike a key is to one of them where it is misspelled: that is then the one finding."""
HINT = "write the value itself; what environments differ in stands in files that extend one"


def in_text(source: SourceText) -> Iterator[Finding]:
    """Yield the placeholders that would not be read as text."""
    for seen in UNQUOTED.finditer(source.text):
        at = source.position(*seen.span())
        if "#" not in at.text[: at.column]:
            yield with_position(problems.PLACEHOLDER.at((), _said(seen.group().strip()), HINT), at)


def in_values(places: SourceMap) -> tuple[Finding, ...]:
    """Return the values that are or hold a placeholder, wherever text means itself."""
    return places.located(
        problems.PLACEHOLDER.at(path, _said(found), HINT)
        for path, text in _texts(places.root, ())
        if (found := _placeholder(text))
    )


def _said(found: str) -> str:
    return f"nothing fills in {found}"


def _placeholder(text: str) -> str:
    seen = INSIDE.search(text) or WHOLE.fullmatch(text)
    return seen.group() if seen else ""


def _texts(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node.data, str):
        yield path, node.data
    for name, entry in node.entries.items():
        if name != "overrides" and not get_close_matches(name, FREE, n=1, cutoff=ALIKE):
            yield from _texts(entry.node, (*path, name))
    for index, item in enumerate(node.items):
        yield from _texts(item, (*path, index))
