"""Schedulers: heads that cannot serve their nodes, queues that promise what the cluster has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint, MachineCluster, Slurm
from rackwright.catalog import machine
from rackwright.derive.head import head_machine, head_name
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import ClusterPlace, machine_clusters
from rackwright.rules.reservations import hours_of
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import Machine

SLURM_CONF = "https://slurm.schedmd.com/slurm.conf.html"
CGROUPS = "https://slurm.schedmd.com/cgroup_v2.html"
SMALLEST = 4
"""GiB of memory below which a head is small: it holds the queue, the logins of people and what they start there."""
UNPACKAGED = ("amazon-linux", "rocky")
"""How aliases of images begin whose distribution has no packages of Slurm."""
UNCONFINED = {"ubuntu-22.04": "21.08"}
"""How aliases of images begin whose Slurm is older than the control groups that they boot with, and its version."""
DEFAULT = "default"


class OtherArchitecture(Rule[Blueprint]):
    """A head whose programs the nodes cannot run."""

    problem = Problem(
        "SCHED-E101",
        Severity.ERROR,
        "The head is of another architecture than the nodes",
        "What people build or install on the head they start on the nodes, and the head starts from the image of the "
        "nodes, which is of one architecture.",
        "machine: p6e-gb200.36xlarge\nscheduler: {kind: slurm, machine: m7g.xlarge}",
        ("https://github.com/aws/aws-parallelcluster/issues/4319",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare every head that is named with its nodes."""
        for place, cluster, _ in _scheduled(subject):
            head, nodes = _head(place, cluster), machine(place.at.cloud, cluster.machine)
            if head and nodes and head.arch != nodes.arch:
                message = f"{head.name} is {head.arch}, {nodes.name} is {nodes.arch}"
                path = (*place.path, "scheduler", "machine")
                yield self.problem.at(path, message, "leave machine out for one that fits")


