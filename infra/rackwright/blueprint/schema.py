"""The JSON Schema of blueprints, for editors: what the models accept, with their descriptions, and `extends`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from rackwright.blueprint.datacenter import Blueprint
from rackwright.blueprint.meaning import meanings
from rackwright.blueprint.merging import EXTENDS
from rackwright.blueprint.model import FORMS

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PART = "Part"
"""Ends the name of a definition of which nothing is required and any key may be null: the rest is inherited."""
WORDS = "What this extends: a name beside it, bases.NAME, or a place as sites.use1. Null takes an inherited key away."
FILE_WORDS = "The file that this blueprint extends, relative to this one. Null takes an inherited key away."


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12); patterns carry the message that editors show."""
    said = Blueprint.model_json_schema(by_alias=True, mode="validation", schema_generator=_WithMeanings)
    generated: dict[str, Any] = _with_messages(said)
    models: dict[str, Any] = generated.pop("$defs") | {"Blueprint": generated}
    listed = {name for name in models if f"'items': {_to(name)}" in str(models)}
    fragments = [_to(name + PART) for name in sorted(models.keys() - {"Blueprint"} - listed)]
    for pattern in generated["properties"]["bases"]["patternProperties"]:
        generated["properties"]["bases"]["patternProperties"][pattern] = {"anyOf": fragments}
    whole = {name: one if name in listed else _extending(name, one) for name, one in models.items()}
    parts = {name + PART: _partial(name, one) for name, one in models.items() if name not in listed}
    return {"$schema": DIALECT, "title": "rackwright blueprint", **_to("Blueprint"), "$defs": whole | parts}


def _extending(name: str, model: dict[str, Any]) -> dict[str, Any]:
    """Return a model that is only a part of itself where it extends something."""
    described = {"description": model["description"]}
    return described | {"if": {"required": [EXTENDS]}, "then": _to(name + PART), "else": _any_of(model)}


def _partial(name: str, model: dict[str, Any]) -> dict[str, Any]:
    """Return a model with `extends`, of which nothing is required; null takes away any key, even of another model."""
    keys = {key: _nullable(_parts(one)) for key, one in model["properties"].items()}
    keys[EXTENDS] = {"type": ["string", "null"], "description": FILE_WORDS if name == "Blueprint" else WORDS}
    part = {key: value for key, value in model.items() if key != "required"}
    return part | {"properties": keys, "additionalProperties": {"type": "null"}}


def _parts(part: Any) -> Any:
    """Return a piece of schema in which every model is a part of itself, but for those in lists."""
    if isinstance(part, list):
        return [_parts(one) for one in part]
    if not isinstance(part, dict):
        return part
    found = {key: value if key in {"items", "default"} else _parts(value) for key, value in _any_of(part).items()}
    found.pop("discriminator", None)
    if "$ref" in found:
        found["$ref"] = found["$ref"].removesuffix(PART) + PART
    if "patternProperties" in found:
        found["patternProperties"] = {key: _nullable(one) for key, one in found["patternProperties"].items()}
    return found


def _any_of(part: Any) -> Any:
    """Return a piece of schema in which what extends something may be one of several models."""
    if isinstance(part, list):
        return [_any_of(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {"anyOf" if key == "oneOf" else key: _any_of(value) for key, value in part.items()}


def _nullable(part: dict[str, Any]) -> dict[str, Any]:
    null = {"type": "null"}
    if "anyOf" in part:
        return part if null in part["anyOf"] else part | {"anyOf": [*part["anyOf"], null]}
    shown = {key: part[key] for key in ("description", "title", "default") if key in part}
    return shown | {"anyOf": [{key: value for key, value in part.items() if key not in shown}, null]}


def _to(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


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
        found["properties"] = {EXTENDS: {"type": ["string", "object", "null"]}}
        found["patternProperties"] = {
            pattern.replace("^", f"^(?!{EXTENDS}$)", 1): one for pattern, one in found["patternProperties"].items()
        }
    return found
