"""Where the catalog's facts come from."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import rows
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A public document, data set or program, and the date (ISO, as precise as known) it speaks for."""

    key: str
    title: str
    url: str
    date: str


def source(key: str) -> Source | None:
    """Return the source that rows call `key`."""
    return _sources().get(key)


def sources() -> tuple[Source, ...]:
    """Return all sources by key."""
    return tuple(_sources().values())


@cache
def _sources() -> dict[str, Source]:
    return {row["key"]: Source(**row) for row in rows("sources")}
