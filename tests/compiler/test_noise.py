"""One mistake in a valid blueprint is one finding: what follows from it is not found besides."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.compiler.blueprints import Data, blueprints
from tests.compiler.test_generated import RELAXED
from tests.compiler.test_mutated import places

from rackwright.blueprint.load import loads
from rackwright.diagnostics import Finding, FindingsError, Severity
from rackwright.rules import check_blueprint

NAMED = {"bases", "sites", "storage", "clusters", "mounts", "labels", "quotas", "links", "lifecycle"}
NAMED |= {"ports", "roles", "subnets", "severity", "partitions", "acceptance"}
"""Mappings whose keys are names of the user's own."""
DECIDING = {"kind", "cloud", "machine", "nodes", "accelerator", "renamed_from", "blueprint"}
"""Keys that decide which other keys there are."""


def errors(data: Data) -> list[Finding]:
    """Return the errors of a blueprint, of the phase that it comes to."""
    try:
        found = check_blueprint(loads(json.dumps(data)).blueprint)
    except FindingsError as refused:
        found = refused.findings
    return [one for one in found if one.severity is Severity.ERROR]


def plain(data: Data) -> Data:
    """Return a copy of a blueprint without what weighs findings, and without overrides, whose keys are the SDK's."""
    kept = copy.deepcopy({key: value for key, value in data.items() if key not in {"profile", "policy", "suppress"}})
    for site in kept["sites"].values():
        for one in (site, *site["clusters"].values()):
            one.pop("overrides", None)
    return kept


def keys(value: Any, own: str = "") -> list[tuple[Data, str]]:
    """Return every mapping of nested data with each of its keys that the language knows."""
    if isinstance(value, list):
        return [found for item in value for found in keys(item)]
    if not isinstance(value, dict):
        return []
    known = [(value, key) for key in value if own not in NAMED and key not in DECIDING]
    return known + [found for key, item in value.items() for found in keys(item, "" if own in NAMED else key)]


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=20)
def test_a_misspelled_key_is_one_finding(data: Data, deed: st.DataObject) -> None:
    """Neither the key that is missing now nor what hung on it is found."""
    damaged = plain(data)
    parent, key = deed.draw(st.sampled_from(keys(damaged)))
    parent[f"{key}x"] = parent.pop(key)

    assert [one.code for one in errors(damaged)] == ["LANG-E101"]


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=20)
def test_a_value_of_the_wrong_type_is_one_finding(data: Data, deed: st.DataObject) -> None:
    """A list of a list is nothing anywhere."""
    damaged = plain(data)
    found = [(parent, key) for parent, key in places(damaged) if not isinstance(parent[key], (dict, list))]
    parent, key = deed.draw(st.sampled_from([one for one in found if one[1] not in DECIDING]))
    parent[key] = [[]]

    assert len(errors(damaged)) == 1


def is_domain(text: str) -> bool:
    """Return whether a text names a zone of DNS, which may have any name; no zone of a cloud has dots."""
    return "." in text


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=20)
def test_a_misspelled_reference_is_one_finding(data: Data, deed: st.DataObject) -> None:
    """A mount, a link or a zone that leads nowhere is found, and nothing that would have been there."""
    damaged = plain(data)
    found = [(parent, key) for parent, key in places(damaged) if str(key).startswith(("zone", "linked", "/"))]
    texts = [(parent, key) for parent, key in found if isinstance(parent[key], str) and not is_domain(parent[key])]
    assume(texts)
    parent, key = deed.draw(st.sampled_from(texts))
    parent[key] += "q"

    assert len(errors(damaged)) == 1


def inner(value: Any, own: str = "") -> list[tuple[Data, str, str]]:
    """Return every mapping of nested data with the key of one inside and a key of that one that is the language's."""
    if not isinstance(value, dict):
        return []
    below = [(key, one) for key, one in value.items() if isinstance(one, dict)]
    named = own in NAMED
    models = [(key, one) for key, one in below if key not in NAMED or named]
    found = [(value, key, name) for key, one in models for name in one if name not in DECIDING]
    return found + [each for key, one in below for each in inner(one, "" if named else key)]


@given(blueprints(), st.data())
@settings(RELAXED, max_examples=20)
def test_a_key_that_is_indented_too_little_is_one_finding(data: Data, deed: st.DataObject) -> None:
    """A key that stands beside what it belongs to is found there, and not missed where it belongs."""
    damaged = plain(data)
    parent, key, name = deed.draw(st.sampled_from(inner(damaged)))
    assume(name not in parent)
    parent[name] = parent[key].pop(name)

    assert len([one for one in errors(damaged) if one.code.startswith("LANG")]) <= 1
