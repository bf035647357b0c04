"""rackwright destroy: delete everything a stack has."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console, targets, watch

HELP = """Delete everything a stack has, with the Pulumi CLI. Asks about protected resources before it starts.

Example:

  rackwright destroy aurora.use1.train
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("destroy", help=HELP)(destroy)


def destroy(
    stack: str = typer.Argument(help="Name of a compiled stack."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask before deleting."),
) -> None:
    """Destroy a stack."""
    from rackwright.workflows import deploy

    folder = targets.stack_folder(stack)
    if not yes and not typer.confirm(f"delete everything in {stack}?"):
        raise typer.Abort
    done = deploy.destroy(Path.cwd(), folder, watch.watcher())
    console.line(f"{stack}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(done.operations.items())))
