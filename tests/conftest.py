"""What every test run says at its end."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    import pytest

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # how fast this machine is, is no promise of the code


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what could not run on this machine: the Pulumi CLI is the one tool whose absence fails nothing."""
    if shutil.which("pulumi") is None:
        terminalreporter.write_line("NOT_RUN: pulumi CLI (not on PATH; tests of the real engine run where it is)")
