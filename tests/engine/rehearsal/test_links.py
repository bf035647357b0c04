"""A link is deployed after its sites and destroyed before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.golden.golden import compiled

from rackwright.diagnostics import StepError
from rackwright.engine.deployment import destroy, up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.system.files import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.engine.state import State


@pytest.mark.parametrize("name", ["aws-links", "gcp-links"])
def test_a_site_does_not_go_while_it_is_linked(name: str, tmp_path: Path) -> None:
    """Networks that are peered cannot be deleted; in the order of before, backwards, everything can."""
    cloud = RehearsalCloud("210987654321", "us-east-1")
    states: dict[str, State] = {}
    for plan in compiled(name).checked.plans:
        write_tree(tmp_path / plan.stack, compiled(name).stacks[plan.stack])
        program = Program(tmp_path / plan.stack / "program", "acme", plan.stack, plan.cloud)
        exports = {f"organization/acme/{stack}": state.exports for stack, state in states.items()}
        states[plan.stack] = up(program, cloud, stacks=exports).state
    *clusters, site, serving, link = states

    destroy(states[serving], cloud)
    with pytest.raises(StepError, match="is still used by"):
        destroy(states[site], cloud)
    destroy(states[link], cloud)
    for stack in reversed([*clusters, site]):
        destroy(states[stack], cloud)

    assert cloud.known() == ()
