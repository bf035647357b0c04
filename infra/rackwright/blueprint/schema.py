"""The JSON Schema of blueprints, for editors: what the models accept, with their descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from rackwright.blueprint.datacenter import Blueprint
from rackwright.blueprint.meaning import meanings
from rackwright.blueprint.model import FORMS

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12); patterns carry the message that editors show."""
    generated = Blueprint.model_json_schema(by_alias=True, mode="validation", schema_generator=_WithMeanings)
    described: dict[str, Any] = _with_messages(generated)
    return {"$schema": DIALECT, **described, "title": "rackwright blueprint"}


class _WithMeanings(GenerateJsonSchema):
    """Says what every key is for."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model with a description of each of its properties."""
        found = super().model_schema(schema)
        model: type[BaseModel] = schema["cls"]
        for name, text in meanings(model).items():
            key = model.model_fields[name].alias or name
            if text:
                found["properties"][key].setdefault("description", text)
        return found


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
