"""A review: every change of a datacenter with what causes it, and what each stack costs then and now."""

from __future__ import annotations

from rackwright.diagnostics.record import dataclass
from rackwright.estimate import Cost
from rackwright.review.changes import Change


@dataclass(frozen=True, slots=True)
class Caused:
    """A change with the blueprint line behind it, as "blueprint.yaml:12", and the path of the edit."""

    change: Change
    line: str
    path: str


@dataclass(frozen=True, slots=True)
class Review:
    """One datacenter before and after: every change, and what each stack costs then and now.

    `renamed` maps stacks to the names that they had before, `images` every alias whose lock differs to its ids then
    and now, "" where it has none.
    """

    datacenter: str
    changes: tuple[Caused, ...]
    costs: dict[str, tuple[Cost | None, Cost | None]]
    renamed: dict[str, str]
    images: dict[str, tuple[str, str]]
