"""Findings in the formats of code hosts: SARIF and workflow commands."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from rackwright.diagnostics import Finding, Heir, Position, Severity
from rackwright.reports.formats import FindingsFormat, render
from rackwright.reports.sarif import as_sarif

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
COUNTED = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "required": ["startLine", "startColumn", "endLine", "endColumn"],
    "properties": {
        "startLine": COUNTED,
        "startColumn": COUNTED,
        "endLine": COUNTED,
        "endColumn": COUNTED,
        "snippet": TEXT,
    },
    "additionalProperties": False,
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {"type": "object", "properties": {"uri": {"type": "string", "format": "uri"}}},
                "region": REGION,
            },
        }
    },
    "additionalProperties": False,
}
HEIR = {
    "type": "object",
    "required": ["physicalLocation", "message"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {"region": {**REGION, "required": ["startLine", "startColumn"]}},
        },
        "message": TEXT,
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": TEXT,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "items": HEIR},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "suppressions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"enum": ["inSource", "external"]}, "justification": {"type": "string"}},
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
RULE = {
    "type": "object",
    "required": ["id", "shortDescription", "fullDescription", "help", "defaultConfiguration"],
    "properties": {
        "id": {"type": "string"},
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "helpUri": {"type": "string", "format": "uri"},
        "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}, "additionalProperties": False},
    },
    "additionalProperties": False,
}
RUN = {
    "type": "object",
    "required": ["tool", "results", "columnKind"],
    "properties": {
        "tool": {
            "type": "object",
            "required": ["driver"],
            "properties": {
                "driver": {
                    "type": "object",
                    "required": ["name", "version", "rules"],
                    "properties": {"name": {"type": "string"}, "rules": {"type": "array", "items": RULE}},
                }
            },
        },
        "results": {"type": "array", "items": RESULT},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {"version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
}
"""What of SARIF 2.1.0 a log of ours uses (sections 3.13 to 3.54 of the standard)."""
AT = Position("stacks/a b/blueprint.yaml", 9, 21, 14, "    network: {cidr: 192.169.0.0/16}")
PUBLIC = Finding("NET-W105", Severity.WARNING, ("sites", "use1", "network", "cidr"), "public", "take another", AT)
BROKEN = Finding("NET-E101", Severity.ERROR, ("sites", "a"), "100%: a,\nb", "", Position("b.yaml", 1, 1))
HEIRS = (Heir("sites.a.clusters.big", "b.yaml", 12, 7), Heir("", "dev/blueprint.yaml", 2, 10))
SHARED = replace(BROKEN, hint="mend it", position=Position("b.yaml", 1, 1, inherited=HEIRS))
NOWHERE = Finding("RULE-E001", Severity.ERROR, (), "rule failed")


def result(finding: Finding) -> Any:
    """Return the only result of a log."""
    (found,) = as_sarif((finding,))["runs"][0]["results"]
    return found


@pytest.mark.parametrize("findings", [(), (PUBLIC,), (SHARED,), (PUBLIC, BROKEN, NOWHERE)])
def test_a_log_has_the_shape_of_sarif(findings: tuple[Finding, ...]) -> None:
    """Required properties are there, and none that the standard does not name."""
    log = as_sarif(findings)

    jsonschema.validate(log, SARIF)
    for one in log["runs"][0]["results"]:
        assert log["runs"][0]["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]


def test_a_result_says_where_and_what_to_do() -> None:
    """The region ends after the token; the file is a URI; the rule brings its explanation."""
    found = result(PUBLIC)
    place = found["locations"][0]["physicalLocation"]

    assert found["message"]["text"] == "public\ntake another"
    assert place["artifactLocation"] == {"uri": "stacks/a%20b/blueprint.yaml"}
    assert place["region"] == {
        "startLine": 9,
        "startColumn": 21,
        "endLine": 9,
        "endColumn": 35,
        "snippet": {"text": AT.text},
    }
    assert "hint" not in found


def test_a_fingerprint_survives_a_move_to_another_line() -> None:
    """The same mistake is the same alert wherever it stands in its file; another one is not."""
    moved = replace(PUBLIC, position=replace(AT, line=40, column=3, text="moved"))
    other = replace(PUBLIC, path=("sites", "euw1", "network", "cidr"))

    assert result(moved)["partialFingerprints"] == result(PUBLIC)["partialFingerprints"]
    assert result(other)["partialFingerprints"] != result(PUBLIC)["partialFingerprints"]


def test_workflow_commands_escape_what_would_end_them() -> None:
    """Per cent and line ends everywhere; colons and commas in properties."""
    wide = "file=stacks/a b/blueprint.yaml,line=9,col=21,endColumn=35"

    assert render((replace(PUBLIC, severity=Severity.NOTE), BROKEN, NOWHERE), FindingsFormat.GITHUB).splitlines() == [
        "::error title=RULE-E001 A rule failed::rule failed",
        "::error file=b.yaml,line=1,col=1,endColumn=2,title=NET-E101 Not an IPv4 block::100%25: a,%0Ab",
        f"::notice {wide},title=NET-W105 The network is not private address space::public%0Atake another",
        "2 errors, 1 note",
    ]


def test_who_inherits_a_mistake_is_said_in_every_format() -> None:
    """Text and annotations name each heir and where it extends; SARIF links to it, JSON has it as data."""
    related = result(SHARED)["relatedLocations"]
    (row,) = json.loads(render((SHARED,), FindingsFormat.JSON))["findings"]
    said = "inherited by sites.a.clusters.big (b.yaml:12), dev/blueprint.yaml:2"

    assert [one["message"]["text"] for one in related] == [
        "inherited by sites.a.clusters.big",
        "inherited by dev/blueprint.yaml",
    ]
    assert related[0]["physicalLocation"]["region"] == {"startLine": 12, "startColumn": 7}
    assert row["inherited"][0] == {"place": "sites.a.clusters.big", "file": "b.yaml", "line": 12, "column": 7}
    assert render((SHARED,), FindingsFormat.TEXT).splitlines()[1:3] == [f"  {said}", "  hint: mend it"]
    assert f"%0A{said}%0Amend it" in render((SHARED,), FindingsFormat.GITHUB)


@pytest.mark.parametrize("form", FindingsFormat)
def test_the_order_in_which_findings_were_made_does_not_show(form: FindingsFormat) -> None:
    """Every format is sorted by place."""
    assert render((PUBLIC, BROKEN, NOWHERE), form) == render((NOWHERE, BROKEN, PUBLIC), form)


def test_nothing_found_is_said_to_machines() -> None:
    """A program can tell a clean check from one that did not run."""
    assert json.loads(render((), FindingsFormat.JSON))["findings"] == []
    assert json.loads(render((), FindingsFormat.SARIF))["runs"][0]["results"] == []
    assert render((), FindingsFormat.GITHUB) == "no findings\n"
