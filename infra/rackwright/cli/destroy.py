"""rackwright destroy: delete everything a stack has."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import changes, console, targets, watch

HELP = """Delete everything a stack has, with the Pulumi CLI.

Looks for protected resources before it starts: with one of them nothing is deleted. (`pulumi destroy` deletes
everything else first, then fails.)

Exit code 0: deleted. 4: something is protected, or a deletion failed. 5: the Pulumi CLI is missing. 130: not confirmed.

Examples:

\b
  rackwright destroy aurora.use1.train
  rackwright destroy aurora.use1.train --yes --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("destroy", help=HELP)(destroy)


def destroy(
    stack: str = typer.Argument(help="Name of a compiled stack.", autocompletion=targets.complete_stack),
    yes: bool = typer.Option(False, "--yes", help="Do not ask before deleting."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Destroy a stack."""
    from rackwright.workflows import deploy

    folder = targets.stack_folder(stack)
    if not yes and not typer.confirm(f"delete everything in {stack}?", err=True):
        raise typer.Abort
    changes.show(stack, deploy.destroy(Path.cwd(), folder, watch.watcher()), output)
