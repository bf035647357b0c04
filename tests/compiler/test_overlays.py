"""A blueprint that inherits is the blueprint that says it all."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.overlays import overlays, within, written_together
from tests.compiler.test_generated import RELAXED

from rackwright.blueprint import Blueprint
from rackwright.blueprint.load import load
from rackwright.workflows import compile as workflow

ENVIRONMENTS = Path(__file__).resolve().parents[2] / "docs" / "environments" / "stacks"


def said(blueprint: Blueprint) -> Data:
    """Return what a blueprint says, without the fragments that others extend."""
    return blueprint.model_dump(by_alias=True, exclude_unset=True, exclude={"bases"})


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=60)
def test_a_blueprint_cut_into_files_is_the_whole_one(whole: Data, cut: st.DataObject) -> None:
    """Base and overlay, and a base of the base: merged, they are what was cut."""
    with tempfile.TemporaryDirectory() as scratch:
        found = load(written_together(cut.draw(overlays(whole)), Path(scratch)))

    assert said(found.blueprint) == said(Blueprint.model_validate(whole))


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=60)
def test_a_blueprint_cut_into_fragments_is_the_whole_one(whole: Data, cut: st.DataObject) -> None:
    """Sites, clusters and volumes extend fragments, which extend fragments, cut into files once more."""
    with tempfile.TemporaryDirectory() as scratch:
        files = cut.draw(overlays(cut.draw(within(whole))))
        found = load(written_together(files, Path(scratch)))

    assert said(found.blueprint) == said(Blueprint.model_validate(whole))


def test_environments_are_compiled_from_a_few_lines_each() -> None:
    """The lab of the guide: prod has both clusters and its reservation, dev one of spare machines."""
    paths = sorted(ENVIRONMENTS.glob("*/blueprint.yaml"))
    stacks = {path.parent.name: workflow.compile_blueprint(path).stacks for path in paths}
    nodes = {name: found[f"{name}.use1.train"]["program/nodes.py"] for name, found in stacks.items()}

    assert list(stacks["lab-dev"]) == ["lab-dev.use1", "lab-dev.use1.train"]
    assert list(stacks["lab-prod"]) == ["lab-prod.use1", "lab-prod.use1.train", "lab-prod.use1.serve"]
    assert ("spot" in nodes["lab-dev"], "spot" in nodes["lab-prod"]) == (True, False)
    assert "(../lab.yaml:14)" in nodes["lab-prod"]
    assert "(blueprint.yaml:10)" in nodes["lab-dev"]
