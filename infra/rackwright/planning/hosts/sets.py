"""Host sets from clusters: what a host must turn out to have, what it mounts, how it proves itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.catalog import image, machine, slice_type
from rackwright.derive.choice import host
from rackwright.derive.environment import environment
from rackwright.derive.head import head_machine, head_name
from rackwright.plan import (
    HEAD,
    Acceptance,
    Expectation,
    GroupMembers,
    Instances,
    Named,
    Numbered,
    OutPath,
    Queue,
    Scheduler,
    SliceWorkers,
    Validation,
)
from rackwright.planning.hosts.installed import installed
from rackwright.planning.hosts.mounts import mounts

if TYPE_CHECKING:
    from rackwright.blueprint import Acceptance as AcceptanceCommand
    from rackwright.blueprint import Cluster, MachineCluster, Site, SliceCluster, Slurm
    from rackwright.catalog import Machine

DEFAULT_USER = {"aws": "ec2-user", "gcp": "ubuntu"}
"""Who logs in where the image is not one of the catalog's."""
OWN = ("block", "instance-store")
"""Kinds of storage that each node has for itself, so that a head has none of it."""
BATCH = "batch"
"""The one queue where the blueprint names none."""


def machine_hosts(site: Site, name: str, cluster: MachineCluster, *, node: str, address: OutPath) -> Instances:
    """Return the hosts of a cluster of machines."""
    return Instances(
        name=name,
        node=node,
        hosts=numbered(name, cluster),
        address=address,
        user=_user(site, cluster),
        access=site.access.kind,
        roles=("node",),
        expect=_expected(cluster.machine, host(site.cloud, cluster)),
        mounts=mounts(site, cluster),
        validation=_validation(cluster),
        environment=environment(site),
        installed=installed(host(site.cloud, cluster), cluster.software),
        scheduler=_scheduler(name, cluster),
    )


def head_hosts(
    site: Site, name: str, cluster: MachineCluster, slurm: Slurm, *, node: str, address: OutPath
) -> Instances:
    """Return the head of a cluster as a set of one host: it mounts what the nodes share, and runs no job."""
    return Instances(
        name=head_name(name),
        node=node,
        hosts=Named((head_name(name),)),
        address=address,
        user=_user(site, cluster),
        access=site.access.kind,
        roles=(HEAD,),
        expect=_head_expected(site, cluster, slurm),
        mounts=tuple(one for one in mounts(site, cluster) if one.kind not in OWN),
        validation=replace(_validation(cluster), acceptance=()),
        environment=environment(site),
        scheduler=_scheduler(name, cluster),
    )


def group_hosts(site: Site, name: str, cluster: MachineCluster, *, node: str, label: str) -> GroupMembers:
    """Return the hosts of a cluster whose machines the cloud keeps at their number."""
    return GroupMembers(
        name=name,
        node=node,
        label=label,
        count=cluster.nodes.left,
        user=_user(site, cluster),
        access=site.access.kind,
        roles=("node",),
        expect=_expected(cluster.machine, host(site.cloud, cluster)),
        mounts=mounts(site, cluster),
        validation=_validation(cluster),
        environment=environment(site),
        installed=installed(host(site.cloud, cluster), cluster.software),
    )


def slice_hosts(
    site: Site, name: str, cluster: SliceCluster, *, node: str, workers: int, address: OutPath
) -> SliceWorkers:
    """Return the hosts of a cluster of TPU slices."""
    found = slice_type(cluster.accelerator)
    return SliceWorkers(
        name=name,
        node=node,
        slices=Numbered(f"{name}-", cluster.slices),
        workers=workers,
        address=address,
        user="ubuntu",
        access=site.access.kind,
        roles=("node",),
        expect=Expectation(
            machine=cluster.accelerator,
            accelerator=found.accelerator if found else "",
            accelerators=found.chips_per_host if found else 0,
            accelerator_memory_gib=found.chip_memory_gib if found else None,
            vcpus=found.vcpus if found else None,
            memory_gib=found.memory_gib if found else None,
        ),
        mounts=mounts(site, cluster),
        validation=_validation(cluster),
        environment=environment(site),
        installed=installed(None, cluster.software),
    )


def _user(site: Site, cluster: MachineCluster) -> str:
    """Return who logs in: the user that the image makes."""
    found = machine(site.cloud, cluster.machine)
    known = image(site.cloud, cluster.image, found.arch if found else "amd64")
    return (known.user if known else None) or DEFAULT_USER[site.cloud]


def _scheduler(name: str, cluster: MachineCluster) -> Scheduler | None:
    """Return what gives jobs the nodes of a cluster, None where nothing does."""
    if cluster.scheduler is None:
        return None
    asked = cluster.scheduler.partitions.items()
    queues = tuple(Queue(key, one.hours, one.nodes, one.priority) for key, one in asked)
    return Scheduler(head_name(name), name, queues or (Queue(BATCH, None, None, 1),))


def _head_expected(site: Site, cluster: MachineCluster, slurm: Slurm) -> Expectation:
    name = head_machine(site, cluster, slurm)
    return _expected(name, machine(site.cloud, name))


def _expected(name: str, found: Machine | None) -> Expectation:
    return Expectation(
        machine=name,
        accelerator=(found.accelerator if found else None) or "",
        accelerators=found.accelerators if found else 0,
        accelerator_memory_gib=found.accelerator_memory_gib if found else None,
        vcpus=found.vcpus if found else None,
        memory_gib=found.memory_gib if found else None,
    )


def numbered(name: str, cluster: MachineCluster) -> Numbered:
    """Return the rows of a cluster's machines: name-0, name-1, ..."""
    return Numbered(f"{name}-", cluster.nodes.count, tuple(sorted(set(cluster.nodes.without))))


def _validation(cluster: Cluster) -> Validation:
    asked = cluster.validate_
    return Validation(
        asked.benchmark,
        asked.dataset,
        asked.accuracy,
        asked.epochs,
        asked.fabric,
        asked.source or "",
        asked.sha256 or "",
        tuple(_acceptance(name, one) for name, one in sorted(asked.acceptance.items())),
    )


def _acceptance(name: str, asked: AcceptanceCommand) -> Acceptance:
    return Acceptance(
        name, asked.command, asked.value, asked.at_least, asked.at_most, asked.timeout,
        first=asked.hosts == "first", accelerators=asked.accelerators, image=asked.image or "",
    )  # fmt: skip
