"""What `check --expand` prints is the blueprint, in full."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.overlays import overlays, within, written_together
from tests.compiler.test_generated import RELAXED

from rackwright.blueprint.load import loads
from rackwright.plan import to_json
from rackwright.planning import plan_datacenter
from rackwright.reports.expanded import as_rows, as_yaml
from rackwright.workflows import scaffold
from rackwright.workflows.expand import expand

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint

TODAY = date(2026, 11, 1)


def plans(blueprint: Blueprint) -> list[str]:
    """Return everything that programs are made of."""
    return [to_json(plan) for plan in plan_datacenter(blueprint)]


def faults_of_cut(whole: Data, cut: st.DataObject) -> list[str]:
    """Return what is wrong with the expansion of a blueprint that is cut into files and fragments."""
    with tempfile.TemporaryDirectory() as scratch:
        return faults(written_together(cut.draw(overlays(cut.draw(within(whole)))), Path(scratch)))


def faults(path: Path) -> list[str]:
    """Return what is wrong with the expansion of the blueprint at a path, over which it is written."""
    first = expand(path, TODAY)
    text = as_yaml(first.data, first.label)
    path.write_text(text, encoding="utf-8")
    again = expand(path, TODAY)

    holds = {
        "every line says where its value came from": all(
            "  # " in line or line.endswith(":") for line in text.splitlines()
        ),
        "expanded again it is the same": again.data == first.data,
        "it plans the same": plans(loads(text).blueprint) == plans(first.loaded.blueprint),
        "nothing is left to a default": all(row["origin"] for row in as_rows(again.data, again.origin)),
    }
    return [promise for promise, kept in holds.items() if not kept]


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=20)
def test_an_expanded_blueprint_is_the_blueprint(whole: Data, cut: st.DataObject) -> None:
    """Printed in full, a blueprint plans what it planned, and nothing is left to a default."""
    assert faults_of_cut(whole, cut) == []


@pytest.mark.slow
@given(blueprints(), st.data())
@settings(RELAXED, max_examples=200)
def test_many_expanded_blueprints_are_the_blueprint(whole: Data, cut: st.DataObject) -> None:
    """The same, looked at longer."""
    assert faults_of_cut(whole, cut) == []


@pytest.mark.parametrize("preset", scaffold.presets().values(), ids=lambda one: one.name)
def test_an_expanded_preset_is_the_preset(preset: scaffold.Preset, tmp_path: Path) -> None:
    """The shapes that teams begin with, whole."""
    owner = scaffold.Owner({"aws": "444455556666", "gcp": "acme-ai-prod"}[preset.cloud], "ml", "4711")
    (path,) = scaffold.write_new(tmp_path, scaffold.datacenter_files("demo", preset.name, owner, TODAY))

    assert faults(tmp_path / path) == []


@given(st.text(max_size=12))
def test_any_text_is_printed_as_itself(text: str) -> None:
    """Labels come back as they were, whatever characters they hold."""
    if any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        return
    site = {
        "cloud": "aws",
        "account": "210987654321",
        "region": "us-east-1",
        "network": {"cidr": "10.40.0.0/16", "zones": ["us-east-1a"]},
        "clusters": {"train": {"machine": "m7i.large", "nodes": 1, "labels": {"note": text}}},
    }
    owner = {"team": "research", "cost_center": "cc-1"}
    whole = {"blueprint": 1, "name": "aurora", "owner": owner, "sites": {"use1": site}}

    read = loads(as_yaml(whole, lambda _path, _value: "here")).blueprint

    assert read.sites["use1"].clusters["train"].labels == {"note": text}
