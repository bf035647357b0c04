"""Where in the language a key stands: for a key that is known, but not where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "NAME"
"""Stands for whatever something is called."""


def whereabouts(key: str) -> tuple[str, ...]:
    """Return the places that have a key, the shallowest first, each once: sites.NAME.clusters.NAME."""
    from rackwright.blueprint.datacenter import Blueprint

    found = (path for path, model in _models(Blueprint, ()) if key in _keys(model))
    return tuple(dict.fromkeys(".".join(path) for path in sorted(found, key=len) if path))


def _keys(model: type[BaseModel]) -> set[str]:
    return {str(field.alias or name) for name, field in model.model_fields.items()}


def _models(kind: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """Yield every model that may stand at a path or below it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield path, kind
        for name, field in kind.model_fields.items():
            yield from _models(field.annotation, (*path, str(field.alias or name)))
        return
    named = (NAME,) if get_origin(kind) is dict else ()
    for part in get_args(kind) or get_args(getattr(kind, "__value__", None)):
        yield from _models(part, (*path, *named))
