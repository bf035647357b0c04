"""A file -> its text, with findings where it has none that a blueprint could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import problems
from rackwright.blueprint.source_map import SourceText
from rackwright.diagnostics import FindingsError, Position, Problem, with_position

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 1 << 20


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
    """Return a text of a file, with the line ends of Unix."""
    return SourceText(file, text.replace("\r\n", "\n").replace("\r", "\n"))


def whole(file: str, problem: Problem, message: str, hint: str = "") -> FindingsError:
    """Return a mistake of the file as a whole."""
    return FindingsError((with_position(problem.at((), message, hint), Position(file, 1, 1)),))
