"""Plain tables: columns as wide as their widest cell, numbers to the right, nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; a column whose name ends in `>` is aligned to the right."""
    right = [name.endswith(">") for name in columns]
    lines = [[name.removesuffix(">") for name in columns], *rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    return [
        GAP.join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    ]


def show(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    for each in table(columns, rows):
        console.line(each)
