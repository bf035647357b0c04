"""Rooms stay small: no file over 400 lines, no function over 60."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE_CAP = 400
FUNCTION_CAP = 60
SOURCES = sorted(
    path
    for folder in ("infra", "tests", "benchmarks", "proofs", "ansible")
    for path in (ROOT / folder).rglob("*.py")
    if "handwritten" not in path.parts
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_the_cap(path: Path) -> None:
    """Every Python file of the project can be read in one sitting."""
    lines = path.read_text(encoding="utf-8").count("\n")

    assert lines <= FILE_CAP


def test_no_function_is_over_the_cap() -> None:
    """Every function fits on a screen."""
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_CAP
    ]

    assert too_long == []


def test_templates_stay_dumb() -> None:
    """No template is longer than 90 lines: logic lives in typed code."""
    too_long = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.j2")
        if path.read_text(encoding="utf-8").count("\n") > 90
    ]

    assert too_long == []
