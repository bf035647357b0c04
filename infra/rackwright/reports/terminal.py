"""A report in a terminal: the table of checks, what blocks READY, and the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks.outcome import State

if TYPE_CHECKING:
    from rich.console import Console

    from rackwright.reports.document import Report

STYLE = {
    State.PASS: "green",
    State.WARN: "yellow",
    State.FAIL: "bold red",
    State.NOT_MEASURED: "magenta",
    State.NOT_APPLICABLE: "dim",
}


def print_report(report: Report, console: Console) -> None:
    """Print the table of checks and the verdict."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=f"{report.datacenter} ({report.kind})", title_justify="left")
    for column in ("state", "check", "host", "measured", "expected"):
        table.add_column(column, overflow="fold")
    for one in report.outcomes():
        style, label = STYLE[one.state], " (simulated)" if one.simulated else ""
        state = f"[{style}]{one.state.value}[/]"
        table.add_row(state, one.check, one.host, escape(one.measured + label), escape(one.expected))
    console.print(table)
    for verdict in report.verdicts:
        for one in verdict.blocking:
            console.print(f"[red]{one.state.value}[/] {one.host} {one.check}: {escape(one.reason)}")
            if one.next_step:
                console.print(f"  next: {escape(one.next_step)}", highlight=False)
    for failure in report.failures:
        console.print(f"[red]failed[/] {escape(failure)}", highlight=False)
    console.print(f"[bold {'green' if report.ready else 'red'}]{escape(report.headline)}[/]", highlight=False)
