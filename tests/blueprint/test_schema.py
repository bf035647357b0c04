"""The JSON Schema that editors use refuses what the models refuse."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from tests.blueprint.test_any_text import DATA, places

from rackwright.blueprint import Blueprint
from rackwright.blueprint.schema import schema

VALIDATOR = jsonschema.Draft202012Validator(schema())
STACKS = Path(__file__).resolve().parents[2] / "stacks"
ENVIRONMENTS = STACKS.parent / "docs" / "environments" / "stacks"
REPLACEMENTS: tuple[Any, ...] = (None, False, 10**9, 0.5, "", "Xy", [], {"x": 1}, "1TiB")


def accepted(data: Any) -> bool:
    """Return whether the models accept data."""
    try:
        Blueprint.model_validate(data)
    except ValidationError:
        return False
    return True


def test_the_schema_is_a_schema() -> None:
    """It follows the draft it names."""
    jsonschema.Draft202012Validator.check_schema(schema())


def test_schema_and_models_agree_on_every_damage() -> None:
    """Any value of a whole blueprint, deleted or replaced, is accepted by both or refused by both."""
    disagree = []
    count = len(places(DATA))
    for number in range(count):
        for replacement in ("delete", *REPLACEMENTS):
            damaged = copy.deepcopy(DATA)
            parent, key = places(damaged)[number]
            if replacement == "delete":
                del parent[key]
            else:
                parent[key] = copy.deepcopy(replacement)
            if accepted(damaged) != VALIDATOR.is_valid(damaged):
                disagree.append((number, key, replacement, accepted(damaged)))

    assert disagree == []


@pytest.mark.parametrize("path", sorted(ENVIRONMENTS.glob("*/blueprint.yaml")), ids=lambda path: path.parent.name)
def test_editors_accept_what_extends(path: Path) -> None:
    """An overlay needs to say nothing but what differs."""
    assert VALIDATOR.is_valid(YAML(typ="safe", pure=True).load(path))


@pytest.mark.parametrize(
    ("more", "right"),
    [
        ({"sites": {"use1": None}}, True),
        ({"sites": {"use1": {"clusters": {"train": {"nodes": 2, "machine": None}, "serve": None}}}}, True),
        ({"sites": {"use1": {"storage": {"extends": "sites.use2.storage", "home": {"extends": "bases.nfs"}}}}}, True),
        ({"bases": {"gpu": {"machine": "p5.48xlarge"}, "site": {"network": {"nat": "none"}}}}, True),
        ({"sites": {"use1": {"clusters": {"train": {"nods": 2}}}}}, False),
        ({"sites": {"use1": {"network": {"nat": "many"}}}}, False),
        ({"bases": {"gpu": {"machina": "p5.48xlarge"}}}, False),
        ({"extends": 7}, False),
    ],
)
def test_editors_check_the_parts_of_an_overlay(more: Any, *, right: bool) -> None:
    """Nothing is required and null is allowed; unknown keys and values are refused as in a whole blueprint."""
    assert VALIDATOR.is_valid({"extends": "../base.yaml", "name": "aurora", **more}) is right


@pytest.mark.parametrize("path", sorted(STACKS.glob("*/blueprint.yaml")), ids=lambda path: path.parent.name)
def test_shipped_blueprints_name_the_schema_and_follow_it(path: Path) -> None:
    """An editor that opens a shipped blueprint finds the schema, and finds no mistake."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = path.parent / first.removeprefix("# yaml-language-server: $schema=")

    assert json.loads(named.read_text(encoding="utf-8")) == schema()
    assert list(VALIDATOR.iter_errors(YAML(typ="safe", pure=True).load(path))) == []
