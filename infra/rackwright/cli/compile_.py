"""rackwright compile: write what a blueprint compiles to, or say what would change."""

from __future__ import annotations

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import ExitCode, Severity

HELP = """Compile blueprints into Pulumi programs beside them.

Exit code 0: done. 1: a blueprint has errors, or `--check` found a difference.

Examples:

\b
  rackwright compile                 every blueprint under stacks/
  rackwright compile aurora --diff   show what would change, write nothing
  rackwright compile --check         for CI: exit 1 where committed output differs from what compiles now
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("compile", help=HELP)(compile_)


def compile_(
    blueprints: list[str] = targets.BLUEPRINTS,
    check: bool = targets.CHECK,
    diff: bool = targets.DIFF,
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Compile blueprints; notes are what `check` tells."""
    from rackwright.workflows import compile as workflow

    compiled = [workflow.compile_blueprint(path) for path in targets.blueprint_paths(blueprints or [])]
    for one in compiled:
        console.findings(tuple(found for found in one.checked.findings if found.severity is not Severity.NOTE))
    if check or diff:
        changes = {name: text for one in compiled for name, text in workflow.differences(one).items()}
        _report(changes, diff=diff, output=output)
        raise typer.Exit(ExitCode.FINDINGS if check and changes else ExitCode.OK)
    written = {stack: stack in changed for one in compiled for changed in [workflow.write(one)] for stack in one.stacks}
    if output is console.Format.JSON:
        console.document({"stacks": [{"stack": stack, "changed": changed} for stack, changed in written.items()]})
        return
    for stack, changed in written.items():
        console.line(f"{'compiled ' if changed else 'unchanged'}  {stack}")


def _report(changes: dict[str, str], *, diff: bool, output: console.Format) -> None:
    if output is console.Format.JSON:
        console.document({"changes": [{"file": name, "diff": text} for name, text in changes.items()]})
        return
    for name, text in changes.items():
        console.line(text if diff else f"differs  {name}")
    if not changes:
        console.line("committed output is what compiles now")
