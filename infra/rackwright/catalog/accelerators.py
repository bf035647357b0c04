"""GPUs and other chips: what they are, what they draw, how they are linked."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import real, rows, whole, words
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Accelerator:
    """A kind of chip. `tdp_watts` is the vendor's power limit of one chip (W).

    `nvlinks` counts NVLink links per GPU, `nvlink_gbs` is GB/s per link and direction.
    """

    name: str
    vendor: str
    architecture: str
    compute_capability: str | None
    tdp_watts: int | None
    nvlinks: int | None
    nvlink_gbs: float | None
    sources: tuple[str, ...]
    notes: str


def accelerator(name: str) -> Accelerator | None:
    """Return a kind of chip by the name that machines and slices use."""
    return _accelerators().get(name)


def accelerators() -> tuple[Accelerator, ...]:
    """Return all kinds of chips as the file lists them."""
    return tuple(_accelerators().values())


@cache
def _accelerators() -> dict[str, Accelerator]:
    return {row["name"]: _accelerator(row) for row in rows("accelerators")}


def _accelerator(row: dict[str, str]) -> Accelerator:
    return Accelerator(
        name=row["name"],
        vendor=row["vendor"],
        architecture=row["architecture"],
        compute_capability=row["compute_capability"] or None,
        tdp_watts=whole(row["tdp_watts"]),
        nvlinks=whole(row["nvlinks"]),
        nvlink_gbs=real(row["nvlink_gbs"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
