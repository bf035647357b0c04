"""A blueprint's text -> a checked model and the place of everything in it, or every mistake at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rackwright.blueprint import problems
from rackwright.blueprint.datacenter import Blueprint
from rackwright.blueprint.mistakes import findings_of
from rackwright.blueprint.source_map import SourceMap, SourceText
from rackwright.blueprint.tree import compose
from rackwright.diagnostics import Finding, FindingsError, Path, Position, Problem, with_position

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path as File

LARGEST_FILE = 1 << 20


@dataclass(frozen=True, slots=True)
class Loaded:
    """A blueprint with its text and its places."""

    blueprint: Blueprint
    text: str
    source: SourceMap

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings with file, line and column."""
        return self.source.located(findings)

    def locate(self, path: Path) -> str:
        """Return where a path stands as "blueprint.yaml:12", for a comment beside what it caused."""
        at = self.source.position(path)
        return f"{at.file.replace(chr(92), '/').rsplit('/', 1)[-1]}:{at.line}"


def load(path: File) -> Loaded:
    """Return the blueprint in a file; raises FindingsError with all mistakes of the first phase that has any."""
    file = str(path)
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError as refused:
        raise _whole(file, problems.UNREADABLE, f"cannot be read: {refused.strerror or refused}") from None
    except ValueError as refused:
        raise _whole(file, problems.UNREADABLE, f"cannot be read: {refused}") from None
    if raw is None:
        raise _whole(file, problems.UNREADABLE, "cannot be read: it is larger than 1 MiB")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        before = raw[: wrong.start]
        column = wrong.start - (before.rfind(b"\n") + 1) + 1
        at = Position(file, before.count(b"\n") + 1, column)
        found = problems.ENCODING.at((), f"byte 0x{raw[wrong.start]:02x} is not UTF-8", "save the file as UTF-8")
        raise FindingsError((with_position(found, at),)) from None
    return loads(text, file)


def loads(text: str, file: str = "blueprint.yaml") -> Loaded:
    """Return the blueprint in a text; raises FindingsError with all mistakes of the first phase that has any."""
    source = SourceText(file, text.replace("\r\n", "\n").replace("\r", "\n"))
    root = compose(source)
    if root is None:
        raise _whole(file, problems.EMPTY, "there is no blueprint in it", "rackwright new NAME writes one")
    places = SourceMap(source, root)
    return Loaded(_validated(root.data, places), source.text, places)


def _validated(data: Any, places: SourceMap) -> Blueprint:
    try:
        return Blueprint.model_validate(data)
    except ValidationError as refused:
        errors: list[Any] = list(refused.errors(include_url=False))
        raise FindingsError(findings_of(errors, Blueprint.__pydantic_core_schema__, places)) from None


def _whole(file: str, problem: Problem, message: str, hint: str = "") -> FindingsError:
    """Return a mistake of the file as a whole."""
    return FindingsError((with_position(problem.at((), message, hint), Position(file, 1, 1)),))
