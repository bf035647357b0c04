"""Machines of the catalog a family at a time: as many tests as there are families, however many machines they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.catalog import Machine

Family = tuple["Machine", ...]


def families(of: Iterable[Machine]) -> dict[str, Family]:
    """Return machines by cloud and family, as aws:p5."""
    found: dict[str, list[Machine]] = {}
    for each in of:
        found.setdefault(f"{each.cloud}:{each.family}", []).append(each)
    return {name: tuple(members) for name, members in found.items()}


def for_each_family(of: Iterable[Machine]) -> pytest.MarkDecorator:
    """Return the mark of a test that is given the machines of a `family`."""
    found = families(of)
    return pytest.mark.parametrize("family", found.values(), ids=list(found))