class SmallHead(Rule[Blueprint]):
    """A head with little memory."""

    problem = Problem(
        "SCHED-W102",
        Severity.WARNING,
        "A head with little memory",
        "The head holds the queue and everything that people start where they log in; when its memory ends, no job "
        "starts any more. The bound of 4 GiB is an estimate.",
        "scheduler: {kind: slurm, machine: m7i.large}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every head."""
        for place, cluster, _ in _scheduled(subject):
            head = _head(place, cluster)
            if head and head.memory_gib and head.memory_gib < SMALLEST:
                message = f"{head.name} has {head.memory_gib:g} GiB of memory"
                yield self.problem.at((*place.path, "scheduler", "machine"), message, f"take {SMALLEST} GiB or more")


class ScheduledGroup(Rule[Blueprint]):
    """A scheduler for machines that have no names."""

    problem = Problem(
        "SCHED-E103",
        Severity.ERROR,
        "A scheduler for a group, whose machines have no names",
        "Slurm knows its nodes by name, and the head and each node have the same list of them. Machines of a group "
        "come and go under names that nobody knows beforehand; a list would be wrong after the first is replaced.",
        "nodes: 16\nscheduler: slurm",
        (SLURM_CONF,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster with a scheduler."""
        for place, cluster, _ in _scheduled(subject):
            if cluster.provision == "group":
                message = "slurm knows its nodes by name, and machines of a group have none"
                yield self.problem.at((*place.path, "provision"), message, "set provision: instances")


class Unconfined(Rule[Blueprint]):
    """An image whose Slurm cannot keep jobs to what they were given."""

    problem = Problem(
        "SCHED-W104",
        Severity.WARNING,
        "Slurm of this image cannot confine jobs",
        "Ubuntu 22.04 boots with the second version of control groups, and its Slurm 21.08 knows the first alone. Jobs "
        "start, but nothing keeps them to the cores, memory and accelerators that they asked for.",
        "image: ubuntu-24.04\nscheduler: slurm",
        (CGROUPS, "https://packages.ubuntu.com/jammy/slurmd"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster with a scheduler."""
        for place, cluster, _ in _scheduled(subject):
            version = next((one for name, one in UNCONFINED.items() if cluster.image.startswith(name)), None)
            if version:
                message = f"{cluster.image} has Slurm {version}, which confines no job"
                yield self.problem.at((*place.path, "image"), message, "take ubuntu-24.04 or debian-12")


class Unpackaged(Rule[Blueprint]):
    """An image without Slurm."""

    problem = Problem(
        "SCHED-E109",
        Severity.ERROR,
        "The image's distribution has no packages of Slurm",
        "Slurm is installed from the packages of the distribution, which keeps them safe as it does all others. Debian "
        "and Ubuntu have them; Rocky Linux and Amazon Linux do not.",
        "image: ubuntu-24.04\nscheduler: slurm",
        ("https://packages.ubuntu.com/noble/slurmctld", "https://packages.debian.org/bookworm/slurmctld"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster with a scheduler."""
        for place, cluster, _ in _scheduled(subject):
            if cluster.image.startswith(UNPACKAGED):
                message = f"{cluster.image} has no packages of Slurm"
                yield self.problem.at((*place.path, "image"), message, "take ubuntu-24.04 or debian-12")


class LargePartition(Rule[Blueprint]):
    """A partition for larger jobs than the cluster can run."""

    problem = Problem(
        "SCHED-E105",
        Severity.ERROR,
        "A partition promises more nodes than the cluster has",
        "`nodes` of a partition is the most that one job may take. More than the cluster has is no limit, and a job "
        "that asks for them waits for ever.",
        "nodes: 16\nscheduler: {kind: slurm, partitions: {train: {}, debug: {nodes: 2, hours: 1}}}",
        (SLURM_CONF,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every partition with a limit."""
        for place, _, slurm in _scheduled(subject):
            for name, one in slurm.partitions.items():
                if one.nodes and one.nodes > place.nodes > 0:
                    path = (*place.path, "scheduler", "partitions", name, "nodes")
                    message = f"a job may take {one.nodes} nodes, and the cluster has {place.nodes}"
                    yield self.problem.at(path, message, "leave nodes out for all of them")


class ReservedPartition(Rule[Blueprint]):
    """A partition called default."""

    problem = Problem(
        "SCHED-E106",
        Severity.ERROR,
        "A partition with a name that Slurm keeps for itself",
        "In Slurm's configuration a partition named DEFAULT, in whatever case, is none: it sets what those after it "
        "have in common.",
        "scheduler: {kind: slurm, partitions: {batch: {}}}",
        (SLURM_CONF,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the name of every partition."""
        for place, _, slurm in _scheduled(subject):
            if DEFAULT in slurm.partitions:
                path = (*place.path, "scheduler", "partitions", DEFAULT)
                yield self.problem.at(path, "no partition can be called 'default'", "name it batch", of_key=True)


class TakenName(Rule[Blueprint]):
    """A cluster that is called as the head of another."""

    problem = Problem(
        "SCHED-E107",
        Severity.ERROR,
        "A cluster is called as the head of another",
        "The head of cluster `train` is called `train-head`: as a host, in inventories, and in the names of what is "
        "made for it.",
        "clusters: {train: {machine: g6.xlarge, nodes: 2, scheduler: slurm}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look whether the name of a head is that of a cluster of the same site."""
        for place, _, _ in _scheduled(subject):
            name = head_name(place.name)
            if name in place.at.site.clusters:
                path, message = (*place.at.path, "clusters", name), f"the head of '{place.name}' is called '{name}'"
                yield self.problem.at(path, message, "choose another name", of_key=True)


class IdleAccelerators(Rule[Blueprint]):
    """A head with accelerators, on which no job runs."""

    problem = Problem(
        "SCHED-W108",
        Severity.WARNING,
        "A head with accelerators that no job uses",
        "The head gives out the nodes and runs no job itself, so that its accelerators are paid for and idle.",
        "scheduler: {kind: slurm, machine: m7i.large}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every head that is named."""
        for place, cluster, _ in _scheduled(subject):
            head = _head(place, cluster)
            if head and head.accelerators:
                message = f"{head.name} has {head.accelerators} x {head.accelerator}, and no job runs on the head"
                yield self.problem.at((*place.path, "scheduler", "machine"), message, "take a machine without")


class LongPartition(Rule[Blueprint]):
    """A partition for longer jobs than the machines are there."""

    problem = Problem(
        "SCHED-W110",
        Severity.WARNING,
        "A partition outlasts its machines",
        "Machines that are queued for (flex-start) and those of a capacity block are taken away when their time is "
        "over, with the jobs on them. `hours` of a partition is the longest that a job may run; one that runs as long "
        "as the machines or shorter ends by itself.",
        "capacity: {kind: flex-start, hours: 168}\nscheduler: {kind: slurm, partitions: {train: {hours: 72}}}",
        (SLURM_CONF, "https://docs.cloud.google.com/compute/docs/instances/about-flex-start-vms"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every partition with a limit whose machines have one too."""
        for place, cluster, slurm in _scheduled(subject):
            lasts = hours_of(cluster.capacity)
            for name, one in slurm.partitions.items():
                if lasts and one.hours and one.hours > lasts:
                    path = (*place.path, "scheduler", "partitions", name, "hours")
                    message = f"jobs may run for {one.hours} hours, the machines are there for {lasts}"
                    yield self.problem.at(path, message, f"set hours: {lasts}, or less")


class NothingShared(Rule[Blueprint]):
    """Jobs that find nothing of what was written where they were submitted."""

    problem = Problem(
        "SCHED-W111",
        Severity.WARNING,
        "The head and its nodes share no storage",
        "Jobs start in the directory that they were submitted from and write their output there. Where nothing but the "
        "head's own disk has it, a job fails to find its program, or leaves its output on a node that nobody looks at. "
        "Storage of kind file, parallel or object in the cluster's mounts is mounted by the head and by every node.",
        "storage: {home: {kind: file}}\nclusters: {train: {mounts: {/shared: home}, scheduler: slurm}}",
        (
            "https://slurm.schedmd.com/sbatch.html",
            "https://github.com/aws-samples/aws-plugin-for-slurm/issues/5",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the mounts of every cluster with a scheduler; storage that there is not is another rule's."""
        for place, cluster, _ in _scheduled(subject):
            stored = place.at.site.storage
            if all(isinstance(stored.get(name), BlockStorage) for name in cluster.mounts.values()):
                message = f"{head_name(place.name)} and the nodes of {place.name} mount nothing that they share"
                yield self.problem.at((*place.path, "scheduler"), message, "mount storage of kind: file, as /shared")


def _scheduled(blueprint: Blueprint) -> Iterator[tuple[ClusterPlace, MachineCluster, Slurm]]:
    """Yield every cluster that has a scheduler."""
    for place, cluster in machine_clusters(blueprint):
        if cluster.scheduler:
            yield place, cluster, cluster.scheduler


def _head(place: ClusterPlace, cluster: MachineCluster) -> Machine | None:
    """Return the machine of a cluster's head, where the catalog knows it."""
    slurm = cluster.scheduler
    return machine(place.at.cloud, head_machine(place.at.site, cluster, slurm)) if slurm else None


RULES: tuple[Rule[Blueprint], ...] = (
    OtherArchitecture(),
    SmallHead(),
    ScheduledGroup(),
    Unconfined(),
    LargePartition(),
    ReservedPartition(),
    TakenName(),
    IdleAccelerators(),
    Unpackaged(),
    LongPartition(),
    NothingShared(),
)
