"""A report as Markdown, for pull requests and chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.rendering.environment import render

if TYPE_CHECKING:
    from rackwright.reports.document import Report


def render_markdown(report: Report) -> str:
    """Return the Markdown text."""
    return render("report/report.md.j2", report=report, cell=_cell)


def _cell(text: str) -> str:
    """Return text that is safe inside a table cell."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
