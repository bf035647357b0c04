"""The real engine's preview of an edit is what the review said of it. Needs `pulumi` on PATH."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.engine.test_pulumi_cli import pulumi, pytestmark, repository_of, settings
from tests.review.corpus import CASES, UNCHANGED

from rackwright.engine import pulumi_cli
from rackwright.system.files import write_tree
from rackwright.workflows import compile as compiling
from rackwright.workflows.review import Side, review

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rackwright.review.document import Review

__all__ = ["pytestmark"]
ACTIONS = {"create", "replace", "delete"}
ELSEWHERE = (".account", ".project")
"""Edits that move a site to where nothing stands: a provider learns that from its cloud, the rehearsal's does not."""
EDITS = {
    name: tuple(
        dict.fromkeys(
            [(one.old, one.new) for one in CASES if one.datacenter == name and not one.cause.endswith(ELSEWHERE)]
            + [(old, new) for datacenter, old, new in UNCHANGED if datacenter == name]
        )
    )
    for name in ("quickstart", "aurora", "borealis")
}
Told = set[tuple[Any, ...]]


def told(found: Review, stack: str) -> tuple[Told, Told]:
    """Return what is done to a stack for sure, and what may be: action, type and name of resources."""
    here = (one.change for one in found.changes if one.change.stack == stack)
    changes = [one for one in here if "providers" not in one.key[0]]
    sure = {(one.action, *one.key) for one in changes if one.action in ACTIONS}
    return sure, sure | {("replace", *one.key) for one in changes if one.action == "may-replace"}


def compared(found: Review, stacks: list[str]) -> Iterator[str]:
    """Yield the stacks that a preview sees as a review does: a cluster sees a changed site once that is deployed."""
    changed = {one.change.stack for one in found.changes}
    for stack in stacks:
        site = stack.rpartition(".")[0]
        if not site.count(".") or site not in changed:
            yield stack


@pytest.mark.parametrize("datacenter", EDITS)
def test_previews_are_what_reviews_say(datacenter: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All stacks of a datacenter stand; of every edit of the corpus the engine would do as was told, stack by stack.

    What is protected is not any more: the engine refuses to preview that it goes.
    """
    repository = repository_of(tmp_path, datacenter)
    folder = repository / "stacks" / datacenter
    stacks = [one.stack for one in compiling.check(folder / "blueprint.yaml").plans]
    for stack in stacks:
        assert pulumi(repository, "stack", "init", stack).returncode == 0
        done = pulumi(repository, "up", "--yes", "--stack", stack)
        assert done.returncode == 0, done.stdout + done.stderr
        pulumi(repository, "state", "unprotect", "--all", "--yes", "--stack", stack)
    for name, value in settings(repository).items():
        monkeypatch.setenv(name, value)
    text = (folder / "blueprint.yaml").read_text(encoding="utf-8")
    before = tmp_path / "before" / "stacks" / datacenter / "blueprint.yaml"
    before.parent.mkdir(parents=True)
    before.write_text(text, encoding="utf-8")
    differing = {}
    for old, new in EDITS[datacenter]:
        (folder / "blueprint.yaml").write_text(text.replace(old, new), encoding="utf-8")
        compiled = compiling.compile_blueprint(folder / "blueprint.yaml")
        for stack, texts in compiled.stacks.items():
            write_tree(folder / stack, texts)
        said = review(datacenter, Side(compiling.check(before)), Side(compiled.checked))
        for stack in compared(said, [one for one in stacks if one in compiled.stacks]):
            changes = pulumi_cli.preview(repository, stack, lambda _text: None).changes
            found = {(one.operation, one.type, one.name) for one in changes if one.operation in ACTIONS}
            sure, maybe = told(said, stack)
            if not sure <= found <= maybe:
                differing[new, stack] = (sorted(sure - found), sorted(found - maybe))

    assert differing == {}
