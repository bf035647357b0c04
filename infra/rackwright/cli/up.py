"""rackwright up: deploy a stack."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console, targets, watch

HELP = """Deploy a stack: check, refuse stale output, then the same `pulumi up --stack STACK` that anyone can type.

Needs the Pulumi CLI and the stack (`pulumi stack init STACK`). Alternating it with `pulumi up` gives no changes.

Examples:

  rackwright up aurora.use1
  rackwright up aurora.use1.train --yes
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("up", help=HELP)(up)


def up(
    stack: str = typer.Argument(help="Name of a compiled stack."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask before deploying."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Deploy a stack."""
    from rackwright.workflows import deploy

    folder = targets.stack_folder(stack)
    if not yes and not typer.confirm(f"deploy {stack} with `pulumi up --stack {stack}`?"):
        raise typer.Abort
    done = deploy.up(Path.cwd(), folder, watch.watcher())
    if output is console.Format.JSON:
        console.document({"stack": stack, "operations": done.operations, "outputs": done.outputs})
        return
    console.line(f"{stack}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(done.operations.items())))
