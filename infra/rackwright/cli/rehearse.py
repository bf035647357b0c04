"""rackwright rehearse: a datacenter from blueprint to verdict on this machine."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from rackwright.cli import console, targets, watch
from rackwright.diagnostics import ExitCode

HELP = """Take a datacenter from its blueprint to a verdict on this machine, without an account.

The emitted programs, the playbooks, TensorFlow, the benchmark and the verdict are real; the cloud and the
accelerators are simulated, and every report says so. Hosts boot as machines of their own where Linux and root
allow; elsewhere they are SSH servers on the loopback interface, and what those cannot do is NOT_APPLICABLE.

Exit code 0: READY. 3: NOT READY. 4: a step failed before a verdict.

Examples:

\b
  rackwright rehearse quickstart
  rackwright rehearse quickstart --fault benchmark-killed=train-1
  rackwright rehearse quickstart --hosts loopback      without root
  rackwright rehearse quickstart --format json
"""


class HostForm(StrEnum):
    """What stands for the planned machines."""

    AUTO = "auto"
    BOOTED = "booted"
    LOOPBACK = "loopback"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("rehearse", help=HELP)(rehearse)


def rehearse(
    blueprint: str = typer.Argument(
        help="Blueprint file, folder or datacenter name.", autocompletion=targets.complete_datacenter
    ),
    hosts: HostForm = typer.Option(HostForm.AUTO, "--hosts", help="auto, booted or loopback."),
    fault: list[str] = typer.Option(
        [],
        "--fault",
        help="Break a host: benchmark-killed, benchmark-hangs, result-corrupted, slurmd-stopped or sshd-stopped, "
        "as NAME=HOST.",
    ),
    benchmark_timeout: int = typer.Option(900, "--benchmark-timeout", help="Seconds the benchmark may take."),
    runs: Path = typer.Option(Path(".rackwright/runs"), "--runs", help="Folder for results and reports."),
    output: console.Format = typer.Option(console.Format.TEXT, "--format", help="text or json."),
) -> None:
    """Rehearse a datacenter."""
    from rackwright.cli import verdict
    from rackwright.workflows import rehearse as workflow

    options = workflow.Options(runs, hosts.value, tuple(fault), benchmark_timeout)
    report, folder = workflow.rehearse(targets.blueprint_path(blueprint), options, watch.watcher())
    verdict.show(report, folder, output)
    raise typer.Exit(ExitCode.OK if report.ready else ExitCode.NOT_READY)
