"""Every committed program is its plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.planning.plans import references

from rackwright.engine.proof import prove, prove_dry_run
from rackwright.plan import Plan, from_json

ROOT = Path(__file__).resolve().parents[3]
STACKS = sorted(path.parent for path in (ROOT / "stacks").glob("*/*/plan.json"))


@pytest.mark.parametrize("folder", STACKS, ids=lambda path: path.name)
def test_the_program_is_its_plan(folder: Path) -> None:
    """With a sentinel for everything a cloud would say, program and plan ask for exactly the same."""
    plan, others = _plans(folder)

    assert prove(plan, folder / "program", others) == ()


@pytest.mark.parametrize("folder", STACKS, ids=lambda path: path.name)
def test_the_preview_knows_what_the_plan_says_is_known(folder: Path) -> None:
    """With true unknowns, exactly the inputs that hold new outputs are unknown, and secrets stay secret."""
    plan, others = _plans(folder)

    assert prove_dry_run(plan, folder / "program", others) == ()


@pytest.mark.slow
def test_a_cold_run_proves_the_same() -> None:
    """A fresh interpreter, as Pulumi starts one, gives the same proof as a forked one."""
    plan, others = _plans(STACKS[0])

    assert prove(plan, STACKS[0] / "program", others, cold=True) == ()


def _plans(folder: Path) -> tuple[Plan, list[Plan]]:
    plan = _plan(folder)
    return plan, [_plan(folder.parent / stack) for stack in references(plan)]


def _plan(folder: Path) -> Plan:
    return from_json((folder / "plan.json").read_text(encoding="utf-8"))
