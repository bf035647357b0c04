"""References between simulated resources, as far as they can be seen: by the shape of what a cloud calls an id.

A text that looks like an id of a kind this cloud gives ids to, and that names nothing which exists, is a broken
reference. References by name (a role, a bucket) are not seen here; the proof sees them as outputs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rackwright.engine.provider import Failure

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

ID = re.compile(r"^(vpc|subnet|igw|nat|rtb|eipalloc|sg|vpce|lt|i|fs|pcx)-[0-9a-f]{17}$")


def missing_references(inputs: dict[str, Any], known: Container[str]) -> tuple[Failure, ...]:
    """Return a failure for every id in `inputs` that names nothing."""
    return tuple(
        Failure(name, f"{text} does not exist")
        for name, value in inputs.items()
        for text in strings(value)
        if ID.match(text) and text not in known
    )


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
