"""Writing a report in all its forms beside each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rackwright.reports.document import as_data
from rackwright.reports.html import render_html
from rackwright.reports.junit import render_junit
from rackwright.reports.markdown import render_markdown
from rackwright.system.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.reports.document import Report


def write_reports(report: Report, folder: Path) -> dict[str, Path]:
    """Write report.json, .md, .xml and .html into `folder`; return where each is, by form."""
    texts = {
        "json": json.dumps(as_data(report), indent=1) + "\n",
        "md": render_markdown(report),
        "xml": render_junit(report),
        "html": render_html(report),
    }
    paths = {form: folder / f"report.{form}" for form in texts}
    for form, text in texts.items():
        write_atomic(paths[form], text)
    return paths
