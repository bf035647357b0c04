"""Findings as SARIF 2.1.0: what code hosts and editors show beside the lines of a pull request."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rackwright import __version__
from rackwright.diagnostics import Finding, sort_key
from rackwright.rules import CODES
from rackwright.rules.explain import explain, markdown

if TYPE_CHECKING:
    from rackwright.diagnostics import Heir, Position

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "rackwright/v1"
"""Names how fingerprints are made; another way of making them gets another number."""


def as_sarif(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """Return a SARIF log with one run: the codes that were found as its rules, the findings as its results."""
    codes = sorted({finding.code for finding in findings})
    run = {
        "tool": {"driver": {"name": "rackwright", "version": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in sorted(findings, key=sort_key)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    problem = CODES[code]
    rule = {
        "id": code,
        "shortDescription": {"text": problem.title},
        "fullDescription": {"text": problem.explanation},
        "help": {"text": explain(code), "markdown": markdown(problem)},
        "defaultConfiguration": {"level": problem.severity.value},
    }
    return rule | ({"helpUri": problem.references[0]} if problem.references else {})


def _result(finding: Finding, index: int) -> dict[str, Any]:
    hint = f"\n{finding.hint}" if finding.hint else ""
    heirs = finding.position.inherited if finding.position else ()
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": finding.message + hint},
        "locations": [_location(finding.position)] if finding.position else [],
        **({"relatedLocations": [_heir(one) for one in heirs]} if heirs else {}),
        "partialFingerprints": {FINGERPRINT: _fingerprint(finding)},
        "suppressions": [{"kind": "inSource", "justification": finding.suppressed}] if finding.suppressed else [],
    }


def _location(at: Position) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": at.line,
        "endColumn": at.column + at.length,
    }
    if at.text:
        region["snippet"] = {"text": at.text}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(at.file)}, "region": region}}


def _heir(heir: Heir) -> dict[str, Any]:
    """Return where something extends what the finding stands in."""
    region = {"startLine": heir.line, "startColumn": heir.column}
    place = {"artifactLocation": {"uri": _uri(heir.file)}, "region": region}
    return {"physicalLocation": place, "message": {"text": f"inherited by {heir.place or heir.file}"}}


def _uri(file: str) -> str:
    """Return the file as a URI, relative where the file is, so that a code host finds it in the repository."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same while a finding moves to another line: its code, file, path and message."""
    file = finding.position.file if finding.position else ""
    parts = (finding.code, PurePath(file).as_posix(), *map(str, finding.path), finding.message)
    return sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()
