"""What a measurement must reach, with where the number comes from and what is physically possible."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from rackwright.catalog.reading import real, rows, whole, words, yes
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound on a measurement of `check` for a `subject`.

    `subject_kind` is dataset (mnist), machine (p5.48xlarge), accelerator (H100), accelerators (H100x8: that many in
    one host), domain (GB200-NVL72: hosts that share NVLink), fleet or host (any). It holds for messages of `size`
    (text, empty where that does not matter) on at least `nodes` hosts (None: any number). `comparison` says which side
    is good: measured >= bound, or measured <= bound. Beyond `fail` is FAIL, beyond `warn` is WARN (None: no warning
    band). `ceiling` is the physical limit, same unit.
    `provisional`: derived or assumed, not yet confirmed on the hardware.
    """

    check: str
    subject_kind: str
    subject: str
    comparison: Literal[">=", "<="]
    fail: float
    warn: float | None
    unit: str
    size: str
    nodes: int | None
    ceiling: float | None
    date: str
    provisional: bool
    sources: tuple[str, ...]
    notes: str


def threshold(check: str, subject: str = "any") -> Threshold | None:
    """Return the threshold of a check for a subject, None where the catalog has none."""
    return _thresholds().get((check, subject))


def thresholds(check: str | None = None) -> tuple[Threshold, ...]:
    """Return all thresholds of one check, or of all."""
    return tuple(each for each in _thresholds().values() if check in {None, each.check})


@cache
def _thresholds() -> dict[tuple[str, str], Threshold]:
    return {(row["check"], row["subject"]): _threshold(row) for row in rows("thresholds")}


def _threshold(row: dict[str, str]) -> Threshold:
    return Threshold(
        check=row["check"],
        subject_kind=row["subject_kind"],
        subject=row["subject"],
        comparison=cast('Literal[">=", "<="]', row["comparison"]),
        fail=float(row["fail"]),
        warn=real(row["warn"]),
        unit=row["unit"],
        size=row["size"],
        nodes=whole(row["nodes"]),
        ceiling=real(row["ceiling"]),
        date=row["date"],
        provisional=yes(row["provisional"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
