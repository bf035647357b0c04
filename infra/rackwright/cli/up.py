"""rackwright up: deploy a stack."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import changes, console, targets, watch

HELP = """Deploy a stack: check, refuse stale output, then the same `pulumi up --stack STACK` that anyone can type.

Needs the Pulumi CLI and the stack (`pulumi stack init STACK`). Alternating it with `pulumi up` gives no changes.

Exit code 0: deployed. 1: the blueprint has errors. 4: output is stale, or the deployment failed. 5: the Pulumi CLI is
missing. 130: not confirmed.

Examples:

\b
  rackwright up aurora.use1
  rackwright up aurora.use1.train --yes
  rackwright up aurora.use1.train --yes --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("up", help=HELP)(up)


def up(
    stack: str = typer.Argument(help="Name of a compiled stack.", autocompletion=targets.complete_stack),
    yes: bool = typer.Option(False, "--yes", help="Do not ask before deploying."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Deploy a stack."""
    from rackwright.workflows import deploy

    folder = targets.stack_folder(stack)
    if not yes and not typer.confirm(f"deploy {stack} with `pulumi up --stack {stack}`?", err=True):
        raise typer.Abort
    changes.show(stack, deploy.up(Path.cwd(), folder, watch.watcher()), output)
