"""Everything that was found out about one host, and what it was expected to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.checks.measured import Benchmark, Command, Mounted, Node, Nothing, Scheduled
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Expectation, Mount, Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

SIMULATED = "GPU-SIMULATED"
"""How the UUID of a simulated device begins."""

UNASKED = Nothing("nobody looked at what the host mounts")
UNSCHEDULED = Nothing("nobody asked the scheduler")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One host of a stack: its results of this run, or why there are none; `repeat` measures it again.

    Hosts of a rehearsal share one machine: their speeds say little about each other; `cannot_mount`,
    `cannot_schedule` and `cannot_contain` say why a host can mount nothing, run no scheduler, start no container;
    `cannot_log_in` why the registries of the clouds let it pull nothing. `scheduler` is the head of its cluster,
    "" where it has none; `commands` are the team's own that this host was to run, by name.
    """

    host: str
    stack: str
    expect: Expectation
    validation: Validation
    node: Node | Nothing
    benchmark: Benchmark | Nothing
    repeat: str
    shares_machine: bool = False
    mounts: tuple[Mount, ...] = ()
    mounted: Mounted | Nothing = UNASKED
    cannot_mount: str = ""
    commands: tuple[tuple[str, Command | Nothing], ...] = ()
    scheduler: str = ""
    scheduled: Scheduled | Nothing = UNSCHEDULED
    cannot_schedule: str = ""
    cannot_contain: str = ""
    cannot_log_in: str = ""

    @property
    def is_head(self) -> bool:
        """Whether the host gives out nodes and is none."""
        return self.host == self.scheduler

    @property
    def identity(self) -> str:
        """The machine id the host reported; empty where it reported none."""
        return "" if isinstance(self.node, Nothing) else self.node.machine_id or ""

    @property
    def simulated(self) -> bool:
        """Whether any device of the host says that it is simulated."""
        return any(uuid.startswith(SIMULATED) for uuid in self._uuids())

    def _uuids(self) -> Iterator[str]:
        if isinstance(self.node, Node) and self.node.accelerators:
            yield from (device.uuid for device in self.node.accelerators)
