"""Migrating loses nothing: whatever a blueprint and its files say, in whatever way they are written."""

from __future__ import annotations

import copy
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from tests.blueprint.migration.made_up import register
from tests.blueprint.migration.styles import yaml_of
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.overlays import overlays, within
from tests.compiler.test_generated import RELAXED

from rackwright.blueprint.inheritance import inherit
from rackwright.blueprint.reading import read
from rackwright.blueprint.tree import compose
from rackwright.diagnostics import FindingsError
from rackwright.workflows import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = re.compile(r"# c\d+")


@pytest.fixture(autouse=True, scope="module")
def _next_version() -> Iterator[None]:
    """Let the language be at version 2."""
    with pytest.MonkeyPatch.context() as patch:
        register(patch)
        yield


def migrated_by_hand(data: Data) -> Data:
    """Return a blueprint as the made-up migration would have it, without fragments."""
    found = {key: copy.deepcopy(value) for key, value in data.items() if key != "bases"}
    for site in found["sites"].values():
        site["network"]["where"] = site.pop("region")
        for cluster in site["clusters"].values():
            if "machine" in cluster:
                cluster["type"] = cluster.pop("machine")
    if "suppress" in found:
        found["suppress"] = {one["at"]: {k: v for k, v in one.items() if k != "at"} for one in found["suppress"]}
    return found | {"blueprint": 2}


def said(path: Path) -> Any:
    """Return what a blueprint says with all that it inherits, but for fragments."""
    source = read(path)
    root = compose(source)
    assert root
    return {key: value for key, value in inherit(source, root).root.data.items() if key != "bases"}


def migrated(path: Path) -> tuple[migrate.Migrating, ...]:
    """Return what becomes of a blueprint's files, nothing where they cannot be migrated as they are written."""
    try:
        return migrate.look([path])
    except FindingsError as refused:
        if {one.code for one in refused.findings} != {"LANG-E018"}:
            raise
        return ()


def comments(texts: list[str]) -> list[str]:
    """Return every comment, each as often as it stands."""
    return sorted(one for text in texts for one in COMMENT.findall(text))


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=40, phases=[Phase.generate])
def test_a_migrated_blueprint_says_what_it_said(whole: Data, cut: st.DataObject) -> None:
    """Cut into files and fragments and written in any way: migrated it says the same, comments kept."""
    files = cut.draw(overlays(cut.draw(within(whole))))
    texts = {name: cut.draw(yaml_of(data)) for name, data in files.items()}
    with tempfile.TemporaryDirectory() as scratch:
        paths = {name: Path(scratch) / "stacks" / "cut" / name for name in texts}
        for name, path in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.resolve().parent.mkdir(parents=True, exist_ok=True)
            path.resolve().write_text(texts[name], encoding="utf-8")
        first = paths["blueprint.yaml"]
        rows = migrated(first)
        assume(rows)
        migrate.write(rows)

        assert said(first) == migrated_by_hand(whole)
        assert comments([row.after for row in rows]) == comments([row.before for row in rows])
        assert not any(row.changed for row in migrate.look([first]))
