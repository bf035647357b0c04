"""rackwright validate: the hosts of a deployed stack, configured, measured and judged."""

from __future__ import annotations

from pathlib import Path

import typer

from rackwright.cli import console, targets, watch
from rackwright.diagnostics import ExitCode

HELP = """Configure, measure and judge the hosts of a deployed stack, over SSH, to a verdict.

The stack must have deployed what is committed: `pulumi preview` finds nothing to change. Hosts are reached as the
blueprint's `access:` says: through Systems Manager, through Identity-Aware Proxy, or at their addresses.

Host keys are verified: EC2's console output, Google Cloud's guest attributes, or --known-hosts tells them.

Without --identity a key is made for this run; EC2 Instance Connect or OS Login lets it in, and it is gone afterwards.
On AWS with `access: {kind: direct}` your SSH agent logs in.

Exit code 0: READY. 1: the blueprint has errors. 3: NOT READY. 4: a step failed before a verdict. 5: a tool is missing.

Examples:

\b
  rackwright validate aurora.use1.train
  rackwright validate aurora.use1.train --identity ~/.ssh/cluster --known-hosts cluster.keys
  rackwright validate borealis.usc1.tpu --format json
"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("validate", help=HELP)(validate)


def validate(
    stack: str = typer.Argument(
        help="Name of a compiled stack with hosts.", autocompletion=targets.complete_stack_with_hosts
    ),
    identity: Path = typer.Option(None, "--identity", help="Private key that the hosts let in already."),
    known_hosts: Path = typer.Option(None, "--known-hosts", help="Host keys that you trust, instead of the cloud's."),
    benchmark_timeout: int = typer.Option(900, "--benchmark-timeout", help="Seconds the benchmark may take."),
    runs: Path = typer.Option(Path(".rackwright/runs"), "--runs", help="Folder for results and reports."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Validate the hosts of a stack."""
    from rackwright.cli import verdict
    from rackwright.fleet.account import Keys
    from rackwright.workflows import validate as workflow

    options = workflow.Options(runs, Keys(identity, known_hosts), benchmark_timeout)
    report, folder = workflow.validate(Path.cwd(), targets.stack_folder(stack), options, watch.watcher())
    verdict.show(report, folder, output)
    raise typer.Exit(ExitCode.OK if report.ready else ExitCode.NOT_READY)
