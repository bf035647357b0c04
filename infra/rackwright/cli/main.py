"""The entry: builds the command line, and turns every way a run can end into text and an exit code."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path

import typer

from rackwright.cli import console
from rackwright.diagnostics import ExitCode, FindingsError, StepError

OBJECTS_BEFORE_COLLECTING = 100_000
"""Start-up makes tens of thousands of objects that stay: looking through them for garbage costs a twentieth of it."""
NO_PLUGINS = "PYDANTIC_DISABLE_PLUGINS"
"""Pydantic asks every installed package whether it is a plugin: another twentieth, for something nobody uses here."""


def main() -> None:
    """Run the command line and exit with a code of ExitCode.

    What is alive at the end is frozen: the interpreter would look through all of it for garbage before it ends, which
    costs a seventh of a `check`.
    """
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    os.environ.setdefault(NO_PLUGINS, "true")
    from rackwright.cli.app import app

    code = run(app)
    gc.freeze()
    sys.exit(code)


def run(app: typer.Typer, arguments: list[str] | None = None) -> int:
    """Return the exit code of one run; nothing a user does shows a traceback."""
    try:
        code = typer.main.get_command(app).main(args=arguments, prog_name="rackwright", standalone_mode=False)
    except FindingsError as failed:
        console.findings(failed.findings)
        return ExitCode.FINDINGS
    except StepError as failed:
        console.failure(failed.message, failed.hint)
        return failed.exit_code
    except typer.TyperException as wrong:
        console.failure(str(wrong), "rackwright --help")
        return ExitCode.USAGE
    except (typer.Abort, KeyboardInterrupt):
        console.failure("interrupted", "")
        return ExitCode.INTERRUPTED
    except Exception as defect:  # noqa: BLE001 - the last resort: a defect becomes a report, not a traceback
        return _crashed(defect)
    return code if isinstance(code, int) else ExitCode.OK


def _crashed(defect: Exception) -> int:
    from rackwright.system import clock, files

    report = Path(f".rackwright/crash-{clock.now():%Y%m%dT%H%M%SZ}.txt")
    files.write_atomic(report, "".join(traceback.format_exception(defect)))
    console.failure(
        f"rackwright itself failed: {type(defect).__name__}: {defect}",
        f"this is a defect, not your mistake; please report it with {report}",
    )
    return ExitCode.INTERNAL
