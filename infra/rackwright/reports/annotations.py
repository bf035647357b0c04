"""Findings as workflow commands of GitHub Actions, which show them beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Severity, sort_key
from rackwright.reports.findings import inherited
from rackwright.rules import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
IN_PROPERTY = {**IN_MESSAGE, ":": "%3A", ",": "%2C"}


def render_annotations(findings: tuple[Finding, ...]) -> str:
    """Return one workflow command a finding, in the order of the file; what is accepted is nobody's work."""
    return "".join(f"{_command(finding)}\n" for finding in sorted(findings, key=sort_key) if not finding.suppressed)


def _command(finding: Finding) -> str:
    at = finding.position
    places = {"file": at.file, "line": at.line, "col": at.column, "endColumn": at.column + at.length} if at else {}
    properties = places | {"title": f"{finding.code} {CODES[finding.code].title}"}
    written = ",".join(f"{name}={_escaped(str(value), IN_PROPERTY)}" for name, value in properties.items())
    heirs = inherited(at) if at and at.inherited else ""
    text = "\n".join(filter(None, (finding.message, heirs, finding.hint)))
    return f"::{COMMANDS[finding.severity]} {written}::{_escaped(text, IN_MESSAGE)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
