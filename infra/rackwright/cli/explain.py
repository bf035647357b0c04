"""rackwright explain: what a finding's code means."""

from __future__ import annotations

import typer

from rackwright.cli import console, targets

HELP = """Explain the code of a finding: what is wrong, why it matters, how to mend it, whether it can be accepted.

Exit code 0: explained. 4: no finding has this code.

Examples:

\b
  rackwright explain                        every code, by area
  rackwright explain NET                    the codes of an area
  rackwright explain NET-E101
  rackwright explain NET-E101 --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("explain", help=HELP)(explain)


def explain(
    code: str = typer.Argument("", help="A code, or an area of codes.", autocompletion=targets.complete_code),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Print the explanation of a code, or list codes."""
    from rackwright.rules.explain import AREAS, chosen, meaning
    from rackwright.rules.explain import explain as explained

    if output is console.Format.TEXT:
        console.line(explained(code))
    elif code.upper() in {"", *AREAS}:
        console.document([meaning(one.code) for one in chosen(code)])
    else:
        console.document(meaning(code))
