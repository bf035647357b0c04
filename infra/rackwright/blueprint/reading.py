"""A file -> its text, with findings where it has none that a blueprint could be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import name

from rackwright.blueprint import problems
from rackwright.blueprint.source_map import SourceText
from rackwright.diagnostics import FindingsError, Position, Problem, with_position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rackwright.diagnostics import Finding

LARGEST_FILE = 1 << 20
INVISIBLE = re.compile("[\u00a0\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
"""Spaces that do not break, characters of no width, and those that turn the direction of text."""


def read(path: Path) -> SourceText:
    """Return the text of a file; raises FindingsError where it cannot be read or is not UTF-8."""
    file = str(path)
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError as refused:
        raise whole(file, problems.UNREADABLE, f"cannot be read: {refused.strerror or refused}") from None
    except ValueError as refused:
        raise whole(file, problems.UNREADABLE, f"cannot be read: {refused}") from None
    if raw is None:
        raise whole(file, problems.UNREADABLE, "cannot be read: it is larger than 1 MiB")
    try:
        return source_of(raw.decode("utf-8-sig"), file)
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start]
        column = wrong.start - (before.rfind(b"\n") + 1) + 1
        at = Position(file, before.count(b"\n") + 1, column)
        found = problems.ENCODING.at((), f"byte 0x{raw[wrong.start]:02x} is not UTF-8", "save the file as UTF-8")
        raise FindingsError((with_position(found, at),)) from None


def source_of(text: str, file: str) -> SourceText:
    """Return a text of a file, with the line ends of Unix; raises FindingsError where characters cannot be seen."""
    source = SourceText(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    if found := tuple(_invisible(source)):
        raise FindingsError(found)
    return source


def _invisible(source: SourceText) -> Iterator[Finding]:
    """Yield the characters that nobody sees, but for those in comments."""
    for seen in INVISIBLE.finditer(source.text):
        at = source.position(*seen.span())
        if "#" not in at.text[: at.column]:
            message = f"here stands a character called {name(seen.group()).lower()}"
            yield with_position(problems.INVISIBLE.at((), message, "type it anew"), at)


def whole(file: str, problem: Problem, message: str, hint: str = "") -> FindingsError:
    """Return a mistake of the file as a whole."""
    return FindingsError((with_position(problem.at((), message, hint), Position(file, 1, 1)),))
