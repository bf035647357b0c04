"""What a blueprint renames stays as it is: reviews say so, and the engine does it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from tests.compiler.blueprints import blueprints
from tests.compiler.test_generated import RELAXED, compiled, families
from tests.review.test_corpus import text, written

from rackwright.blueprint import Blueprint
from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program
from rackwright.engine.proof import prove
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.planning import plan_datacenter
from rackwright.reports.review import as_text
from rackwright.review.compare import compare
from rackwright.system.files import write_tree
from rackwright.workflows import compile as compiling
from rackwright.workflows.review import Side, review

if TYPE_CHECKING:
    from tests.compiler.blueprints import Data

    from rackwright.engine.state import State
    from rackwright.review.document import Review

KEPT = {"rename", "update"}
EDITS = {
    "quickstart": (
        ("      train:\n", "      learn:\n        renamed_from: train\n"),
        ("datasets: {", "corpora: {renamed_from: datasets, "),
    ),
    "aurora": (
        ("  use1:\n", "  virginia:\n    renamed_from: use1\n"),
        ("datasets: {", "corpora: {renamed_from: datasets, "),
        ("scratch: {", "fast: {renamed_from: scratch, "),
        ("home: {", "homes: {renamed_from: home, "),
        ("linked_to: datasets", "linked_to: corpora"),
        ("{/scratch: scratch, /shared: home}", "{/scratch: fast, /shared: homes}"),
    ),
    "borealis": (
        ("name: borealis\n", "name: boreas\nrenamed_from: borealis\n"),
        ("      mega:\n", "      giga:\n        renamed_from: mega\n"),
        ("      tpu:\n", "      slices:\n        renamed_from: tpu\n"),
        ("datasets: {", "corpora: {renamed_from: datasets, "),
    ),
}
"""Datacenter -> what is renamed in it: clusters and a bucket, a site and all its storage, the datacenter itself."""


def sides(root: Path, datacenter: str) -> tuple[Path, Path]:
    """Return the blueprint of a committed datacenter, and the one with its renames."""
    before = after = text(datacenter)
    for old, new in EDITS[datacenter]:
        assert old in after, old
        after = after.replace(old, new)
    return written(root / "before", datacenter, before), written(root / "after", datacenter, after)


def reviewed(root: Path, datacenter: str) -> Review:
    """Return the review of a datacenter's renames."""
    before, after = (Side(compiling.check(path)) for path in sides(root, datacenter))
    return review(datacenter, before, after)


def deploy(path: Path, cloud: RehearsalCloud, old: dict[str, State]) -> tuple[dict[str, State], set[str]]:
    """Return the state of every stack of a blueprint after its deployment over `old`, and what was done."""
    found = compiling.compile_blueprint(path)
    states: dict[str, State] = {}
    done: set[str] = set()
    for plan in found.checked.plans:
        folder = path.parent / plan.stack
        write_tree(folder, found.stacks[plan.stack])
        exports = {f"organization/acme/{stack}": state.exports for stack, state in states.items()}
        was = old.get(plan.renamed_from or plan.stack)
        program = Program(folder / "program", "acme", plan.stack, plan.cloud)
        ended = up(program, cloud, old=was.of(plan.stack) if was else None, stacks=exports)
        states[plan.stack] = ended.state
        done |= {operation for operation, count in ended.operations.items() if count}
    return states, done


@pytest.mark.parametrize("datacenter", EDITS)
def test_a_rename_is_told_as_one(datacenter: str, tmp_path: Path) -> None:
    """Nothing is created, replaced or deleted, and nothing is lost."""
    found = reviewed(tmp_path, datacenter)

    assert {one.change.action for one in found.changes} == KEPT
    assert not any(one.change.loss for one in found.changes)


