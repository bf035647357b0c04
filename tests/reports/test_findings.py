"""Findings as they are shown."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from rackwright import reports
from rackwright.diagnostics import Finding, Position, Severity
from rackwright.reports.findings import as_data, render_text


def finding(text: str, column: int, length: int, *, line: int = 3, severity: Severity = Severity.ERROR) -> Finding:
    """Return a finding at a place in a line."""
    at = Position("blueprint.yaml", line, column, length, text)
    return Finding("NET-E101", severity, ("sites", "a", 0), "wrong", "do this", at)


def test_a_finding_is_its_place_its_line_a_caret_and_a_hint() -> None:
    """The first line is what editors and CI parse."""
    assert render_text((finding("  cidr: 10.0.0.0/99", 9, 11),)) == (
        "blueprint.yaml:3:9 NET-E101 wrong\n    cidr: 10.0.0.0/99\n          ^^^^^^^^^^^\n  hint: do this\n1 error\n"
    )


def test_the_caret_stands_under_its_token_whatever_stands_before() -> None:
    """Tabs stay tabs and wide characters count twice."""
    assert render_text((finding("\t名: x", 5, 1),)).splitlines()[2] == "  \t    ^"


def test_nothing_in_a_blueprint_can_move_the_cursor() -> None:
    """Control characters are shown as replaced, never sent to the terminal."""
    assert "\x1b" not in render_text((finding("name: \x1b[31mred", 7, 3),))


def test_findings_are_shown_in_the_order_of_the_file() -> None:
    """By line, not by the order in which they were found; the count names each severity."""
    later = finding("b", 1, 1, line=20)
    first = finding("a", 1, 1, line=3, severity=Severity.WARNING)
    shown = render_text((later, first, finding("c", 1, 1, line=4)))

    assert [line.split()[0] for line in shown.splitlines() if line.startswith("blueprint")] == [
        "blueprint.yaml:3:1",
        "blueprint.yaml:4:1",
        "blueprint.yaml:20:1",
    ]
    assert shown.endswith("2 errors, 1 warning\n")


def test_nothing_found_is_nothing_shown() -> None:
    """Silence is success."""
    assert render_text(()) == ""


def test_color_is_the_only_difference_in_a_terminal() -> None:
    """Without its escape sequences, colored output is the plain one."""
    colored = render_text((finding("a", 1, 1),), color=True)

    assert "\x1b[1;31mNET-E101\x1b[0m" in colored
    assert colored.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == render_text((finding("a", 1, 1),))


def test_machines_get_the_same_in_json() -> None:
    """Place, path and counts are data."""
    assert as_data((finding("a", 1, 1),)) == {
        "findings": [
            {
                "code": "NET-E101",
                "severity": "error",
                "message": "wrong",
                "hint": "do this",
                "path": ["sites", "a", 0],
                "position": {"file": "blueprint.yaml", "line": 3, "column": 1, "length": 1},
                "inherited": [],
                "suppressed": None,
            }
        ],
        "counts": {"error": 1, "warning": 0, "note": 0, "suppressed": 0},
    }


def test_plain_rendering_imports_no_terminal_library() -> None:
    """Showing findings costs no import of rich."""
    program = "import sys, rackwright.reports.findings; print('rich' in sys.modules)"
    root = str(Path(reports.__file__).resolve().parents[2])
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": root})

    assert run.stdout == "False\n"
