"""Which changed inputs replace a simulated resource: what the catalog knows for sure of the clouds' own providers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rackwright.catalog.replaces import replaces

if TYPE_CHECKING:
    from collections.abc import Iterator

UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")


def replaces_for_sure(kind: str, name: str, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Return whether the change of an input, by wire name, replaces the resource whatever its values are."""
    before, after = set(_leaves(old.get(name), (name,))), set(_leaves(new.get(name), (name,)))
    return any(replaces(kind, tuple(map(_snake, path))) == "yes" for path, _ in before ^ after)


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for item in value:
            yield from _leaves(item, path)
    else:
        yield path, repr(value)


def _snake(name: str) -> str:
    return UPPER.sub(r"_\1", name).lower()
