"""All verbs, in the order in which a newcomer meets them; each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from rackwright import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = ("init", "new", "check", "migrate", "explain", "plan", "lock", "compile", "review", "preview", "rehearse")
THEN = ("permissions", "up", "validate", "destroy", "catalog", "doctor", "schema")
VERBS = (*FIRST, *THEN)
MODULES = {"compile": "compile_"}
"""Where a verb stands whose name a module cannot have."""


class Verbs(Mapping[str, Any]):
    """Commands by verb: what one run does not use costs it nothing."""

    def __getitem__(self, name: str) -> Any:
        """Return the command of a verb; raises KeyError where there is none."""
        if name not in VERBS:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        """Yield the verbs in order."""
        return iter(VERBS)

    def __len__(self) -> int:
        """Return how many verbs there are."""
        return len(VERBS)


class VerbGroup(TyperGroup):
    """The group of all verbs."""

    def __init__(self, *, commands: Any = None, **settings: Any) -> None:
        """Put the verbs where Typer looks for commands."""
        del commands
        super().__init__(**settings)
        self.commands: Any = Verbs()


@cache
def _command(name: str) -> Any:
    alone = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    import_module(f"rackwright.cli.{MODULES.get(name, name)}").register(alone)
    return typer.main.get_group(alone).commands[name]


app = typer.Typer(
    name="rackwright",
    cls=VerbGroup,
    help="Turn a reviewed blueprint of an AI datacenter into a cluster that has proved itself.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
"""Exit codes: 0 done or READY, 1 findings, 2 usage, 3 NOT READY, 4 a step failed, 5 a tool is missing."""


@app.callback(invoke_without_command=True)
def root(version: bool = typer.Option(False, "--version", help="Print the version and exit.")) -> None:
    """Turn a reviewed blueprint of an AI datacenter into a cluster that has proved itself."""
    if version:
        typer.echo(f"rackwright {__version__}")
        raise typer.Exit
