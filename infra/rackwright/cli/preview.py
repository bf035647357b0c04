"""rackwright preview: what deploying a stack would change."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from rackwright.cli import changes, console, targets, watch

HELP = """Show what deploying a stack would change.

Where the Pulumi CLI is on PATH this is `pulumi preview --stack STACK`: it compares with what is deployed and needs
credentials. Elsewhere the committed program runs on the embedded engine, which asks no cloud, needs nothing, and shows
every resource as new. The result says which engine it was.

Exit code 0: done. 4: the program or the cloud refused. 5: `--engine pulumi` without the Pulumi CLI.

Examples:

\b
  rackwright preview aurora.use1.train
  rackwright preview aurora.use1.train --engine embedded     without credentials
  rackwright preview aurora.use1 --format json
"""


class Engine(StrEnum):
    """What runs the program."""

    AUTO = "auto"
    PULUMI = "pulumi"
    EMBEDDED = "embedded"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("preview", help=HELP)(preview)


def preview(
    stack: str = typer.Argument(help="Name of a compiled stack.", autocompletion=targets.complete_stack),
    engine: Engine = typer.Option(Engine.AUTO, "--engine", help="auto (the Pulumi CLI, if any), pulumi or embedded."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Preview a stack."""
    from rackwright.engine.pulumi_cli import is_installed

    folder = targets.stack_folder(stack)
    if engine is Engine.PULUMI or (engine is Engine.AUTO and is_installed()):
        _through_cli(folder, output)
    else:
        _embedded(folder, output)


def _through_cli(folder: Path, output: console.Format) -> None:
    from rackwright.workflows import preview as workflow

    done = workflow.through_cli(Path.cwd(), folder, watch.watcher())
    changes.show(folder.name, done, output)


def _embedded(folder: Path, output: console.Format) -> None:
    from rackwright.workflows import preview as workflow

    seen = workflow.preview(folder)
    count = sum(seen.counts().values())
    if output is console.Format.JSON:
        resources = [
            {"urn": one.urn, "type": one.type, "name": one.name, "inputs": workflow.shown(one.inputs)}
            for one in sorted(seen.recording.by_urn().values(), key=lambda one: one.urn)
        ]
        exports = workflow.shown(seen.recording.exports)
        about = {"stack": folder.name, "engine": Engine.EMBEDDED.value, "operations": {"create": count}}
        console.document({**about, "resources": resources, "exports": exports})
        return
    for kind, each in seen.counts().items():
        console.line(f"create {each:>4}  {kind}")
    console.line(f"{folder.name}: {count} to create (embedded engine: no cloud was asked, nothing was compared)")
