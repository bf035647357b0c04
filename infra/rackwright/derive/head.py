"""The head of a cluster that has a scheduler: its name and its machine, said or by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.blueprint import MachineCluster, Site, Slurm

MACHINES: Mapping[tuple[str, str], str] = {
    ("aws", "amd64"): "m7i.large",
    ("aws", "arm64"): "m7g.large",
    ("gcp", "amd64"): "n2-standard-2",
    ("gcp", "arm64"): "c4a-standard-2",
}
"""Small machines without accelerators, by cloud and architecture: a head gives out nodes and computes nothing."""


def head_name(cluster: str) -> str:
    """Return the name of the head of a cluster, as a host and in what is made for it."""
    return f"{cluster}-head"


def head_machine(site: Site, cluster: MachineCluster, scheduler: Slurm) -> str:
    """Return the machine type of a cluster's head."""
    nodes = machine(site.cloud, cluster.machine)
    return scheduler.machine or MACHINES[site.cloud, nodes.arch if nodes else "amd64"]
