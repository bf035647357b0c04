"""Whatever stands in a file, loading it gives a blueprint or findings with places, never a traceback."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rackwright.blueprint.load import loads
from rackwright.blueprint.scalars import plain
from rackwright.diagnostics import FindingsError
from rackwright.rules import check_blueprint

TEXT = """\
blueprint: 1
name: aurora
owner: {team: ml-platform, cost_center: "4711"}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.40.0.0/16, zones: [us-east-1a, us-east-1b], nat: per-zone, flow_logs: true}
    access: {kind: direct, allow_from: [10.0.0.0/16]}
    storage:
      datasets: {kind: object, versioned: true}
      home: &home {kind: file}
      scratch: {kind: parallel, size: 4800GiB, throughput: 250, linked_to: datasets}
      local: {kind: block, size: 500GiB, iops: 3000}
    clusters:
      train:
        machine: p5.48xlarge
        nodes: {count: 16, without: [3]}
        capacity: {reservation: cr-0123456789abcdef0}
        mounts: {/data: datasets, /scratch: scratch, /home: home}
        validate: {accuracy: 0.985, fabric: required}
  euw4:
    cloud: gcp
    project: acme-ai-prod
    region: europe-west4
    network: {cidr: 10.41.0.0/16, zones: [europe-west4-a]}
    clusters:
      serve: {slices: 1, accelerator: v6e-16, capacity: {kind: spot}}
      train: {machine: a3-megagpu-8g, nodes: 4, labels: {team: research}}
"""
DATA: dict[str, Any] = json.loads(loads(TEXT).blueprint.model_dump_json(by_alias=True))
PIECES = st.sampled_from(
    [
        *("\t", "\0", "*home", "&home ", "*x", "!!int ", "!", "---\n", "...\n", "%YAML 1.1\n", "? ", "<<: *home"),
        *(
            "{",
            "}",
            "[",
            "]",
            ",",
            ": ",
            "- ",
            "|\n",
            ">\n",
            '"',
            "'",
            "#",
            "@",
            "`",
            "~",
            "null",
            "yes",
            "1: ",
            "[]: ",
        ),
        *("9" * 5000, "1e999", ".nan", "0o17", "2026-01-01", "\r", "\x85", "\u2028", "\ufeff", "\ud800", "é"),
        *("\U0001f600", "\n", "  ", "\x1b[31m"),
    ]
)
OTHERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [[], {}, [[]], {"kind": "spot"}, {"kind": ["spot"]}, {"cloud": "aws"}, "10.0.0.0/99", "999.0.0.0/8"]
    ),
)


def outcome(text: str) -> None:
    """Load a text; assert that what comes of it is a checked blueprint or well-placed findings."""
    try:
        loaded = loads(text)
    except FindingsError as refused:
        found = refused.findings
    else:
        codes = {finding.code for finding in loaded.located(check_blueprint(loaded.blueprint))}
        assert "RULE-E001" not in codes
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert found
    for finding in found:
        assert finding.code.startswith("LANG-E")
        assert finding.position is not None
        assert 1 <= finding.position.line <= len(lines)
        assert 1 <= finding.position.column <= len(lines[finding.position.line - 1]) + 1


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), PIECES), min_size=1, max_size=3))
def test_damaged_text_gives_findings(damages: list[tuple[int, int, str]]) -> None:
    """Pieces of YAML put anywhere in a blueprint, over anything, never crash the loader."""
    text = TEXT
    for offset, length, piece in damages:
        text = text[:offset] + piece + text[offset + length :]

    outcome(text)


@given(st.data())
def test_damaged_data_gives_findings(data: st.DataObject) -> None:
    """Nodes deleted, renamed or replaced anywhere in a blueprint never crash the loader or a rule."""
    damaged = copy.deepcopy(DATA)
    for _ in range(data.draw(st.integers(1, 3))):
        parent, key = data.draw(st.sampled_from(places(damaged)))
        deed = data.draw(st.sampled_from(["delete", "replace", "rename"]))
        if deed == "replace":
            parent[key] = copy.deepcopy(data.draw(OTHERS))
            continue
        value = parent.pop(key)
        if deed == "rename" and isinstance(parent, dict):
            parent[str(key)[:-1] + data.draw(st.sampled_from(["", "x", "X", "-"]))] = value
        if damaged == {}:
            return

    outcome(json.dumps(damaged))


@given(st.text(max_size=60))
def test_any_text_at_all_gives_findings(text: str) -> None:
    """A file that never was a blueprint is refused like any other mistake."""
    outcome(text)


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_any_scalar_has_a_meaning(text: str) -> None:
    """Every unquoted text is null, a boolean, a number or itself."""
    assert isinstance(plain(text), str | int | float | bool | None)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every (parent, key or index) of nested data."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [deep for key in keys for deep in places(value[key])]


def test_undamaged_data_loads() -> None:
    """What is damaged here is a blueprint to begin with, in YAML and in JSON."""
    assert loads(json.dumps(DATA)).blueprint == loads(TEXT).blueprint


def test_many_aliases_are_refused_quickly() -> None:
    """Aliases of aliases (a billion laughs) are counted, not written out."""
    rows = [f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 9)}]" for level in range(9)]

    with pytest.raises(FindingsError, match="more than 100,000 values"):
        loads("\n".join(["a: &a [x, x, x]", *rows]))


def test_shipped_blueprints_load() -> None:
    """Every blueprint in the repository is one."""
    shipped = sorted((Path(__file__).resolve().parents[2] / "stacks").glob("*/blueprint.yaml"))

    assert [loads(path.read_text(encoding="utf-8")).blueprint.name for path in shipped] == [
        path.parent.name for path in shipped
    ]
