"""rackwright preview: what a stack would create."""

from __future__ import annotations

import typer

from rackwright.cli import console, targets

HELP = """Show what a stack would create, without credentials: the committed program runs on the embedded engine.

Nothing is compared with a cloud: every resource is shown as new. `pulumi preview --stack STACK` asks the cloud.

Examples:

  rackwright preview aurora.use1.train
  rackwright preview aurora.use1 --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("preview", help=HELP)(preview)


def preview(
    stack: str = typer.Argument(help="Name of a compiled stack."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Preview a stack."""
    from rackwright.workflows import preview as workflow

    seen = workflow.preview(targets.stack_folder(stack))
    if output is console.Format.JSON:
        resources = [
            {"urn": one.urn, "type": one.type, "name": one.name, "inputs": workflow.shown(one.inputs)}
            for one in sorted(seen.recording.by_urn().values(), key=lambda one: one.urn)
        ]
        exports = workflow.shown(seen.recording.exports)
        console.document({"stack": stack, "engine": "embedded", "resources": resources, "exports": exports})
        return
    for kind, count in seen.counts().items():
        console.line(f"+ {count:>4}  {kind}")
    console.line(f"{sum(seen.counts().values())} to create (embedded engine; no cloud was asked)")
