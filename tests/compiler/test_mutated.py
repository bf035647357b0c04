"""Whatever is wrong with a blueprint, compiling it gives findings, a step's hint or a program; never a crash."""

from __future__ import annotations

import copy
import json
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.compiler.blueprints import Data, blueprints, written
from tests.compiler.test_generated import RELAXED

from rackwright.diagnostics import FindingsError, StepError
from rackwright.workflows import compile as workflow
from rackwright.workflows.scaffold import Owner, datacenter_files, presets

DEFECTS = {"RULE-E001", "PLAN-E101", "PLAN-E102", "PLAN-E103", "PLAN-E104", "PLAN-E105", "PLAN-E106"}
"""Findings over plans that no blueprint can cause while the planners are right."""
TAKEN = ["vpc", "key", "json", "class", "in", "site", "clients", "provider", "storage", "zone", "aws", "hosts", "nat"]
NONSENSE = ["", " ", "\n", '"', '"""', "\\", "{", "{x}", "#", "%s", "é", "\u2028", "\x00", "../..", "a" * 300, *TAKEN]
OTHERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 6000),
    st.floats(),
    st.sampled_from(NONSENSE),
    st.text(max_size=6),
    st.sampled_from([[], {}, [[]], [None], {"kind": "spot"}, {"kind": "file"}, {"machine": "p5.48xlarge", "nodes": 2}]),
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (parent, key or index) of nested data."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [deep for key in keys for deep in places(value[key])]


def mutate(data: Data, draw: Any) -> Data:
    """Return a copy of a blueprint with one thing deleted, replaced, doubled, renamed or taken from elsewhere."""
    mutated = copy.deepcopy(data)
    parent, key = draw(st.sampled_from(places(mutated)))
    match draw(st.sampled_from(["delete", "replace", "double", "rename", "move"])):
        case "delete":
            del parent[key]
        case "replace":
            parent[key] = draw(OTHERS)
        case "double" | "rename" if isinstance(parent, list):
            parent.append(copy.deepcopy(parent[key]))
        case "rename":
            parent[draw(st.sampled_from([f"{key}x", f"{key}-", str(key)[:-1], *NONSENSE]))] = parent.pop(key)
        case "move":
            other, name = draw(st.sampled_from(places(mutated)))
            parent[key] = copy.deepcopy(other[name])
        case _:
            parent[draw(st.sampled_from([f"{key}-policy", f"{key}-group", *TAKEN]))] = copy.deepcopy(parent[key])
    return mutated


@cache
def preset(name: str) -> Data:
    """Return the blueprint that a preset gives."""
    (text,) = datacenter_files("broken", name, Owner("", "research", "4711"), date(2026, 11, 1)).values()
    read = YAML(typ="safe", pure=True).load(text)
    return dict(json.loads(json.dumps(read, default=str)))


def ending(data: Data) -> workflow.Compiled | FindingsError | StepError:
    """Return how compiling a blueprint ends."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            return workflow.compile_blueprint(written(data, Path(scratch)))
        except (FindingsError, StepError) as stopped:
            return stopped


def look(data: Data) -> None:
    """Assert that a reader can go on from the way in which compiling a blueprint ends."""
    match ending(data):
        case FindingsError(findings=findings):
            assert findings
            assert {finding.code for finding in findings} & DEFECTS == set()
            assert all(finding.position is not None for finding in findings)
        case StepError(hint=hint):
            assert hint
            assert "defect" not in hint
        case workflow.Compiled(stacks=stacks):
            assert stacks


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=60)
def test_a_mutated_blueprint_never_crashes_the_compiler(data: Data, deed: st.DataObject) -> None:
    """One mutation of a valid blueprint ends in findings, in a step with a hint, or in programs."""
    look(mutate(data, deed.draw))


@given(st.sampled_from(sorted(presets())), st.data())
@settings(RELAXED, max_examples=30)
def test_a_mutated_preset_never_crashes_the_compiler(name: str, deed: st.DataObject) -> None:
    """The same of what people begin with."""
    look(mutate(preset(name), deed.draw))


@pytest.mark.slow
@given(blueprints(), st.data())
@settings(RELAXED, max_examples=600)
def test_many_mutated_blueprints_never_crash_the_compiler(data: Data, deed: st.DataObject) -> None:
    """The same, looked at longer."""
    look(mutate(data, deed.draw))
