"""rackwright doctor: what this machine has and lacks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import typer

from rackwright.cli import console
from rackwright.cli.tables import show

if TYPE_CHECKING:
    from rackwright.workflows import doctor as tools

HELP = """Say which tools this machine has, what each is for, and how to get the missing ones.

Exit code 0: examined or installed. 4: something could not be installed.

Examples:

\b
  rackwright doctor
  rackwright doctor --install     add what the system's package manager has (root, Debian or Ubuntu)
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("doctor", help=HELP)(doctor)


def doctor(
    install: bool = typer.Option(False, "--install", help="Install the missing system packages."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Examine this machine."""
    from rackwright.workflows import doctor as workflow

    if install:
        _install()
        return
    found, machine = workflow.examine(), workflow.machine()
    if output is console.Format.JSON:
        rows = [{**dataclasses.asdict(one.tool), "present": one.present} for one in found]
        console.document({"machine": machine, "tools": rows})
        return
    show(("this machine", ""), [(name, str(value)) for name, value in machine.items()])
    console.line("")
    show(("tool", "here", "what for", "where from"), [_row(one) for one in found])


def _row(one: tools.Found) -> tuple[str, str, str, str]:
    return one.tool.name, "yes" if one.present else "no", one.tool.purpose, "" if one.present else one.tool.how


def _install() -> None:
    """Install what is missing; without root, go on where hosts on the loopback interface are possible."""
    from rackwright.workflows import doctor as workflow

    wanted = workflow.missing()
    if not wanted:
        console.line("nothing to install")
    elif workflow.can_install() or not workflow.loopback_hosts_possible():
        workflow.install(wanted)
        console.line(f"installed {', '.join(wanted)}")
    else:
        console.line(f"not installed without root: {', '.join(wanted)}; rehearsals use loopback hosts")
