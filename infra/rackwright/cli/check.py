"""rackwright check: find every mistake in a blueprint, offline."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import ExitCode, Finding, FindingsError, errors

HELP = """Find every mistake in a blueprint, offline.

Exit code 0: no errors. 1: at least one error.

Examples:

\b
  rackwright check                          every blueprint under stacks/
  rackwright check aurora                   one datacenter
  rackwright check path/to/blueprint.yaml --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("check", help=HELP)(check)


def check(
    blueprints: list[str] = typer.Argument(
        None, help="Blueprint files, folders or datacenter names.", autocompletion=targets.complete_datacenter
    ),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Check blueprints; exit 1 where one has errors."""
    found: list[Finding] = []
    paths = targets.blueprint_paths(blueprints or [])
    for path in paths:
        found.extend(_findings(path))
    if output is console.Format.JSON:
        from rackwright.reports.findings import as_data

        console.document(as_data(tuple(found)))
    elif found:
        console.findings(tuple(found))
    else:
        console.line(f"{len(paths)} blueprint(s): no findings")
    raise typer.Exit(ExitCode.FINDINGS if errors(tuple(found)) else ExitCode.OK)


def _findings(path: Path) -> tuple[Finding, ...]:
    from rackwright.workflows import compile as workflow

    try:
        return workflow.check(path).findings
    except FindingsError as failed:
        return failed.findings
