"""Throughputs that file systems are sold with."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import rows, words, yes
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Throughput:
    """The values (`unit`) that a deployment type (`tier`) of a service takes; steps are (first, step, last).

    `fsx-lustre` PERSISTENT_2 takes MB/s per TiB, its INTELLIGENT_TIERING and `fsx-openzfs` MB/s of the whole.
    `not_in` are regions whose row in the service's table lacks the deployment type; of others nothing is said.
    """

    service: str
    tier: str
    unit: str
    values: tuple[int, ...]
    steps: tuple[tuple[int, int, int], ...]
    not_in: tuple[str, ...]
    verified: bool
    sources: tuple[str, ...]
    notes: str

    def holds(self, value: int) -> bool:
        """Return whether a value is one of these."""
        return value in self.values or any(
            first <= value <= last and (value - first) % step == 0 for first, step, last in self.steps
        )


def throughput(service: str, tier: str) -> Throughput | None:
    """Return the throughputs of a deployment type of a service, None where the catalog does not know it."""
    return _throughputs().get((service, tier))


def throughputs(service: str | None = None) -> tuple[Throughput, ...]:
    """Return the throughputs of one service, or of all."""
    return tuple(each for each in _throughputs().values() if service in {None, each.service})


@cache
def _throughputs() -> dict[tuple[str, str], Throughput]:
    return {(row["service"], row["tier"]): _throughput(row) for row in rows("throughputs")}


def _throughput(row: dict[str, str]) -> Throughput:
    cells = words(row["values"])
    return Throughput(
        service=row["service"],
        tier=row["tier"],
        unit=row["unit"],
        values=tuple(int(cell) for cell in cells if "+" not in cell),
        steps=tuple(_steps(cell) for cell in cells if "+" in cell),
        not_in=words(row["not_in"]),
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )


def _steps(cell: str) -> tuple[int, int, int]:
    """Return first, step and last of a cell like 12000+12000..192000."""
    first, rest = cell.split("+")
    step, last = rest.split("..")
    return int(first), int(step), int(last)
