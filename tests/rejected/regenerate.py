"""Write the expected output of every rejected blueprint and golden stack, references and JSON Schema: `make golden`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from tests.documents.reference import REFERENCE, reference
from tests.golden.golden import EXPECTED, expected_text
from tests.rejected.cases import HERE, code_of, findings, names, output

import rackwright.blueprint
from rackwright.blueprint.schema import schema
from rackwright.diagnostics import dotted
from rackwright.reports.findings import render_text
from rackwright.rules.examples import FILE, examples
from rackwright.rules.explain import document

RULES = HERE.parents[1] / "docs/rules.md"
SCHEMA = Path(rackwright.blueprint.__file__).parent / "blueprint.schema.json"


def schema_text() -> str:
    """Return the JSON Schema as it is committed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def examples_text() -> str:
    """Return the example of every code as it is committed: one finding, as in a file named blueprint.yaml."""
    found: dict[str, dict[str, str]] = {}
    for name in names():
        code = code_of(name)
        one = next(finding for finding in findings(name) if finding.code == code)
        if one.position:
            one = replace(one, position=replace(one.position, file="blueprint.yaml"))
        shown = render_text((replace(one, suppressed=""),)).rpartition("\n1 ")[0]
        found.setdefault(code, {"shown": shown.replace(f"{HERE}/", ""), "at": dotted(one.path)})
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def regenerate() -> None:
    """Write every generated file."""
    for name in names():
        (HERE / f"{name}.txt").write_text(output(name), encoding="utf-8", newline="\n")
    FILE.write_text(examples_text(), encoding="utf-8", newline="\n")
    examples.cache_clear()
    RULES.write_text(document(), encoding="utf-8", newline="\n")
    REFERENCE.write_text(reference(), encoding="utf-8", newline="\n")
    EXPECTED.write_text(expected_text(), encoding="utf-8", newline="\n")
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    regenerate()
