"""rackwright schema: the JSON Schema of blueprints."""

from __future__ import annotations

import typer

from rackwright.cli import console

HELP = """Print the JSON Schema of blueprints, for editors and other tools.

Exit code 0: printed.

Example:

\b
  rackwright schema > blueprint.schema.json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("schema", help=HELP)(schema)


def schema() -> None:
    """Print the schema."""
    from rackwright.blueprint.schema import schema as blueprint_schema

    console.document(blueprint_schema())
