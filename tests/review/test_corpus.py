"""What an edit of a blueprint does to what stands, and by which line, is said before anything is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.review.corpus import CASES, ROOT, UNCHANGED, Case

from rackwright.diagnostics import StepError
from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.system.files import write_tree
from rackwright.workflows import compile as compiling
from rackwright.workflows.review import Side, review

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.review.document import Review

ELSEWHERE = (".cidr", ".account", ".project")
"""Edits that the embedded engine cannot follow: a network under a standing cluster, another account."""
DEPLOYED = tuple({
    (one.datacenter, one.new): one
    for one in CASES
    if one.action in {"replace", "delete", "create"} and not one.cause.endswith(ELSEWHERE)
}.values())  # fmt: skip


def text(datacenter: str) -> str:
    """Return a committed blueprint."""
    return (ROOT / "stacks" / datacenter / "blueprint.yaml").read_text(encoding="utf-8")


def written(folder: Path, datacenter: str, content: str) -> Path:
    """Return the file of a blueprint."""
    path = folder / "stacks" / datacenter / "blueprint.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    return path


def reviewed(tmp_path: Path, datacenter: str, old: str, new: str) -> Review:
    """Return the review of one edit of a committed blueprint."""
    before = text(datacenter)
    assert old in before, old
    sides = [
        Side(compiling.check(written(tmp_path / name, datacenter, content)))
        for name, content in (("before", before), ("after", before.replace(old, new)))
    ]
    return review(datacenter, *sides)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_edit_is_told_by_action_loss_and_line(case: Case, tmp_path: Path) -> None:
    """The resource, what happens to it, what is lost, and the path of the edit behind it."""
    found = reviewed(tmp_path, case.datacenter, case.old, case.new)
    named = [one for one in found.changes if one.change.key[1] == case.name]
    told = [(one.change.action, one.path) for one in named]

    assert (case.action, case.cause) in told, (told, [one.change.key[1] for one in found.changes])
    losses = [one.change.loss for one in named if (one.change.action, one.path) == (case.action, case.cause)]
    assert any(case.loss in loss and bool(loss) == bool(case.loss) for loss in losses), losses


@pytest.mark.parametrize(("datacenter", "old", "new"), UNCHANGED)
def test_an_edit_that_touches_nothing_is_told_as_nothing(datacenter: str, old: str, new: str, tmp_path: Path) -> None:
    """No noise: what stands stays as it is."""
    assert reviewed(tmp_path, datacenter, old, new).changes == ()


@pytest.mark.slow
@pytest.mark.parametrize("case", [one for one in CASES if one.new == "10.41.0.0/16"][:1], ids=str)
def test_a_network_under_a_standing_cluster_is_not_replaced(case: Case, tmp_path: Path) -> None:
    """The review says what would go; the cloud refuses to take it away while machines stand on it."""
    reviewed(tmp_path, case.datacenter, case.old, case.new)

    with pytest.raises(StepError, match="is still used by"):
        deployed(tmp_path, case.datacenter)


@pytest.mark.slow
@pytest.mark.parametrize("case", DEPLOYED, ids=str)
def test_the_engine_does_what_the_review_said(case: Case, tmp_path: Path) -> None:
    """The programs before and after, deployed one over the other: created, replaced and deleted is what was told."""
    found = reviewed(tmp_path, case.datacenter, case.old, case.new)
    sure = {"create", "replace", "delete"}
    told = {(one.change.action, one.change.key) for one in found.changes if one.change.action in sure}

    assert deployed(tmp_path, case.datacenter) == {one for one in told if not one[1][0].startswith("pulumi:providers")}


def deployed(tmp_path: Path, datacenter: str) -> set[tuple[str, tuple[str, str]]]:
    """Return what the embedded engine created, replaced and deleted on the way from before to after."""
    cloud, done = RehearsalCloud("111122223333", "us-east-1"), set()
    states, exports = {}, {}
    for name in ("before", "after"):
        compiled = compiling.compile_blueprint(tmp_path / name / "stacks" / datacenter / "blueprint.yaml")
        for plan in compiled.checked.plans:
            folder = tmp_path / name / plan.stack
            write_tree(folder, compiled.stacks[plan.stack])
            heard: list[tuple[str, str]] = []
            program = Program(folder / "program", "acme", plan.stack, plan.cloud)
            state = up(
                program, cloud, old=states.get(plan.stack), stacks=exports, told=lambda *one, to=heard: to.append(one)
            ).state
            states[plan.stack], exports[f"organization/acme/{plan.stack}"] = state, state.exports
            replaced = {urn for operation, urn in heard if operation == "replace"}
            done |= {
                (operation, tuple(urn.split("::")[2:4])) for operation, urn in heard
                if name == "after" and operation != "update" and (operation, urn in replaced) != ("delete", True)
            }  # fmt: skip
        if name == "before":
            stacks = set(compiled.stacks)
    gone = {stack for stack in stacks if stack not in compiled.stacks}
    done |= {("delete", tuple(one.urn.split("::")[2:4])) for stack in gone for one in states[stack].resources.values()
             if not one.type.startswith("pulumi:providers")}  # fmt: skip
    return done
