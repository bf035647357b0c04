"""The real engine's preview of an edit is what the review said of it. Needs `pulumi` on PATH."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.engine.test_pulumi_cli import CLUSTER, SITE, pulumi, pytestmark, repository, settings, verb

from rackwright.engine import pulumi_cli
from rackwright.workflows import compile as compiling
from rackwright.workflows.review import Side, review

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

__all__ = ["pytestmark", "repository"]
EDITS = (
    (CLUSTER, "nodes: 2", "nodes: 3"),
    (CLUSTER, "nodes: 2", "nodes: 1"),
    (SITE, "versioned: true", "versioned: false"),
    (SITE, "nat: single", "nat: per-zone"),
    (SITE, "nat: single", "nat: single, flow_logs: false"),
    (SITE, "10.60.0.0/16", "10.61.0.0/16"),
)
"""Each changes one stack by itself: another one sees it only after it was deployed."""
ACTIONS = {"create", "replace", "delete"}


def told(before: Path, after: Path, stack: str) -> set[tuple[str, str, str]]:
    """Return what the review says is created, replaced and deleted in a stack: action, type, name."""
    found = review("quickstart", Side(compiling.check(before)), Side(compiling.check(after)))
    changes = [one.change for one in found.changes if one.change.stack == stack]
    return {(one.action, *one.key) for one in changes if one.action in ACTIONS and "providers" not in one.key[0]}


def test_previews_are_what_reviews_say(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A standing site and cluster, and edits that add, replace and delete: the engine would do as was told."""
    for stack in (SITE, CLUSTER):
        pulumi(repository, "stack", "init", stack)
        assert pulumi(repository, "up", "--yes", "--stack", stack).returncode == 0
    for name, value in settings(repository).items():
        monkeypatch.setenv(name, value)
    path = repository / "stacks" / "quickstart" / "blueprint.yaml"
    text = path.read_text(encoding="utf-8")
    before = tmp_path / "before" / "stacks" / "quickstart" / "blueprint.yaml"
    before.parent.mkdir(parents=True)
    before.write_text(text, encoding="utf-8")
    for stack, old, new in EDITS:
        path.write_text(text.replace(old, new), encoding="utf-8")
        compiled = verb(repository, "compile")
        assert compiled.returncode == 0, compiled.stderr
        changes = pulumi_cli.preview(repository, stack, lambda _text: None).changes
        found = {(one.operation, one.type, one.name) for one in changes if one.operation in ACTIONS}

        assert found == told(before, path, stack), new
