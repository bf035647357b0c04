"""A report as one self-contained HTML page: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.rendering.environment import render
from rackwright.reports import plots

if TYPE_CHECKING:
    from rackwright.checks.outcome import Outcome
    from rackwright.reports.document import Report


def render_html(report: Report) -> str:
    """Return the page's text."""
    return render(
        "report/report.html.j2",
        report=report,
        throughput=plots.throughput(report.hosts),
        noise=plots.accuracy_under_noise(report.hosts),
        by_host=_by_host(report),
    )


def _by_host(report: Report) -> dict[str, tuple[Outcome, ...]]:
    """Return the outcomes of every host, hosts without any included."""
    outcomes = report.outcomes()
    return {host.name: tuple(one for one in outcomes if one.host == host.name) for host in report.hosts}
