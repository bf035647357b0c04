"""A verdict as text or data, and its report in every form beside the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.cli import console

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.reports.document import Report


def show(report: Report, folder: Path, output: console.Format) -> None:
    """Write the report into the run's folder, and print it."""
    from rackwright.reports.document import as_data
    from rackwright.reports.terminal import print_report
    from rackwright.reports.write import write_reports

    written = write_reports(report, folder)
    if output is console.Format.JSON:
        console.document(as_data(report))
        return
    print_report(report, console.rich())
    console.line(f"report: {written['html'].resolve()}")
