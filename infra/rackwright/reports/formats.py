"""Every way in which findings are shown, by name."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rackwright.reports.findings import as_data, count, render_text

if TYPE_CHECKING:
    from rackwright.diagnostics import Finding


class FindingsFormat(StrEnum):
    """What `check` prints: for people, for programs, for code hosts, for GitHub Actions."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def render(findings: tuple[Finding, ...], form: FindingsFormat, *, color: bool = False) -> str:
    """Return findings in a format, sorted by their places; only text has colors."""
    match form:
        case FindingsFormat.TEXT:
            return render_text(findings, color=color)
        case FindingsFormat.JSON:
            return _document(as_data(findings))
        case FindingsFormat.SARIF:
            from rackwright.reports.sarif import as_sarif

            return _document(as_sarif(findings))
        case FindingsFormat.GITHUB:
            from rackwright.reports.annotations import render_annotations

            return render_annotations(findings) + f"{count(findings) or 'no findings'}\n"


def _document(data: Any) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
