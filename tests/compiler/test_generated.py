"""Every valid blueprint compiles: to the same bytes each time, to programs that are Python, and that are their plan."""

from __future__ import annotations

import ast
import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.compiler.blueprints import Data, blueprints, written
from tests.planning.plans import references

from rackwright.emit.format import ruff
from rackwright.engine.answers import DryRun
from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program, run
from rackwright.engine.proof import prove, prove_dry_run
from rackwright.engine.records import Unknown
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.system.files import write_tree
from rackwright.workflows import compile as workflow

if TYPE_CHECKING:
    from rackwright.plan import Plan

RELAXED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
LINT = ("check", "--isolated", "--no-cache", "--extend-select=I", "--line-length=100")


def compiled(data: Data, root: Path) -> workflow.Compiled:
    """Return what a blueprint compiles to."""
    return workflow.compile_blueprint(written(data, root))


def look(data: Data) -> None:
    """Assert what holds for the output of a valid blueprint."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        first, second = compiled(data, root), compiled(data, root)
        for stack, artifacts in first.stacks.items():
            write_tree(root / "out" / stack, artifacts)
            for name, text in artifacts.items():
                if name.endswith(".py"):
                    ast.parse(text, name)
        sources = json.dumps([str(root / "out" / stack / "program") for stack in first.stacks])
        command = [ruff(), *LINT, "--config", f"src = {sources}", root / "out"]
        linted = subprocess.run(command, capture_output=True, text=True, check=False)

    assert first.stacks == second.stacks
    assert linted.returncode == 0, linted.stdout


@given(blueprints())
@settings(RELAXED, max_examples=25)
def test_valid_blueprints_compile(data: Data) -> None:
    """What no rule refuses compiles, to the same bytes each time and to clean Python."""
    look(data)


@pytest.mark.slow
@given(blueprints())
@settings(RELAXED, max_examples=200)
def test_many_valid_blueprints_compile(data: Data) -> None:
    """The same, looked at longer."""
    look(data)


@pytest.mark.slow
@pytest.mark.parametrize("cloud", ["aws", "gcp"])
def test_programs_of_valid_blueprints_are_proved(cloud: str) -> None:
    """Programs of generated blueprints ask for exactly what their plans say, with sentinels and with unknowns."""

    @given(blueprints(clouds=(cloud,)))
    @settings(RELAXED, max_examples=20, phases=(Phase.generate,))
    def promise(data: Data) -> None:
        with tempfile.TemporaryDirectory() as scratch:
            found = compiled(data, Path(scratch))
            for plan, others in families(found.checked.plans):
                write_tree(Path(scratch) / "out" / plan.stack, found.stacks[plan.stack])
                program = Path(scratch) / "out" / plan.stack / "program"

                assert prove(plan, program, others) == ()
                assert prove_dry_run(plan, program, others) == ()

    promise()


@pytest.mark.slow
def test_filestore_has_an_address_once_it_exists(tmp_path: Path) -> None:
    """Before it exists, the address of a Filestore is unknown; in a rehearsal it has one."""
    network = {"cidr": "10.40.0.0/16", "zones": ["us-central1-a"]}
    home = {"kind": "file", "size": "1TiB"}
    site = {"cloud": "gcp", "project": "acme-ai-prod", "region": "us-central1", "network": network}
    owner = {"team": "ml", "cost_center": "1"}
    data = {"blueprint": 1, "name": "dc", "owner": owner, "sites": {"usc1": {**site, "storage": {"home": home}}}}
    found = compiled(data, tmp_path)
    write_tree(tmp_path / "out", found.stacks["dc.usc1"])
    program = Program(tmp_path / "out" / "program", "acme", "dc.usc1", "gcp")

    assert prove_dry_run(found.checked.plans[0], program.directory) == ()
    assert isinstance(run(program, DryRun({})).exports["home_address"], Unknown)
    assert (
        up(program, RehearsalCloud("111122223333", "us-central1"), stacks={}).state.exports["home_address"]
        == "192.0.2.1"
    )


def families(plans: tuple[Plan, ...]) -> list[tuple[Plan, list[Plan]]]:
    """Return every plan with the plans of the sites it refers to."""
    by_stack = {plan.stack: plan for plan in plans}
    return [(plan, [by_stack[stack] for stack in references(plan)]) for plan in plans]
