"""rackwright review: what a change of blueprints does to what stands, for a pull request."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import ExitCode

HELP = """Say what a change of blueprints does to what stands: updated, replaced, lost, by which line, at which price.

Compares two Git revisions (BASE..HEAD), or one with the files as they are (BASE). Offline: which argument replaces
a resource is data; what nobody has said may replace.

Exit code 0: done. 3: data would be lost or nodes drained, with --fail-on-loss. 4: a revision is none.

Examples:

\b
  rackwright review main
  rackwright review main..my-change --datacenter aurora
  rackwright review main --format markdown > comment.md
  rackwright review main --format json --fail-on-loss
"""


class ReviewFormat(StrEnum):
    """What review prints."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("review", help=HELP)(review)


def review(
    revisions: str = typer.Argument(help="BASE..HEAD, or BASE for the files as they are."),
    datacenter: list[str] = typer.Option(
        [], "--datacenter", help="Only this datacenter; repeatable.", autocompletion=targets.complete_datacenter
    ),
    fail_on_loss: bool = typer.Option(False, "--fail-on-loss", help="Exit 3 where data is lost or nodes drained."),
    output: ReviewFormat = typer.Option(ReviewFormat.TEXT, "--format", help="text, markdown or json."),
) -> None:
    """Review a change."""
    from rackwright.reports import review as report
    from rackwright.workflows import review as workflow

    base, _, head = revisions.partition("..")
    found = workflow.reviews(base, head, tuple(datacenter), Path.cwd())
    if output is ReviewFormat.JSON:
        console.document({"reviews": [report.as_data(one) for one in found]})
    else:
        show = report.as_markdown if output is ReviewFormat.MARKDOWN else report.as_text
        console.line("\n".join(map(show, found)).rstrip() or "no blueprint changed")
    lost = any(one.change.loss for each in found for one in each.changes)
    raise typer.Exit(ExitCode.NOT_READY if fail_on_loss and lost else ExitCode.OK)
