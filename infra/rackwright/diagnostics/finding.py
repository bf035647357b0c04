"""The one value every user mistake becomes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where in a blueprint, as keys and list indexes from the root: ("sites", "use1", "network", "cidr")."""


class Severity(Enum):
    """How much a finding weighs: an ERROR stops the phase after it, a WARNING and a NOTE do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Heir:
    """Who inherits what stands at a place: the path of what extends it, blank for a file, and where it says so."""

    place: str
    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file; line and column count from 1, in characters.

    `text` is the whole line, for showing it; blank where the place has none. `inherited` names those who got what
    stands there by extending it, the nearest first.
    """

    file: str
    line: int
    column: int
    length: int = 1
    text: str = ""
    inherited: tuple[Heir, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: which rule saw it, where, what is wrong, and what to do.

    `position` is filled in where a source map is at hand; rules only know `path`.
    `of_key`: the key that ends the path is wrong, not what stands under it. `suppressed` is the reason why the
    owners of the blueprint accept it, blank where they do not.
    """

    code: str
    severity: Severity
    path: Path
    message: str
    hint: str = ""
    position: Position | None = field(default=None)
    of_key: bool = False
    suppressed: str = ""


def with_position(finding: Finding, position: Position) -> Finding:
    """Return the finding at a place in a file."""
    return replace(finding, position=position)


class FindingsError(Exception):
    """A phase ended with findings; carries all of them, sorted as they are shown."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = tuple(sorted(findings, key=sort_key))
        super().__init__(f"{len(self.findings)} finding(s): " + "; ".join(f.message for f in self.findings[:3]))


def sort_key(finding: Finding) -> tuple[str, int, int, str, str, str]:
    """Order of findings: by position, then path, code and message, so that output never depends on dict order."""
    at = finding.position or Position("", 0, 0)
    return (at.file, at.line, at.column, ".".join(map(str, finding.path)), finding.code, finding.message)


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that stop the next phase."""
    return tuple(one for one in findings if one.severity is Severity.ERROR and not one.suppressed)


def dotted(path: Path) -> str:
    """Return a path as people write it: sites.use1.network.zones[0]."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
