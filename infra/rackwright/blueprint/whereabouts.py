"""Where in the language a key stands: for a key that is known, but not where it was written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Path

NAME = "NAME"
"""Stands for whatever something is called."""
TOP = "the blueprint itself"


def whereabouts(key: str, here: Path) -> tuple[str, ...]:
    """Return the places that have a key, each once: other kinds of what stands here, then the shallowest first."""
    found = [(path, model) for path, model in _language() if key in _keys(model)]
    kinds = [_kind(model) for path, model in found if _is(path, here)]
    others = [".".join(path) or TOP for path, _ in sorted(found, key=lambda one: len(one[0]))]
    return tuple(dict.fromkeys(kinds or others))


def keys_at(place: Path) -> tuple[set[str], ...]:
    """Return the keys of every kind of what may stand at a place: sites.NAME has those of AWS and of GCP."""
    return tuple(_keys(model) for path, model in _language() if _is(path, place))


def is_stray(path: Path) -> bool:
    """Return whether a key stands among names, and is a key of what they name or of what is around: clusters.nodes."""
    return is_member(path) or (bool(keys_at((*path[:-1], NAME))) and any(path[-1] in one for one in keys_at(path[:-2])))


def is_member(path: Path) -> bool:
    """Return whether what stands among names is a key of what they name."""
    return any(path[-1] in keys for keys in keys_at((*path[:-1], NAME)))


@cache
def _language() -> tuple[tuple[tuple[str, ...], type[BaseModel]], ...]:
    """Return every model of the language with where it stands."""
    from rackwright.blueprint.datacenter import Blueprint

    return tuple(_models(Blueprint, ()))


def _is(path: tuple[str, ...], here: Path) -> bool:
    """Return whether a place of the language is where something stands."""
    return len(path) == len(here) and all(part in (NAME, at) for part, at in zip(path, here, strict=True))


def _kind(model: type[BaseModel]) -> str:
    """Return what a model is, in a few words."""
    words = str(model.__doc__).partition(".")[0]
    return words[0].lower() + words[1:] if words[1:2] == " " or words[1:2].islower() else words


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
