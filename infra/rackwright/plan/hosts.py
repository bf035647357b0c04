"""Which hosts a plan will have, and how their addresses become known."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, TypeAlias

from rackwright.diagnostics.record import dataclass
from rackwright.plan.nodes import Named, Numbered, row_keys
from rackwright.plan.values import OutPath, StackOut, Value, walk


@dataclass(frozen=True, slots=True)
class Mount:
    """A file system a host mounts at `path` through `client`: `volume` is its blueprint key, `source` what is mounted.

    A source is put together from outputs of the site's stack, is the name of a disk of the host's own, or says how
    many of its own disks are joined.
    """

    path: str
    volume: str
    kind: str
    client: str
    source: Value


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a host must turn out to have; blank or zero where the catalog does not know.

    `accelerators` counts devices per host; memory is GiB per accelerator.
    """

    machine: str
    accelerator: str
    accelerators: int
    accelerator_memory_gib: float | None
    vcpus: int | None
    memory_gib: float | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A team's own command: the number at `value` in the JSON it prints must lie between its bounds.

    The `first` host alone may run it; `timeout` is in seconds; one for `accelerators` says nothing where they are
    simulated. With `image` it runs in a container of that image, else on the host itself.
    """

    name: str
    command: str
    value: str
    at_least: float | None
    at_most: float | None
    timeout: int
    first: bool
    accelerators: bool
    image: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """What is installed on a host: `variant` names the locks for its accelerators, the rest is of NVIDIA's driver.

    Blank where there is nothing of the kind. `bare` names the locks for the processor alone where a release is asked
    for; `requirements` are packages of the team's own; `daemons` run at the driver's own version; `containers` is what
    runs containers.
    """

    variant: str = ""
    branch: str = ""
    modules: str = ""
    daemons: tuple[str, ...] = ()
    bare: str = ""
    requirements: tuple[str, ...] = ()
    containers: str = ""


NOTHING = Installed()


@dataclass(frozen=True, slots=True)
class Validation:
    """How a cluster proves itself: benchmark, data set, accuracy floor (0-1; None: the catalog's), fabric check.

    `source` is where MNIST is and `sha256` what its file must have; "" where the blueprint does not say.
    `acceptance` are the team's own commands.
    """

    benchmark: str
    dataset: str
    accuracy: float | None
    epochs: int
    fabric: str
    source: str = ""
    sha256: str = ""
    acceptance: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """A partition of a scheduler: how long its jobs may run and how many nodes they may take (None: no limit)."""

    name: str
    hours: int | None
    nodes: int | None
    priority: int


@dataclass(frozen=True, slots=True)
class Scheduler:
    """What gives jobs the host set `nodes`: Slurm on the host `head`; the first queue is the default."""

    head: str
    nodes: str
    queues: tuple[Queue, ...]


@dataclass(frozen=True, slots=True)
class Instances:
    """Hosts that are resources of the plan: `node` is the key of a Repeat's body resource, or of one that stands alone.

    `hosts` are the rows of that Repeat, whose keys are the host names; `address` is the output that holds
    the private address; `scheduler` is what they take part in.
    """

    name: str
    node: str
    hosts: Named | Numbered
    address: OutPath
    user: str
    access: str
    roles: tuple[str, ...]
    expect: Expectation
    mounts: tuple[Mount, ...]
    validation: Validation
    environment: tuple[tuple[str, str], ...] = ()
    scheduler: Scheduler | None = None
    installed: Installed = NOTHING


@dataclass(frozen=True, slots=True)
class SliceWorkers:
    """Hosts of TPU slices: each row of `node` is a slice with `workers` hosts, named SLICE-w0, SLICE-w1, ..."""

    name: str
    node: str
    slices: Named | Numbered
    workers: int
    address: OutPath
    user: str
    access: str
    roles: tuple[str, ...]
    expect: Expectation
    mounts: tuple[Mount, ...]
    validation: Validation
    environment: tuple[tuple[str, str], ...] = ()
    installed: Installed = NOTHING


@dataclass(frozen=True, slots=True)
class GroupMembers:
    """Hosts that a cloud keeps at their number: `node` is the group, `label` the tag by which members are found.

    Members come and go: NAME-0, NAME-1, ... are `count` of them in the order of their addresses.
    """

    name: str
    node: str
    label: str
    count: int
    user: str
    access: str
    roles: tuple[str, ...]
    expect: Expectation
    mounts: tuple[Mount, ...]
    validation: Validation
    environment: tuple[tuple[str, str], ...] = ()
    installed: Installed = NOTHING


HEAD = "head"
"""The role of a host that schedules jobs and runs none."""
HostSet: TypeAlias = Instances | SliceWorkers | GroupMembers


def host_names(host_set: HostSet) -> tuple[str, ...]:
    """Return the names of all hosts of a set, in order."""
    match host_set:
        case Instances():
            return row_keys(host_set.hosts)
        case SliceWorkers():
            return tuple(f"{key}-w{worker}" for key in row_keys(host_set.slices) for worker in range(host_set.workers))
        case GroupMembers():
            return tuple(f"{host_set.name}-{number}" for number in range(host_set.count))


def site_outputs(host_set: HostSet) -> tuple[str, ...]:
    """Return the outputs of the site's stack by which a host finds what it mounts."""
    parts = (part for mount in host_set.mounts for part in walk(mount.source))
    return tuple(dict.fromkeys(str(part.path[0]) for part in parts if isinstance(part, StackOut)))


def output_of(host_set: HostSet, what: str) -> str:
    """Return the output of a stack that says `what` (hosts, instance_ids) of a host set: a head has its own."""
    return f"{HEAD}_{what}" if HEAD in host_set.roles else what


def by_name(host_set: HostSet, addresses: Any, values: Any) -> dict[str, str]:
    """Return host name -> value of an output: a map by name, or, of a group, a list in the order of its addresses."""
    if isinstance(host_set, GroupMembers):
        members = sorted(zip(addresses, values, strict=True), key=lambda member: ip_address(str(member[0])))
        return {name: str(value) for name, (_, value) in zip(host_names(host_set), members, strict=False)}
    return {name: str(values[name]) for name in host_names(host_set) if values.get(name)}
