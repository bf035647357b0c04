"""preview, up, destroy and validate where there is no Pulumi CLI."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from rackwright.diagnostics import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = "quickstart.use1"


@pytest.fixture(autouse=True)
def no_pulumi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the Pulumi CLI, and nothing else."""
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda program: None if program == "pulumi" else which(program))


def test_a_preview_says_which_engine_it_was(rackwright: Callable[..., tuple[int, str, str]]) -> None:
    """Without the CLI the embedded engine runs the program, and text and data say so."""
    code, out, _ = rackwright("preview", SITE)
    document = json.loads(rackwright("preview", SITE, "--format", "json")[1])

    assert code == ExitCode.OK
    assert "embedded engine: no cloud was asked" in out.splitlines()[-1]
    assert (document["engine"], document["operations"]) == ("embedded", {"create": len(document["resources"])})


@pytest.mark.parametrize(
    "words", [("preview", SITE, "--engine", "pulumi"), ("up", SITE, "--yes"), ("destroy", SITE, "--yes")]
)
def test_what_needs_the_cli_says_how_to_get_it(
    words: tuple[str, ...], rackwright: Callable[..., tuple[int, str, str]]
) -> None:
    """Exit code 5, where the CLI is to be had, and what works without it; nothing on standard output."""
    code, out, err = rackwright(*words)

    assert (code, out) == (ExitCode.MISSING_TOOL, "")
    assert "https://www.pulumi.com/docs/install" in err
    assert "rackwright rehearse" in err


def test_an_unknown_stack_is_refused_with_the_nearest_name(rackwright: Callable[..., tuple[int, str, str]]) -> None:
    """A slip in a stack's name is no traceback."""
    code, _, err = rackwright("up", "quickstart.use1.trian", "--yes")

    assert code == ExitCode.FAILED
    assert "did you mean 'quickstart.use1.train'?" in err
