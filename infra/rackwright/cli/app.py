"""All verbs, in the order in which a newcomer meets them."""

from __future__ import annotations

import typer

from rackwright import __version__
from rackwright.cli import (
    catalog,
    check,
    compile_,
    destroy,
    doctor,
    explain,
    init,
    new,
    permissions,
    plan,
    preview,
    rehearse,
    review,
    schema,
    up,
    validate,
)

app = typer.Typer(
    name="rackwright",
    help="Turn a reviewed blueprint of an AI datacenter into a cluster that has proved itself.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
"""Exit codes: 0 done or READY, 1 findings, 2 usage, 3 NOT READY, 4 a step failed, 5 a tool is missing."""

FIRST = (init, new, check, explain, plan, compile_, review, preview, rehearse)
THEN = (permissions, up, validate, destroy, catalog, doctor, schema)
for verb in (*FIRST, *THEN):
    verb.register(app)


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    """Turn a reviewed blueprint of an AI datacenter into a cluster that has proved itself."""
    if version:
        typer.echo(f"rackwright {__version__}")
        raise typer.Exit
