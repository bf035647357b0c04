"""Edits of a YAML text that keep what they do not change: comments, order, quotes, anchors, indentation."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from rackwright.blueprint.migration.syntax import Piece
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Edit: TypeAlias = tuple[int, int, str]
"""A part of a text, from and to, and what stands there instead."""
STEP = 2
"""By how much a mapping is indented where the text does not show it."""
BRACKETS = re.compile(r"[\[\]{},]")


@dataclass(frozen=True, slots=True)
class Loose:
    """An entry taken out of its mapping: what follows its key, its comments, and the piece that its value is.

    Comments stand above it, behind it, and within its value.
    """

    rest: str
    column: int
    above: tuple[str, ...]
    behind: str
    within: tuple[str, ...]
    value: Piece


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits that do not overlap; those at one place in their order."""
    for start, end, new in sorted(edits, key=lambda one: one[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text


def renamed(text: str, key: Piece, name: str) -> Edit:
    """Return the edit that gives a key another name, quoted as it was."""
    before, _, after = text[key.start : key.end].rpartition(key.meant.text)
    return key.start, key.end, f"{before}{name}{after}"


def loose(text: str, mapping: Piece, name: str) -> Loose:
    """Return an entry as it can be put elsewhere."""
    key, value = mapping.entries[name]
    begin, stop = (key.start, value.end) if mapping.flow else _lines(text, key, value)
    above = tuple(line.strip() for line in text[begin : key.start].splitlines() if line.strip().startswith("#"))
    rest = text[key.end : max(key.end, value.end)]
    rest = rest if rest.lstrip().startswith(":") else f":{rest}"
    behind = text[max(key.end, value.end) : stop].strip(" :\n")
    return Loose(rest, _column(text, key.start), above, behind, tuple(_comments(text, key.end, value)), value)


def removed(text: str, mapping: Piece, name: str) -> Edit:
    """Return the edit that takes an entry out of its mapping, with its comments."""
    key, value = mapping.entries[name]
    starts = [one.start for one, _ in mapping.entries.values()]
    following = next((start for start in starts if start > key.start), None)
    if mapping.flow:
        before = max((one.end for _, one in mapping.entries.values() if one.end < key.start), default=key.start)
        return (*_uncommented(text, key.start, before, max(key.end, value.end), following), "")
    begin, stop = _lines(text, key, value)
    if len(starts) == 1:
        lead = text[begin : key.start] if _is_blank(text[_line_start(text, key.start) : key.start]) else ""
        indent = " " * _column(text, key.start) if lead else ""
        return (begin if lead else key.start), stop, f"{indent}{{}}{_newline(text, stop)}"
    if begin == _line_start(text, begin):
        return begin, stop, ""
    if following is None or "#" in text[stop:following]:
        return key.start, stop, "\n"
    return key.start, following, ""


def _uncommented(text: str, start: int, before: int, end: int, following: int | None) -> tuple[int, int]:
    """Return from where to where an entry in brackets goes with a comma of its own, comments around it left out."""
    gap = text[end:following] if following is not None else ""
    comma, comment = gap.find(","), gap.find("#")
    if following is not None and comment < 0:
        return start, following
    if 0 <= comma < comment:
        return start, end + comma + 1
    return (start if "#" in text[before:start] else before), end


def put(text: str, mapping: Piece, name: str, entry: Loose) -> list[Edit]:
    """Return the edits that put an entry at the end of a mapping."""
    if not mapping.flow:
        column = _column(text, next(iter(mapping.entries.values()))[0].start)
        stop = _line_end(text, mapping.end)
        lead = "" if stop and text[stop - 1] == "\n" else "\n"
        return [(stop, stop, lead + block(name, entry, column, first=" " * column) + ("" if lead else "\n"))]
    end = max((value.end for _, value in mapping.entries.values()), default=mapping.end - 1)
    inline = f"{', ' if mapping.entries else ''}{flowing(text, name, entry)}"
    return [*_above(text, mapping.start, comments_of(text, entry)), (end, end, inline)]


def bare(entry: Loose) -> Loose:
    """Return an entry without its comments, which stay where they are."""
    return replace(entry, above=(), behind="")


def keyed(text: str, key: Piece, piece: Piece, by: str) -> list[Edit]:
    """Return the edits that make a list of mappings under a key a mapping by what each says under another."""
    shift = STEP if not piece.flow and _column(text, piece.start) == _column(text, key.start) else 0
    edits: list[Edit] = []
    for item in piece.items:
        edits += _named(text, item, by) if item.flow else _named_lines(text, item, by, shift)
    if piece.flow:
        opened = text.index("[", piece.start)
        return [*edits, (opened, opened + 1, "{"), (piece.end - 1, piece.end, "}")]
    return [*edits, *_indented(text, piece, edits)] if shift else edits


def _indented(text: str, piece: Piece, edits: list[Edit]) -> Iterator[Edit]:
    """Yield the edits that indent the lines of a list that stands as far left as its key, those that go left out."""
    gone = [(start, end) for start, end, new in edits if not new]
    start = _line_start(text, piece.start)
    while start < piece.end:
        if not any(begin <= start < end for begin, end in gone) and text[start : start + 1] != "\n":
            yield start, start, " " * STEP
        start = _line_end(text, start)


def _named(text: str, item: Piece, by: str) -> list[Edit]:
    """Return the edits of an item in brackets: a dash before it goes."""
    name = _value(text, item, by)
    dash = text[_line_start(text, item.start) : item.start]
    start = item.start - len(dash) + dash.rindex("-") if dash.strip() == "-" else item.start
    return [(start, item.start, f"{name}: "), removed(text, item, by)]


def _named_lines(text: str, item: Piece, by: str, shift: int) -> list[Edit]:
    """Return the edits of an item that begins with a dash: the name takes its place, with the comments of the key."""
    name = _value(text, item, by)
    start = text.rindex("-", 0, item.start)
    entry = loose(text, item, by)
    dashed = "".join(f"  {one}" for one in _said_of(text[start : item.start]))
    behind = dashed + "".join(f"  {one}" for one in (*entry.above, entry.behind) if one)
    (first, _), *others = item.entries.values()
    if not others:
        return [(start, item.end, f"{name}: {{}}{dashed}")]
    if first is item.entries[by][0]:
        return [(start, item.entries[by][1].end, f"{name}:{dashed}")]
    indent = " " * (_column(text, item.start) + shift)
    return [(start, item.start, f"{name}:{behind}\n{indent}"), removed(text, item, by)]


def _value(text: str, item: Piece, by: str) -> str:
    value = item.entries[by][1]
    return text[value.start : value.end]


def block(name: str, entry: Loose, column: int, first: str = "") -> str:
    """Return an entry as lines at a column; `first` stands before its key."""
    behind = f"  {entry.behind}" if entry.behind else ""
    head, *lines = f"{name}{entry.rest}{behind}".split("\n")
    shift = column - entry.column
    moved = [f"{' ' * shift}{line}" if shift > 0 and line.strip() else line[_spare(line, -shift) :] for line in lines]
    return "\n".join([*(f"{' ' * column}{line}" for line in entry.above), first + head, *moved])


def flowing(text: str, name: str, entry: Loose) -> str:
    """Return an entry as it stands in brackets, without its comments."""
    return f"{name}{entry.rest}" if _fits(text, entry.value) else f"{name}: {bracketed(text, entry.value)}"


def bracketed(text: str, piece: Piece) -> str:
    """Return a value in brackets."""
    raw = text[piece.start : piece.end]
    if _fits(text, piece):
        return raw
    if piece.entries:
        pairs = (f"{bracketed(text, key)}: {bracketed(text, value)}" for key, value in piece.entries.values())
        return f"{{{', '.join(pairs)}}}"
    if piece.items:
        return f"[{', '.join(bracketed(text, one) for one in piece.items)}]"
    return json.dumps(piece.text, ensure_ascii=False)


def comments_of(text: str, entry: Loose) -> list[str]:
    """Return every comment of an entry that brackets have no room for."""
    within = () if _fits(text, entry.value) else entry.within
    return [*filter(None, (*entry.above, *within, entry.behind))]


def _fits(text: str, piece: Piece) -> bool:
    """Return whether a value can stand in brackets as it is written."""
    if piece.entries or piece.items or piece.of:
        return piece.flow
    raw = text[piece.start : piece.end]
    return piece.flow and (raw[-1:] in {'"', "'", "}", "]"} or not BRACKETS.search(raw))


def _comments(text: str, begin: int, piece: Piece) -> Iterator[str]:
    ends = [(one.start, one.end) for one in _leaves(piece)]
    gaps = zip([begin, *(end for _, end in ends)], [*(start for start, _ in ends), max(begin, piece.end)], strict=True)
    for start, end in gaps:
        yield from _said_of(text[start:end])


def _said_of(gap: str) -> list[str]:
    """Return the comments in a text that holds nothing else but signs."""
    return [line[line.index("#") :].rstrip() for line in gap.split("\n") if "#" in line]


def _leaves(piece: Piece) -> Iterator[Piece]:
    if not piece.inside:
        yield piece
    for one in piece.inside:
        yield from _leaves(one)


def _above(text: str, at: int, comments: list[str]) -> list[Edit]:
    start = _line_start(text, at)
    indent = text[start:at][: len(text[start:at]) - len(text[start:at].lstrip())]
    return [(start, start, "".join(f"{indent}{one}\n" for one in comments))] if comments else []


def _lines(text: str, key: Piece, value: Piece) -> tuple[int, int]:
    """Return from where to where an entry of a block goes: with the comments above it, to the end of its last line."""
    begin = _line_start(text, key.start)
    if not _is_blank(text[begin : key.start]):
        return key.start, _line_end(text, max(value.end, key.end))
    own = " " * _column(text, key.start) + "#"
    while begin and text[_line_start(text, begin - 1) : begin].startswith(own):
        begin = _line_start(text, begin - 1)
    return begin, _line_end(text, max(value.end, key.end))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Return where the line after a place begins."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _newline(text: str, stop: int) -> str:
    return "\n" if text[stop - 1 : stop] == "\n" else ""


def _column(text: str, at: int) -> int:
    return at - _line_start(text, at)


def _is_blank(text: str) -> bool:
    return not text.strip()


def _spare(line: str, most: int) -> int:
    return min(max(most, 0), len(line) - len(line.lstrip(" ")))
