"""A blueprint that inherits is the blueprint that says it all."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.overlays import overlays, within, written_together
from tests.compiler.test_generated import RELAXED
from tests.compiler.test_mutated import mutate

from rackwright.blueprint import Blueprint
from rackwright.blueprint.load import load, loads
from rackwright.diagnostics import FindingsError
from rackwright.rules import check_blueprint
from rackwright.workflows import compile as workflow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Finding

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


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=60)
def test_whatever_extends_whatever_never_crashes(whole: Data, deed: st.DataObject) -> None:
    """Anything extends any place, name or fragment, after one mutation: a blueprint, or findings with places."""
    data = mutate(deed.draw(within(whole)), deed.draw)
    mappings = [(path, one) for path, one in _mappings(data) if path]
    names = [".".join(path) for path, _ in mappings] + [path[-1] for path, _ in mappings] + ["bases.none", ""]
    for _ in range(deed.draw(st.integers(1, 3)) if mappings else 0):
        deed.draw(st.sampled_from(mappings))[1]["extends"] = deed.draw(st.sampled_from(names))
    found = _found(json.dumps(data))

    assert all(one.position and one.position.line == 1 for one in found)
    assert "RULE-E001" not in {one.code for one in found}


def _found(text: str) -> tuple[Finding, ...]:
    """Return what is found in a text, by the loader or by rules."""
    try:
        loaded = loads(text)
    except FindingsError as refused:
        return refused.findings
    return loaded.located(check_blueprint(loaded.blueprint))


def _mappings(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Data]]:
    """Yield every mapping that no list holds, with its path."""
    if isinstance(data, dict):
        yield path, data
        for key, one in data.items():
            yield from _mappings(one, (*path, str(key)))
