"""Findings as people and machines read them: file:line:column, the source line, a caret, a hint; or JSON."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from rackwright.diagnostics import Finding, Severity, sort_key

if TYPE_CHECKING:
    from rackwright.diagnostics import Position

RESET = "\x1b[0m"
COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[1;36m"}
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
WIDEST_LINE = 400
MOST_HEIRS = 8


def render_text(findings: tuple[Finding, ...], *, color: bool = False) -> str:
    """Return findings as text, in the order of the file, with a count at the end; nothing for no findings.

    Those that the blueprint accepts are counted only.
    """
    if not findings:
        return ""
    shown = (one for one in sorted(findings, key=sort_key) if not one.suppressed)
    return "".join(f"{_block(one, color=color)}\n" for one in shown) + f"{count(findings)}\n"


def count(findings: tuple[Finding, ...]) -> str:
    """Return how many findings there are of each severity: "2 errors, 1 warning, 3 suppressed"."""
    numbers = _counts(findings)
    suppressed = numbers.pop("suppressed")
    words = [f"{number} {name}{'' if number == 1 else 's'}" for name, number in numbers.items() if number]
    return ", ".join([*words, f"{suppressed} suppressed"] if suppressed else words)


def as_data(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return findings for a machine; lines and columns count from 1, `length` is in characters."""
    ordered = sorted(findings, key=sort_key)
    return {"findings": [_row(one) for one in ordered], "counts": _counts(findings)}


def _counts(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return how many findings there are of each severity, and how many are accepted."""
    left = [one for one in findings if not one.suppressed]
    counts = {severity.value: sum(one.severity is severity for one in left) for severity in Severity}
    return counts | {"suppressed": len(findings) - len(left)}


def _row(finding: Finding) -> dict[str, Any]:
    at = finding.position
    place = {"file": at.file, "line": at.line, "column": at.column, "length": at.length} if at else None
    heirs = [asdict(heir) for heir in at.inherited] if at else []
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": list(finding.path),
        "position": place,
        "inherited": heirs,
        "suppressed": finding.suppressed or None,
    }


def _block(finding: Finding, *, color: bool) -> str:
    at = finding.position
    code = f"{COLORS[finding.severity]}{finding.code}{RESET}" if color else finding.code
    place = f"{at.file}:{at.line}:{at.column} " if at else ""
    lines = [f"{place}{code} {_visible(finding.message)}"]
    if at and at.text.strip() and len(at.text) <= WIDEST_LINE:
        lines += [f"  {_visible(at.text)}", f"  {_under(at)}"]
    lines += [f"  {_visible(inherited(at))}"] if at and at.inherited else []
    if finding.hint:
        lines.append(f"  hint: {_visible(finding.hint)}")
    return "\n".join(lines)


def inherited(at: Position) -> str:
    """Return who inherits what stands at a place: "inherited by sites.use1.clusters.big (blueprint.yaml:21)"."""
    heirs = [f"{one.place} ({one.file}:{one.line})" if one.place else f"{one.file}:{one.line}" for one in at.inherited]
    more = f" and {len(heirs) - MOST_HEIRS} more" if len(heirs) > MOST_HEIRS else ""
    return f"inherited by {', '.join(heirs[:MOST_HEIRS])}{more}"


def _under(at: Position) -> str:
    """Return the caret line: tabs stay tabs and wide characters count twice, so that it stands under its token."""
    before, token = at.text[: at.column - 1], at.text[at.column - 1 : at.column - 1 + at.length]
    lead = "".join("\t" if character == "\t" else " " * _width(character) for character in before)
    return lead + "^" * max(1, sum(map(_width, token)))


def _width(character: str) -> int:
    return 2 if east_asian_width(character) in {"W", "F"} else 1


def _visible(text: str) -> str:
    """Return text without characters that could move the cursor or recolor a terminal."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
