"""rackwright permissions: what deploying may do in an account, and nothing else."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import StepError, suggest

HELP = """Show the permissions that deploying needs, from the plan: IAM policies of AWS, custom roles of Google Cloud.

What has a name is narrowed to it; what gets an id from its cloud, to account and region. State and secrets of Pulumi
itself are not among them.

Exit code 0: done. 1: a blueprint has errors. 4: a stack is none.

Examples:

\b
  rackwright permissions aurora
  rackwright permissions aurora --stack aurora.use1 --read-only     for previews of pull requests
  rackwright permissions aurora --into policies                     one file per policy or role
  rackwright permissions aurora --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("permissions", help=HELP)(permissions)


def permissions(
    blueprints: list[str] = targets.BLUEPRINTS,
    stack: list[str] = typer.Option(
        [], "--stack", help="Only this stack; repeatable.", autocompletion=targets.complete_stack
    ),
    read_only: bool = typer.Option(False, "--read-only", help="What previewing with a refresh needs."),
    into: Path = typer.Option(None, "--into", help="Write one file per policy or role into this folder."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Print permissions."""
    from rackwright.reports import permissions as report
    from rackwright.system import files
    from rackwright.workflows import compile as workflow

    plans = [plan for path in targets.blueprint_paths(blueprints or []) for plan in workflow.check(path).plans]
    for one in stack:
        if one not in {plan.stack for plan in plans}:
            hint = suggest(one, [plan.stack for plan in plans])
            raise StepError(f"no blueprint here has a stack {one!r}", hint=hint)
    found = report.needed(tuple(one for one in plans if not stack or one.stack in stack), reading=read_only)
    if into is not None:
        for name, document in (pair for one in found for pair in one.files().items()):
            files.write_atomic(into / name, console.as_json(document) + "\n")
            console.line(f"wrote  {into / name}")
    elif output is console.Format.JSON:
        console.document(report.as_data(found))
    else:
        console.line("\n".join(map(report.as_text, found)))
