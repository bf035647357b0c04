"""What the models say stands at a place: Pydantic's own core schema, walked along the location of an error.

Pydantic puts the chosen member of a tagged union into an error's location; the file has no such key. Walking the schema
that made the location tells the two apart, whatever the names in the file.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from rackwright.blueprint.meaning import meanings
from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass

Schema: TypeAlias = dict[str, Any]
WRAPPERS = frozenset({"default", "nullable", "function-before", "function-after", "function-wrap", "model"})
KEY_MARK = "[key]"


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known about the end of an error's location.

    `path` is the location as the file has it; `schema` is what should stand there, None where the language has
    nothing; `fields` are the known keys beside it, with what they are for; `is_key`: the key itself is meant.
    """

    path: Path
    schema: Schema | None
    fields: dict[str, str]
    is_key: bool = False


def trace(root: Any, loc: tuple[str | int, ...]) -> Shape:
    """Return the shape at an error's location, beginning at a model's core schema."""
    definitions = {one["ref"]: one for one in root.get("definitions", ())}
    schema: Schema | None = root
    path: list[str | int] = []
    fields: dict[str, str] = {}
    for part in loc:
        schema = _bare(schema, definitions)
        if part == KEY_MARK and (schema is None or schema["type"] != "dict"):
            return Shape(tuple(path), None, fields, is_key=True)
        if schema is not None and schema["type"] == "tagged-union" and part in schema["choices"]:
            schema = schema["choices"][part]
            continue
        path.append(part)
        fields = _fields(schema)
        schema = _below(schema, part)
    return Shape(tuple(path), _bare(schema, definitions), fields)


def described(schema: Schema | None) -> dict[str, str]:
    """Return the keys of the model that `schema` is, with what they are for; empty for anything else."""
    return _fields(_bare(schema, {}))


def _bare(schema: Schema | None, definitions: dict[str, Schema]) -> Schema | None:
    """Return what a schema is under defaults, validators and references; keys know their model as `cls`."""
    model = None
    while schema is not None:
        model = schema.get("cls", model)
        if schema["type"] == "definitions":
            schema = schema["schema"]
        elif schema["type"] == "definition-ref":
            schema = definitions[schema["schema_ref"]]
        elif schema["type"] in WRAPPERS:
            schema = schema["schema"]
        else:
            break
    return {**schema, "cls": model} if schema is not None and schema["type"] == "model-fields" else schema


def _fields(schema: Schema | None) -> dict[str, str]:
    if schema is None or schema["type"] != "model-fields":
        return {}
    known = meanings(schema["cls"])
    return {_key(name, one): known[name] for name, one in schema["fields"].items()}


def _key(name: str, field: Schema) -> str:
    """Return a field's key in the file: its alias where it has one."""
    return str(field.get("validation_alias", name))


def _below(schema: Schema | None, part: str | int) -> Schema | None:
    match schema:
        case {"type": "model-fields", "fields": fields}:
            return next((one["schema"] for name, one in fields.items() if _key(name, one) == part), None)
        case {"type": "dict", "values_schema": values}:
            return dict(values)
        case {"type": "tuple", "items_schema": [only]} | {"type": "list", "items_schema": only}:
            return dict(only)
        case _:
            return None
