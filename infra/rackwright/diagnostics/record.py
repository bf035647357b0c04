"""Frozen dataclasses that cost a third less to make: start-up makes more than a hundred of them.

The standard library writes and compiles six methods for every class. Three of them, which compare, hash and show all
fields, need no code of their own: one getter reads the fields. What such a class is and does stays the same.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """Return the decorator of a dataclass whose objects are equal when all their fields are."""
        return lambda kind: _by_all_fields(
            dataclasses.dataclass(kind, frozen=frozen, slots=slots, eq=False, repr=False)
        )


__all__ = ["dataclass"]


def _by_all_fields(kind: Any) -> Any:
    """Return a dataclass with what the standard library would have written into it."""
    names = tuple(kind.__dataclass_fields__)
    read: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: Any) -> Any:
        return read(self) == read(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(read(self))

    def shown(self: Any) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({fields})"

    kind.__eq__, kind.__hash__, kind.__repr__ = equal, hashed, shown
    return kind
