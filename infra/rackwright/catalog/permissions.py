"""Which permissions deploying a resource of each type needs, as the clouds spell them."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import rows, words
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Permission:
    """What one type needs where `resource` may name; blank: everywhere in the plan's region.

    `resource` and `condition` (a condition key, `=` and its value) have {arguments} of the resource in them. The row
    counts where the argument `when` is given; blank: always.
    """

    type: str
    when: str
    create: tuple[str, ...]
    read: tuple[str, ...]
    update: tuple[str, ...]
    delete: tuple[str, ...]
    resource: str
    condition: str
    sources: tuple[str, ...]


def permissions(kind: str) -> tuple[Permission, ...]:
    """Return what a type of resources or invokes needs; empty where nobody has said."""
    return _table().get(kind, ())


def permission_types() -> tuple[str, ...]:
    """Return the types that have rows."""
    return tuple(_table())


@cache
def _table() -> dict[str, tuple[Permission, ...]]:
    found: dict[str, tuple[Permission, ...]] = {}
    for row in rows("permissions"):
        one = Permission(
            type=row["type"],
            when=row["when"],
            create=words(row["create"]),
            read=words(row["read"]),
            update=words(row["update"]),
            delete=words(row["delete"]),
            resource=row["resource"],
            condition=row["condition"],
            sources=words(row["sources"]),
        )
        found[one.type] = (*found.get(one.type, ()), one)
    return found
