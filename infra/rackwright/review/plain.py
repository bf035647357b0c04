"""Inputs of a plan as plain data: what they refer to is named by type and name, not by the program's variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.diagnostics import Path as BlueprintPath
from rackwright.diagnostics.record import dataclass
from rackwright.plan import (
    Concat,
    ConfigSecret,
    Invoke,
    Json,
    List,
    Lit,
    Map,
    Options,
    Out,
    OutPath,
    Provider,
    Resource,
    StackOut,
    StackReference,
    expand,
    expand_exports,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rackwright.plan import Plan, Single, Value

Key: TypeAlias = tuple[str, str]
"""Type and logical name: what makes a resource the same one as before."""
Path: TypeAlias = tuple[str, ...]
PROVIDERS = "pulumi:providers:"
STACK = "stack"


@dataclass(frozen=True, slots=True)
class Reference:
    """An output of another resource, of a data source or of another stack."""

    key: Key
    path: OutPath

    def __str__(self) -> str:
        """Return it as people write it."""
        return f"{self.key[1]}.{'.'.join(map(str, self.path))}"


@dataclass(frozen=True, slots=True)
class Known:
    """One resource, or the provider, of a plan with its inputs as plain data."""

    key: Key
    inputs: dict[str, Any]
    options: Options
    origin: BlueprintPath


def resources(plan: Plan) -> dict[Key, Known]:
    """Return the provider and every resource that a plan stands for, in program order."""
    flat = expand(plan)
    keys = {(node.key, row): _key(node) for row, node in flat}
    found = {}
    for _, node in flat:
        if isinstance(node, (Resource, Provider)):
            inputs = {name: _plain(value, keys) for name, value in node.inputs}
            options = node.options if isinstance(node, Resource) else Options()
            known = Known(_key(node), inputs, options, node.origin)
            found[known.key] = known
    return found


def questions(plan: Plan) -> dict[Key, Any]:
    """Return what the data sources of a plan are asked, as plain data."""
    flat = expand(plan)
    keys = {(node.key, row): _key(node) for row, node in flat}
    asked = [node for _, node in flat if isinstance(node, Invoke)]
    return {_key(node): {name: _plain(value, keys) for name, value in node.inputs} for node in asked}


def exports(plan: Plan) -> dict[str, Any]:
    """Return the exports of a plan as plain data."""
    keys = {(node.key, row): _key(node) for row, node in expand(plan)}
    return {export.name: _plain(export.value, keys) for export in expand_exports(plan)}


def references(value: Any) -> Iterator[Reference]:
    """Yield every reference inside plain data."""
    match value:
        case Reference():
            yield value
        case dict():
            for item in value.values():
                yield from references(item)
        case list() | tuple():
            for item in value:
                yield from references(item)
        case _:
            return


def readable(value: Any) -> str:
    """Return plain data as a person reads it."""
    match value:
        case None | "":
            return "-"
        case ("json", inner):
            return readable(inner)
        case tuple():
            return "".join(map(readable, value))
        case list():
            return f"[{', '.join(map(readable, value))}]"
        case dict():
            return f"{{{', '.join(f'{key}: {readable(item)}' for key, item in value.items())}}}"
        case _:
            return str(value)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the ends of nested mappings and of lists of mappings, by path without positions."""
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        for number, item in enumerate(value):
            for inner, leaf in leaves(item, path):
                yield (*inner, f"[{number}]"), leaf
    else:
        yield path, value


def _key(node: Single) -> Key:
    match node:
        case Resource():
            return node.type, _name(node.name)
        case Invoke():
            return node.type, node.key
        case Provider():
            return f"{PROVIDERS}{node.cloud}", _name(node.name)
        case StackReference():
            return STACK, node.stack


def _name(value: Value) -> str:
    return str(value.value) if isinstance(value, Lit) else repr(value)


def _plain(value: Value, keys: Mapping[tuple[str, str | None], Key]) -> Any:
    match value:
        case Lit(known):
            return known
        case List(items):
            return [_plain(item, keys) for item in items]
        case Map(items):
            return {key: _plain(item, keys) for key, item in items}
        case Out(node, path, row):
            at = str(row.value) if isinstance(row, Lit) else None
            return Reference(keys[node, at], path)
        case StackOut(stack, path):
            return Reference(keys[stack, None], path)
        case Concat(parts):
            return tuple(_plain(part, keys) for part in parts)
        case Json(inner):
            return ("json", _plain(inner, keys))
        case ConfigSecret(key):
            return f"[secret {key}]"
        case _:
            raise ValueError(f"{value!r} has no place in an expansion")
