"""YAML text -> a tree of nodes with their places, in one pass over the parser's events."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from rackwright.blueprint import problems
from rackwright.blueprint.scalars import plain
from rackwright.blueprint.source_map import Entry, Node, SourceText
from rackwright.diagnostics import Finding, FindingsError, Path, Problem, with_position

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 40
LARGEST = 100_000
UNPRINTABLE = "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
UNPRINTABLE_ASCII = "[^\t\n\x20-\x7e]"
"""The same of plain text: a pattern without the planes of Unicode compiles in no time."""


def compose(source: SourceText) -> Node | None:
    """Return the root of the only document, None where there is none; raises FindingsError with all mistakes."""
    bad = re.search(UNPRINTABLE_ASCII if source.text.isascii() else UNPRINTABLE, source.text)
    if bad:
        message = f"character U+{ord(bad.group()):04X} cannot stand in YAML"
        raise FindingsError((_finding(source, problems.SYNTAX, bad.span(), message),))
    composer = _Composer(source)
    root = composer.document()
    if composer.findings:
        raise FindingsError(tuple(composer.findings))
    return root


class _Composer:
    """Builds nodes from events and gathers the mistakes on the way."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self._events = self._parsed()
        self._anchors: dict[str, Node] = {}
        self._open: set[str] = set()

    def document(self) -> Node | None:
        """Return the root of the first document; a second one is a mistake."""
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(problems.DOCUMENTS, (), event, "a second document begins here", "remove this `---`")
                    break
            elif isinstance(event, NodeEvent):
                root = self._node(event, ())
        return None if root is None or (root.data is None and not root.raw) else root

    def _parsed(self) -> Iterator[Any]:
        try:
            yield from YAML(typ="safe", pure=True).parse(self.source.text)
        except MarkedYAMLError as wrong:
            raise FindingsError((*self.findings, self._syntax(wrong))) from None
        except (YAMLError, ValueError, IndexError, AttributeError, TypeError, AssertionError) as wrong:
            # The parser trips over a few malformed texts without saying where.
            finding = _finding(
                self.source, problems.SYNTAX, (0, 0), f"not valid YAML: {str(wrong) or type(wrong).__name__}"
            )
            raise FindingsError((*self.findings, finding)) from None

    def _syntax(self, wrong: MarkedYAMLError) -> Finding:
        mark = wrong.problem_mark or wrong.context_mark
        at = min(mark.index, len(self.source.text)) if mark else 0
        message = str(wrong.problem or wrong.context or "not valid YAML")
        tab = self.source.text[at : at + 1] == "\t"
        hint = str(wrong.context or "")
        if wrong.context_mark and wrong.context_mark.index < at:
            hint += f" that begins in line {self.source.position(wrong.context_mark.index, at).line}"
        hint = "indent with spaces, never with tabs" if tab else hint
        return _finding(self.source, problems.SYNTAX, (at, at + 1), message, hint)

    def _node(self, event: Any, path: Path) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event, path)
        if len(path) > DEEPEST:
            self._report(problems.TOO_LARGE, path, event, f"more than {DEEPEST} levels deep")
            raise FindingsError(tuple(self.findings))
        tag = str(event.ctag or "!")
        if tag != "!":
            written = self.source.text[event.start_mark.index :].split(maxsplit=1)[0]
            hint = "write the value without it"
            self._report(problems.TAG, path, event, f"tag {written} is not used in blueprints", hint)
        if event.anchor:
            self._open.add(event.anchor)
        node = self._built(event, path)
        if event.anchor:
            self._open.discard(event.anchor)
            self._anchors[event.anchor] = node
        return node

    def _built(self, event: Any, path: Path) -> Node:
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        node = Node(event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1))
        if isinstance(event, SequenceStartEvent):
            self._items(node, path)
        else:
            self._entries(node, path)
        if node.size > LARGEST:
            self._report(problems.TOO_LARGE, path, event, f"more than {LARGEST:,} values, aliases counted in full")
            raise FindingsError(tuple(self.findings))
        return node

    def _scalar(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        data = plain(event.value) if event.implicit[0] else event.value
        return Node(start, end, data, raw=self.source.text[start:end])

    def _items(self, node: Node, path: Path) -> None:
        node.data = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            item = self._node(event, (*path, len(node.items)))
            node.items.append(item)
            node.data.append(item.data)
            node.size += item.size

    def _entries(self, node: Node, path: Path) -> None:
        node.data = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event, (*path, "?"))
            name = self._name(key, event, path)
            value = self._node(next(self._events), (*path, name))
            node.size += value.size
            if not value.raw and not value.items and not value.entries and value.data is None:
                value = replace(value, start=key.start, end=key.end)
            if name in node.entries:
                first = self.source.position(node.entries[name].start, node.entries[name].end).line
                self._report(problems.DUPLICATE, path, event, f"key '{name}' stands twice", f"first in line {first}")
                continue
            node.entries[name] = Entry(event.start_mark.index, event.end_mark.index, value)
            node.data[name] = value.data

    def _name(self, key: Node, event: Any, path: Path) -> str:
        if isinstance(key.data, str):
            return key.data
        if key.raw:
            self._report(problems.KEY_NOT_TEXT, path, event, f"key {key.raw} is not text", f'write "{key.raw}"')
        else:
            self._report(problems.KEY_NOT_TEXT, path, event, "this key is not text")
        return key.raw

    def _alias(self, event: Any, path: Path) -> Node:
        node = self._anchors.get(event.anchor)
        if node is not None:
            return node
        inside = event.anchor in self._open
        message = f"alias *{event.anchor} repeats what it stands in" if inside else f"nothing is marked &{event.anchor}"
        self._report(problems.ALIAS, path, event, message)
        return Node(event.start_mark.index, event.end_mark.index, raw=f"*{event.anchor}")

    def _report(self, problem: Problem, path: Path, event: Any, message: str, hint: str = "") -> None:
        span = (event.start_mark.index, event.end_mark.index)
        self.findings.append(_finding(self.source, problem, span, message, hint, path))


def _finding(
    source: SourceText, problem: Problem, span: tuple[int, int], message: str, hint: str = "", path: Path = ()
) -> Finding:
    return with_position(problem.at(path, message, hint), source.position(*span))
