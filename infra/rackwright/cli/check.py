"""rackwright check: find every mistake in a blueprint, offline."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import ExitCode, Finding, FindingsError, errors
from rackwright.reports.findings import count
from rackwright.reports.formats import FindingsFormat, render

HELP = """Find every mistake in a blueprint, offline.

Exit code 0: no errors. 1: at least one error.

Examples:

\b
  rackwright check                          every blueprint under stacks/
  rackwright check aurora                   one datacenter
  rackwright check path/to/blueprint.yaml --format json
  rackwright check --format sarif > findings.sarif
  rackwright check --format github          annotations of a pull request
  rackwright check --now 2027-01-31         what will have expired by then
  rackwright check aurora --expand          the blueprint with every default, and where each value came from
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("check", help=HELP)(check)


def check(
    blueprints: list[str] = targets.BLUEPRINTS,
    output: FindingsFormat = typer.Option(FindingsFormat.TEXT, "--format", help="text, json, sarif or github."),
    expand: bool = typer.Option(False, "--expand", help="Print blueprints with every default and every origin."),
    now: datetime | None = typer.Option(None, "--now", formats=["%Y-%m-%d"], help="The day to judge dates by."),
) -> None:
    """Check blueprints; exit 1 where one has errors."""
    from rackwright.system import clock

    found: list[Finding] = []
    today = (now or clock.now()).date()
    paths = targets.blueprint_paths(blueprints or [])
    if expand:
        _expand(paths, today, output)
        return
    for path in paths:
        found.extend(_findings(path, today))
    if output is not FindingsFormat.TEXT:
        console.line(render(tuple(found), output).rstrip("\n"))
    elif all(one.suppressed for one in found):
        accepted = f", {count(tuple(found))}" if found else ""
        console.line(f"{len(paths)} blueprint(s): no findings{accepted}")
    else:
        console.findings(tuple(found))
    raise typer.Exit(ExitCode.FINDINGS if errors(tuple(found)) else ExitCode.OK)


def _expand(paths: list[Path], today: date, output: FindingsFormat) -> None:
    """Print blueprints with everything that they mean; raises FindingsError where one has errors."""
    from rackwright.reports.expanded import as_rows, as_yaml
    from rackwright.workflows import expand as workflow

    if output not in {FindingsFormat.TEXT, FindingsFormat.JSON}:
        raise typer.BadParameter("--expand prints text or json", param_hint="--format")
    found = {path.as_posix(): workflow.expand(path, today) for path in paths}
    console.findings(tuple(finding for one in found.values() for finding in one.findings))
    if output is FindingsFormat.JSON:
        rows = [{"file": file, "values": as_rows(one.data, one.origin)} for file, one in found.items()]
        console.document({"blueprints": rows})
        return
    documents = [f"# {file}, with every default\n{as_yaml(one.data, one.label)}" for file, one in found.items()]
    console.line("---\n".join(documents).rstrip("\n"))


def _findings(path: Path, today: date) -> tuple[Finding, ...]:
    from rackwright.workflows import compile as workflow

    try:
        return workflow.check(path, today).findings
    except FindingsError as failed:
        return failed.findings
