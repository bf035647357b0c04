"""Whether a change replaces a resource is known of every argument that golden stacks plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.golden.golden import compiled, names

from rackwright.catalog.replaces import replaces
from rackwright.plan import List, Map, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.plan import Value

UNSAID = {
    ("gcp:backupdisasterrecovery/backupPlan:BackupPlan", "resource_type"),
    ("gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation", "backup_plan_association_id"),
    ("gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation", "location"),
    ("gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation", "resource"),
    ("gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation", "resource_type"),
}
"""Identities that Google's provider plans to change in place, though what it then sends changes nothing."""


@pytest.mark.parametrize("name", names())
def test_every_planned_argument_has_an_answer(name: str) -> None:
    """`plan --from` says for sure what a change of it does; the provider decides by the values where it is conditional."""
    unknown = {
        (node.type, ".".join(path))
        for plan in compiled(name).checked.plans
        for node, _ in plan.singles()
        if isinstance(node, Resource)
        for key, value in node.inputs
        for path in leaves(value, (key,))
        if replaces(node.type, path) is None
    }

    assert unknown <= UNSAID


def leaves(value: Value, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the names that lead to every plain value in an argument."""
    match value:
        case Map(items) if items:
            for key, one in items:
                yield from leaves(one, (*path, key))
        case List(items) if any(isinstance(one, Map) for one in items):
            for one in items:
                yield from leaves(one, path)
        case _:
            yield path
