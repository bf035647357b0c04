"""A plan: everything one stack will be, before a line of its program is written."""

from __future__ import annotations

from typing import TypeAlias

from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass
from rackwright.plan.hosts import HostSet
from rackwright.plan.nodes import Invoke, Node, Repeat, Resource, Single
from rackwright.plan.values import Value


@dataclass(frozen=True, slots=True)
class Section:
    """One module of the program: its file name, the sentence that opens it, the blueprint key behind it."""

    name: str
    title: str
    origin: Path


@dataclass(frozen=True, slots=True)
class Export:
    """A stack output."""

    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class Plan:
    """One stack: nodes in the order in which a reader thinks, exports, and the hosts it will have.

    `identity` is the account (AWS) or project (GCP) that the program must land in; `renamed_from` is the name that the
    stack had before, "" where it is the same.
    """

    stack: str
    datacenter: str
    cloud: str
    region: str
    identity: str
    title: str
    sections: tuple[Section, ...]
    nodes: tuple[Node, ...]
    exports: tuple[Export, ...]
    host_sets: tuple[HostSet, ...] = ()
    renamed_from: str = ""

    def singles(self) -> tuple[tuple[Single, Repeat | None], ...]:
        """Return every node with the Repeat it stands in, if any."""
        found: list[tuple[Single, Repeat | None]] = []
        for node in self.nodes:
            if isinstance(node, Repeat):
                found.extend((inner, node) for inner in node.body)
            else:
                found.append((node, None))
        return tuple(found)


Repeated: TypeAlias = Resource | Invoke
