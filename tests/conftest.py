"""What every test run says at its end."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what could not run on this machine: the Pulumi CLI is the one tool whose absence fails nothing."""
    if shutil.which("pulumi") is None:
        terminalreporter.write_line("NOT_RUN: pulumi CLI (not on PATH; tests of the real engine run where it is)")
