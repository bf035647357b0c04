"""rackwright plan: what a blueprint will be, with its cost."""

from __future__ import annotations

import typer

from rackwright.cli import console, review, targets

HELP = """Show what a blueprint will be: stacks, resources, hosts, what it costs and draws. Needs no credentials.

Exit code 0: done. 1: a blueprint has errors.

Examples:

\b
  rackwright plan aurora
  rackwright plan aurora --format json
  rackwright plan aurora --from main               what changes since a Git revision
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("plan", help=HELP)(plan)


def plan(
    blueprints: list[str] = targets.BLUEPRINTS,
    since: str = typer.Option("", "--from", help="Git revision: say what differs from it instead.", metavar="REF"),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Print plans."""
    from rackwright.reports import plans as report
    from rackwright.workflows import compile as workflow

    if since:
        names = [path.resolve().parent.name for path in targets.blueprint_paths(blueprints or [])]
        review.review(since, names, fail_on_loss=False, output=review.ReviewFormat(output.value))
    checked = [workflow.typed(workflow.check(path)) for path in targets.blueprint_paths(blueprints or [])]
    plans = tuple(plan for one in checked for plan in one.plans)
    written = tuple(one.loaded.blueprint for one in checked)
    if output is console.Format.JSON:
        console.document(report.as_data(plans, written))
        return
    for one in checked:
        console.findings(one.findings)
    report.print_plans(plans, written, console.rich())
    report.print_quotas(written, console.rich())
