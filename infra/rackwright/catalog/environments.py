"""How much disk the virtual environment of each variant of the benchmark takes, once it is installed from its lock."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import rows


def environment_mib(variant: str) -> int | None:
    """Return the MiB on disk of a variant's environment for Python 3.12, None where it was not measured."""
    return _environments().get(variant)


@cache
def _environments() -> dict[str, int]:
    return {row["variant"]: int(row["mib"]) for row in rows("environments")}
