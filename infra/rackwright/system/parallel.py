"""Doing one thing to many at a time, where each waits for something outside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

AT_ONCE = 8
Given = TypeVar("Given")
Result = TypeVar("Result")


def each(action: Callable[[Given], Result], things: Iterable[Given]) -> list[Result]:
    """Return what `action` makes of every thing, in order; raises the first exception after all have ended."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(action, things))
