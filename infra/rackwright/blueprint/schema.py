"""The JSON Schema of blueprints, for editors: what the models accept, with their descriptions."""

from __future__ import annotations

from typing import Any

from rackwright.blueprint.datacenter import Blueprint
from rackwright.blueprint.model import FORMS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12); patterns carry the message that editors show."""
    generated = Blueprint.model_json_schema(by_alias=True, mode="validation")
    described: dict[str, Any] = _with_messages(generated)
    return {"$schema": DIALECT, **described, "title": "rackwright blueprint"}


def _with_messages(part: Any) -> Any:
    if isinstance(part, list):
        return [_with_messages(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: _with_messages(value) for key, value in part.items()}
    if isinstance(found.get("pattern"), str):
        found["patternErrorMessage"] = f"write {FORMS[found['pattern']]}"
    if "patternProperties" in found:
        found["additionalProperties"] = False
    return found
