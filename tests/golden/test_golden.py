"""Golden stacks: every family and kind that can be planned is compiled, proved, typed, linted and rehearsed."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.compiler.test_generated import LINT
from tests.compiler.test_types import checked
from tests.golden.golden import EXPECTED, compiled, expected_text, names, sites_of

from rackwright.emit.format import LINE_LENGTH, ruff
from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program
from rackwright.engine.proof import prove, prove_dry_run
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.system.files import write_tree

if TYPE_CHECKING:
    from pathlib import Path

QUICK = ("aws-existing", "gcp-existing")
"""Datacenters of few stacks, proved in the default suite too; the committed ones are proved there as well."""
ERROR = re.compile(r"^error\[(.*?)\]: (.*)$", re.MULTILINE)
UNTYPED = {
    "goldcap.use1.grouped": ("invalid-argument-type", "Argument to function `get_instances_output` is incorrect"),
}
"""What the SDK takes while a program runs, and its types refuse: a filter whose values are outputs."""
NAMES = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in names()]


def programs(name: str, root: Path) -> dict[str, Path]:
    """Write the stacks of a golden datacenter; return stack -> folder of its program."""
    for stack, texts in compiled(name).stacks.items():
        write_tree(root / stack, texts)
    return {stack: root / stack / "program" for stack in compiled(name).stacks}


def test_digests_are_those_committed() -> None:
    """Which golden stacks a change touches is seen in its diff; `make golden` writes the digests anew."""
    assert EXPECTED.read_text(encoding="utf-8") == expected_text()


@pytest.mark.parametrize("name", NAMES)
def test_programs_are_their_plans(name: str, tmp_path: Path) -> None:
    """With sentinels and with unknowns, every program asks for exactly what its plan says."""
    plans, folders = compiled(name).checked.plans, programs(name, tmp_path)
    found = {
        plan.stack: (*prove(plan, folders[plan.stack], others), *prove_dry_run(plan, folders[plan.stack], others))
        for plan in plans
        for others in [sites_of(plan, plans)]
    }

    assert found == {plan.stack: () for plan in plans}


@pytest.mark.parametrize("name", NAMES)
def test_programs_deploy_to_the_rehearsal_cloud(name: str, tmp_path: Path) -> None:
    """Every argument is one of the SDK's schema, every reference is to something that exists, every row is created."""
    folders = programs(name, tmp_path)
    plans, exports = compiled(name).checked.plans, {}
    cloud = RehearsalCloud(plans[0].identity, plans[0].region)
    for plan in plans:
        program = Program(folders[plan.stack], "golden", plan.stack, plan.cloud)
        exports[f"organization/golden/{plan.stack}"] = up(program, cloud, stacks=exports).state.exports

    assert len(exports) == len(folders)


@pytest.mark.parametrize("name", NAMES)
def test_programs_are_clean_and_formatted(name: str, tmp_path: Path) -> None:
    """Ruff has nothing to say about them, and nothing to lay out anew."""
    folders = programs(name, tmp_path)
    sources = f"src = {json.dumps(list(map(str, folders.values())))}"
    for command in (
        [*LINT, "--config", sources],
        ["format", "--check", "--isolated", "--no-cache", f"--line-length={LINE_LENGTH}"],
    ):
        done = subprocess.run([ruff(), *command, tmp_path], capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_programs_are_typed(name: str, tmp_path: Path) -> None:
    """Ty, with the SDKs as it finds them, passes every program."""
    found = {stack: checked(folder).stdout for stack, folder in programs(name, tmp_path).items()}
    errors = {stack: ERROR.findall(text) for stack, text in found.items() if ERROR.search(text)}

    assert errors == {stack: [error] for stack, error in UNTYPED.items() if stack in found}
    assert all(text.endswith("All checks passed!\n") for stack, text in found.items() if stack not in UNTYPED)
