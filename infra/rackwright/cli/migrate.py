"""rackwright migrate: bring blueprints of an older version of the language to the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from rackwright.cli import console, targets
from rackwright.diagnostics import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rackwright.workflows.migrate import Migrating

HELP = """Bring blueprints, and the files they extend, to the current version of the language, in place.

Comments, order, quotes and anchors stay. All files are written, or none: what cannot be migrated as it is written is a
finding. Compile afterwards, and have both reviewed.

Exit code 0: done, or everything is up to date. 1: a file cannot be migrated, or `--check` found one to migrate.

Examples:

\b
  rackwright migrate                 every blueprint under stacks/
  rackwright migrate aurora --diff   show what would change, write nothing
  rackwright migrate --check         for CI: exit 1 where something would change
"""
MIGRATED = "migrated"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("migrate", help=HELP)(migrate)


def migrate(
    blueprints: list[str] = targets.BLUEPRINTS,
    check: bool = targets.CHECK,
    diff: bool = targets.DIFF,
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Migrate blueprints."""
    from rackwright.workflows import migrate as workflow

    rows = workflow.look(targets.blueprint_paths(blueprints or []))
    changed = [row for row in rows if row.changed]
    if not check and not diff:
        workflow.write(changed)
    if output is console.Format.JSON:
        _document(rows, written=not check and not diff)
    else:
        _show(changed, "differs" if check or diff else MIGRATED, diff=diff)
    raise typer.Exit(ExitCode.FINDINGS if check and changed else ExitCode.OK)


def _document(rows: Sequence[Migrating], *, written: bool) -> None:
    from rackwright.blueprint.version import CURRENT

    files = [
        {"file": row.path.as_posix(), "from": row.version, "changed": row.changed, "diff": row.diff} for row in rows
    ]
    console.document({"version": CURRENT, "written": written, "files": files})


def _show(changed: Sequence[Migrating], word: str, *, diff: bool) -> None:
    from rackwright.blueprint.version import CURRENT

    for row in changed:
        console.line(row.diff if diff else f"{word}  {row.path.as_posix()}  {row.version} -> {CURRENT}")
    if not changed:
        console.line(f"everything is up to date (version {CURRENT})")
    elif word == MIGRATED:
        console.line("next: rackwright compile")
