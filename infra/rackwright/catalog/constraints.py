"""What the clouds' own providers refuse in the arguments of a resource before they call anything."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import rows, words
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Constraint:
    """What must hold of an argument, by wire name and at any depth; blank: of the resource's own.

    `values` is what `rule` needs to judge. Where `when` is given it counts only beside that argument, which may have
    to be one of some values: `vpcId`, or `tier=ZONAL|REGIONAL`.
    """

    argument: str
    rule: str
    values: str
    when: str
    sources: tuple[str, ...]


@cache
def constraints() -> dict[str, tuple[Constraint, ...]]:
    """Return resource type -> what must hold of its arguments."""
    found: dict[str, tuple[Constraint, ...]] = {}
    for row in rows("constraints"):
        one = Constraint(row["argument"], row["rule"], row["values"], row["when"], words(row["sources"]))
        found[row["type"]] = (*found.get(row["type"], ()), one)
    return found
