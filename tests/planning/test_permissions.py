"""Whatever planning can ask a cloud for, its permissions are known."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.test_generated import RELAXED
from tests.planning.plans import planned

from rackwright.catalog.permissions import permission_types
from rackwright.derive.permissions import grants

PLANNING = Path(__file__).resolve().parents[2] / "infra" / "rackwright" / "planning"
TOKEN = re.compile(r'"([a-zA-Z0-9]+/[A-Za-z0-9]+:[A-Za-z0-9]+)"')


def test_every_type_in_planning_has_permissions() -> None:
    """A type that a planner writes has a row in catalog/data/permissions.csv."""
    written = {
        f"{cloud}:{token}"
        for cloud in ("aws", "gcp")
        for path in (PLANNING / cloud).rglob("*.py")
        for token in TOKEN.findall(path.read_text(encoding="utf-8"))
    }

    assert written - set(permission_types()) == set()


@given(blueprints())
@settings(RELAXED, max_examples=20)
def test_every_generated_plan_has_permissions(data: Data) -> None:
    """Permissions of what is valid can be derived, to deploy and to preview."""
    for plan in planned(data):
        assert grants([plan])
        assert {one.action for one in grants([plan], reading=True)} <= {one.action for one in grants([plan])}
