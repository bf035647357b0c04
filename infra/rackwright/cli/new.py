"""rackwright new: a datacenter from a preset."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console, targets

HELP = """Add a datacenter from a preset: stacks/NAME/blueprint.yaml.

Presets: aws-gpu, aws-p5, gcp-gpu, gcp-tpu.

Exit code 0: written. 4: a file is there already, or no preset has this name.

Examples:

\b
  rackwright new aurora --preset aws-gpu --account 111122223333 --team ml-platform
  rackwright new borealis --preset gcp-tpu --project acme-ai-prod
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("new", help=HELP)(new)


def new(
    name: str = typer.Argument(help="Name of the datacenter."),
    preset: str = typer.Option("aws-gpu", "--preset", help="Starting point.", autocompletion=targets.complete_preset),
    account: str = typer.Option("", "--account", "--project", help="AWS account, or GCP project, to deploy into."),
    team: str = typer.Option("my-team", "--team", help="Team that owns it."),
    cost_center: str = typer.Option("unassigned", "--cost-center", help="Where the cost is booked."),
) -> None:
    """Write a blueprint."""
    from rackwright.workflows import scaffold

    owner = scaffold.Owner(account, team, cost_center)
    written = scaffold.write_new(Path(), scaffold.datacenter_files(name, preset, owner))
    for path in written:
        console.line(f"wrote  {path}")
    console.line(f"next: rackwright check {name} && rackwright compile {name}")
