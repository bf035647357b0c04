"""rackwright init: a team's own repository."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console

HELP = """Set up a repository for your team's datacenters: Pulumi.yaml, the Pulumi entry, its requirements, a workflow.

Nothing that exists is overwritten.

Exit code 0: written. 4: a file is there already, with other text.

Examples:

\b
  rackwright init                    in the current folder, named after it
  rackwright init platform --project acme-ai
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("init", help=HELP)(init)


def init(
    folder: Path = typer.Argument(Path(), help="Folder of the repository."),
    project: str = typer.Option("", "--project", help="Name of the Pulumi project; default: the folder's name."),
) -> None:
    """Scaffold a repository."""
    from rackwright.workflows import scaffold

    written = scaffold.write_new(folder, scaffold.repository_files(project or folder.resolve().name))
    for name in written:
        console.line(f"wrote  {folder / name}")
    console.line("next: rackwright new NAME --preset aws-gpu --account 111122223333" if written else "nothing to add")
