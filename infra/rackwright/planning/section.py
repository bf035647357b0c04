"""One section of a program as a planner returns it."""

from __future__ import annotations

from rackwright.diagnostics.record import dataclass
from rackwright.plan import Node, Section


@dataclass(frozen=True, slots=True)
class Planned:
    """One section as planned: its opening and its nodes."""

    section: Section
    nodes: tuple[Node, ...]
