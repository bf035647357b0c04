"""rackwright new: a datacenter from a preset."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rackwright.cli import console, tables, targets
from rackwright.diagnostics import StepError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.workflows.scaffold import Preset

HELP = """Add a datacenter from a preset: stacks/NAME/blueprint.yaml.

A preset is an ordinary blueprint, yours to edit once it is written; --list shows them all.

Exit code 0: written, or listed. 4: a file is there already, no name is given, or no preset has this name.

Examples:

\b
  rackwright new --list
  rackwright new aurora --preset aws-gpu --account 111122223333 --team ml-platform
  rackwright new borealis --preset gcp-tpu --project acme-ai-prod
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("new", help=HELP)(new)


def new(
    name: str = typer.Argument("", help="Name of the datacenter.", show_default=False),
    *,
    preset: str = typer.Option("aws-gpu", "--preset", help="Starting point.", autocompletion=targets.complete_preset),
    account: str = typer.Option("", "--account", "--project", help="AWS account, or GCP project, to deploy into."),
    team: str = typer.Option("my-team", "--team", help="Team that owns it."),
    cost_center: str = typer.Option("unassigned", "--cost-center", help="Where the cost is booked."),
    listed: bool = typer.Option(False, "--list", help="Show the presets and write nothing."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="Of --list: text or json."),
) -> None:
    """Write a blueprint, or show the presets."""
    from rackwright.system import clock
    from rackwright.workflows import scaffold

    if listed:
        _show(scaffold.presets().values(), output)
        return
    if not name:
        raise StepError("a new datacenter needs a name", hint="rackwright new NAME --preset PRESET")
    owner = scaffold.Owner(account, team, cost_center)
    written = scaffold.write_new(Path(), scaffold.datacenter_files(name, preset, owner, clock.now().date()))
    for path in written:
        console.line(f"wrote  {path}")
    console.line(f"next: rackwright check {name} && rackwright compile {name}")


def _show(presets: Iterable[Preset], output: console.Format) -> None:
    """Print name, cloud and sentence of presets."""
    if output is console.Format.JSON:
        console.document({"presets": [dataclasses.asdict(one) for one in presets]})
        return
    tables.show(("preset", "cloud", "what it is"), [(one.name, one.cloud, one.sentence) for one in presets])