def test_what_comes_first_is_said(tmp_path: Path) -> None:
    """The name before stands beside the new one, with the command that renames the stack."""
    shown = as_text(reviewed(tmp_path, "quickstart"))

    assert (
        "quickstart.use1.learn, which was quickstart.use1.train: "
        "`pulumi stack rename quickstart.use1.learn --stack quickstart.use1.train` comes first"
    ) in shown
    assert "=   rename      BucketVersioning corpora  (was datasets)" in shown
    assert "(was train-0, train-1)" in shown


@pytest.mark.slow
@pytest.mark.parametrize("datacenter", EDITS)
def test_deploying_renamed_programs_replaces_nothing(datacenter: str, tmp_path: Path) -> None:
    """Over what the programs of before deployed, under the new names of the stacks, resources are kept or updated."""
    cloud = RehearsalCloud("111122223333", "us-east-1")
    before, after = sides(tmp_path, datacenter)
    states, first = deploy(before, cloud, {})
    known = cloud.known()
    _, second = deploy(after, cloud, states)

    assert (first, second) == ({"create"}, {"same", "update"})
    assert len(cloud.known()) == len(known)


@pytest.mark.slow
@pytest.mark.parametrize("datacenter", EDITS)
def test_programs_with_aliases_are_their_plans(datacenter: str, tmp_path: Path) -> None:
    """The proof holds for renamed stacks."""
    found = compiling.compile_blueprint(sides(tmp_path, datacenter)[1])
    for plan, others in families(found.checked.plans):
        write_tree(tmp_path / plan.stack, found.stacks[plan.stack])

        assert prove(plan, tmp_path / plan.stack / "program", others) == ()


@given(blueprints())
@settings(RELAXED, max_examples=25)
def test_renames_of_valid_blueprints_replace_nothing(data: Data) -> None:
    """Whatever is renamed, against the plans of the names before: no create, no replacement, no deletion."""
    with tempfile.TemporaryDirectory() as scratch:
        after = compiled(data, Path(scratch)).checked.plans
    before = {plan.stack: plan for plan in plan_datacenter(Blueprint.model_validate(named_before(data)))}
    found = compare({plan.stack: (before[plan.renamed_from or plan.stack], plan) for plan in after})

    assert {one.action for one in found} <= KEPT, [one for one in found if one.action not in KEPT]


def named_before(data: Data) -> Data:
    """Return a blueprint as it was before its renames."""
    sites = {name: {**site, **_site_before(site)} for name, site in data["sites"].items()}
    named = {"name": data.get("renamed_from", data["name"]), "sites": _before(sites)}
    if "links" not in data:
        return {**_called(data), **named}
    names = {name: site.get("renamed_from", name) for name, site in data["sites"].items()}
    links = {name: {**link, **_ends_before(link, names)} for name, link in data["links"].items()}
    return {**_called(data), **named, "links": _before(links)}


def _ends_before(link: Data, names: dict[str, str]) -> Data:
    keyed = {key: {names[site]: one for site, one in link[key].items()} for key in ("ports", "roles") if key in link}
    return {"between": [names[site] for site in link["between"]], **keyed}


def _site_before(site: Data) -> Data:
    names = {name: one.get("renamed_from", name) for name, one in site["storage"].items()}
    storage = {name: {**one, **_links_before(one, names)} for name, one in site["storage"].items()}
    clusters = {
        name: {**one, "mounts": {path: names[volume] for path, volume in one.get("mounts", {}).items()}}
        for name, one in site["clusters"].items()
    }
    return {"storage": _before(storage), "clusters": _before(clusters)}


def _links_before(volume: Data, names: dict[str, str]) -> Data:
    linked = {"linked_to": names[volume["linked_to"]]} if "linked_to" in volume else {}
    links = {"links": {names[name]: path for name, path in volume["links"].items()}} if "links" in volume else {}
    return {**linked, **links}


def _before(found: Data) -> Data:
    return {one.get("renamed_from", name): _called(one) for name, one in found.items()}


def _called(one: Data) -> Data:
    return {key: value for key, value in one.items() if key != "renamed_from"}
