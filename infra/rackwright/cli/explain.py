"""rackwright explain: what a finding's code means."""

from __future__ import annotations

import typer

from rackwright.cli import console, targets

HELP = """Explain the code of a finding: what is wrong, why it matters, how to mend it.

Exit code 0: explained. 4: no finding has this code.

Example:

\b
  rackwright explain NET-E101
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("explain", help=HELP)(explain)


def explain(code: str = typer.Argument(help="Code of a finding.", autocompletion=targets.complete_code)) -> None:
    """Print the explanation of a code."""
    from rackwright.rules import explain as explanation

    console.line(explanation(code))
