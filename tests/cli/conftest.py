"""Verbs as a user types them, in the repository's root."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rackwright.cli.app import app
from rackwright.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def rackwright(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Run `rackwright ...` where stacks/ is; return exit code, output and errors."""
    monkeypatch.chdir(Path(__file__).resolve().parents[2])

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(app, list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call
