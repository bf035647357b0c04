"""Reading the catalog's CSV files: cells become numbers, names and None; nothing is guessed."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of `data/<name>.csv` by column."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = next(reader)
        return [dict(zip(columns, cells, strict=True)) for cells in reader]


def real(cell: str) -> float | None:
    """Return a number, None for a blank cell."""
    return float(cell) if cell else None


def whole(cell: str) -> int | None:
    """Return an integer, None for a blank cell."""
    return int(cell) if cell else None


def words(cell: str) -> tuple[str, ...]:
    """Return the words of a cell."""
    return tuple(cell.split())


def yes(cell: str) -> bool:
    """Return whether a cell says yes; it must say yes or no."""
    return {"yes": True, "no": False}[cell]
