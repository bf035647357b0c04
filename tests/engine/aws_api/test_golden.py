"""Every machine family of AWS is accepted by its API: golden datacenters deploy as committed ones do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.engine.aws_api.provider import AwsApi
from tests.engine.aws_api.test_programs import LACKING, account
from tests.golden.golden import compiled

from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program
from rackwright.system.files import write_tree

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["account"]
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["aws-cpu", "aws-gpu", "aws-processors"])
def test_machines_are_accepted_by_the_api(name: str, tmp_path: Path) -> None:
    """Launch templates, instances, interfaces and disks of each family, in the regions where they are sold."""
    apis, exports = {}, {}
    for plan in compiled(name).checked.plans:
        write_tree(tmp_path / plan.stack, compiled(name).stacks[plan.stack])
        api = apis.setdefault(plan.region, AwsApi(plan.identity, plan.region))
        program = Program(tmp_path / plan.stack / "program", "acme", plan.stack, plan.cloud)
        exports[f"organization/acme/{plan.stack}"] = up(program, api, stacks=exports).state.exports

    assert [api.lacking for api in apis.values() if not api.lacking.items() <= LACKING.items()] == []
    assert len(exports) == len(compiled(name).stacks)
