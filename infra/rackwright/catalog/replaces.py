"""Which arguments replace a resource when they change, as the providers under Pulumi's SDKs plan it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from rackwright.catalog.reading import rows, words

if TYPE_CHECKING:
    from collections.abc import Sequence

Replaces: TypeAlias = Literal["yes", "conditional", "no"]
ANSWERS: tuple[Replaces, ...] = ("yes", "conditional", "no")
MOVING = {"aws:ec2/launchTemplate:LaunchTemplate": ("latest_version",)}
"""Outputs that change whenever a resource of the type is updated in place."""


def replaces(kind: str, path: Sequence[str]) -> Replaces | None:
    """Return whether changing the argument at `path` replaces a resource of a type; None where nobody has said.

    `conditional`: the provider decides by the old and the new value. Blocks are named alike in singular and plural:
    the SDKs write lists of blocks in the plural, the providers never do.
    """
    table, asked = _table().get(kind, {}), tuple(map(_singular, path))
    return table[asked] if asked in table else _of_map(table, asked)


def _of_map(table: dict[tuple[str, ...], Replaces], asked: tuple[str, ...]) -> Replaces | None:
    """Return the answer of the argument that `asked` is a key in: one that is listed and has no arguments below."""
    for size in range(len(asked) - 1, 0, -1):
        parent = asked[:size]
        if parent in table:
            return None if any(one[:size] == parent and len(one) > size for one in table) else table[parent]
    return None


@cache
def _table() -> dict[str, dict[tuple[str, ...], Replaces]]:
    return {
        row["type"]: {
            tuple(map(_singular, argument.split("."))): answer for answer in ANSWERS for argument in words(row[answer])
        }
        for row in rows("replaces")
    }


def _singular(word: str) -> str:
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss"):
            return word.removesuffix(ending) + instead
    return word
