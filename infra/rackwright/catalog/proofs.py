"""How far each machine family was proved: in a schema, in a rehearsal, against an API, in a real account."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias, cast

from rackwright.catalog.machines import CLOUDS, machine
from rackwright.catalog.reading import rows, words
from rackwright.catalog.slices import slice_type
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass

Level: TypeAlias = Literal["schema", "simulated", "moto", "real"]
LEVELS: tuple[Level, ...] = ("schema", "simulated", "moto", "real")
"""The least first: fits the SDK; deployed to the rehearsal cloud; accepted by AWS's API as moto answers it; real."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The highest level that a family reached; a `real` one has its date (ISO), region and receipt."""

    cloud: Cloud
    family: str
    level: Level
    date: str
    region: str
    receipt: str
    sources: tuple[str, ...]

    def __str__(self) -> str:
        """Return the level, and of a real one when and where."""
        return f"{self.level} ({self.date}, {self.region})" if self.level == "real" else self.level


def proofs() -> tuple[Proof, ...]:
    """Return every proof by cloud and family."""
    return tuple(_table().values())


def proof_of(name: str) -> Proof | None:
    """Return how far the family of a machine or the generation of a slice was proved, None where it was not."""
    known = slice_type(name)
    if known is not None:
        return _table().get(("gcp", known.generation))
    found = next((one for cloud in CLOUDS for one in [machine(cloud, name)] if one is not None), None)
    return _table().get((found.cloud, found.family)) if found else None


@cache
def _table() -> dict[tuple[str, str], Proof]:
    return {
        (row["cloud"], row["family"]): Proof(
            cloud=cast("Cloud", row["cloud"]),
            family=row["family"],
            level=cast("Level", row["level"]),
            date=row["date"],
            region=row["region"],
            receipt=row["receipt"],
            sources=words(row["sources"]),
        )
        for row in rows("proofs")
    }
