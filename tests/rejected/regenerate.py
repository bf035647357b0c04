"""Write the expected output of every rejected blueprint, the references and the JSON Schema anew: `make golden`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.documents.reference import REFERENCE, reference
from tests.rejected.cases import HERE, names, output

import rackwright.blueprint
from rackwright.blueprint.schema import schema
from rackwright.rules import document

RULES = HERE.parents[1] / "docs/rules.md"
SCHEMA = Path(rackwright.blueprint.__file__).parent / "blueprint.schema.json"


def schema_text() -> str:
    """Return the JSON Schema as it is committed."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def regenerate() -> None:
    """Write every generated file."""
    for name in names():
        (HERE / f"{name}.txt").write_text(output(name), encoding="utf-8", newline="\n")
    RULES.write_text(document(), encoding="utf-8", newline="\n")
    REFERENCE.write_text(reference(), encoding="utf-8", newline="\n")
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    regenerate()
