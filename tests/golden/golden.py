"""Golden datacenters: blueprints of every family and kind, what they compile to, and the digests that are committed."""

from __future__ import annotations

import csv
import hashlib
import io
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.planning.plans import references
from tests.shapes import shapes

from rackwright.workflows import compile as workflow

if TYPE_CHECKING:
    from rackwright.plan import Plan

HERE = Path(__file__).parent
EXPECTED = HERE / "expected.csv"
"""Digests instead of texts: whole programs stand in stacks/ and tests/handwritten/, once."""
DIGITS = 16


def names() -> list[str]:
    """Return the names of the golden datacenters: those made to be of every kind, and the shapes of users."""
    return [*sorted(path.stem for path in HERE.glob("*.yaml")), *shapes.planned()]


@cache
def compiled(name: str) -> workflow.Compiled:
    """Return what a golden blueprint compiles to."""
    path = HERE / f"{name}.yaml"
    return workflow.compile_blueprint(path if path.exists() else shapes.path_of(name))


def digests(name: str) -> list[tuple[str, str, str]]:
    """Return every stack of a golden datacenter with the digests of its plan and of its program."""
    return [
        (
            stack,
            _digest(texts["plan.json"]),
            _digest(*(texts[one] for one in sorted(texts) if one.startswith("program/"))),
        )
        for stack, texts in compiled(name).stacks.items()
    ]


def expected_text() -> str:
    """Return the file of digests as it is committed."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("stack", "plan", "program"))
    rows.writerows(row for name in names() for row in digests(name))
    return written.getvalue()


def sites_of(plan: Plan, plans: tuple[Plan, ...]) -> list[Plan]:
    """Return the plans of the sites that a cluster's or a link's plan refers to; none for a site's own."""
    return [one for one in plans if one.stack in references(plan)]


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:DIGITS]
