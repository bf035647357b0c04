"""How much a blueprint takes of what accounts have by number: addresses, networks, interfaces, terabytes, GPUs."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import ceil
from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, BlockStorage, MachineCluster, OnDemand, gib
from rackwright.catalog import VOLUME, machine
from rackwright.catalog.allowances import Allowance, allowances
from rackwright.derive.choice import host
from rackwright.derive.places import owner
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, GcpSite

GIB_PER_TIB = 1024
EVERYWHERE = "all regions"
OF_ALL_REGIONS = frozenset({"P4", "P100", "V100", "T4", "L4", "A100", "A100-80GB"})
"""Accelerators that a project has a quota of over all regions; whether later ones count, no source says."""
IN_TIB = frozenset({"gp3", "io2"})
"""What is counted in GiB here, and granted in TiB."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the sites of an account take of one allowance in a place; `most` is the site that takes most."""

    allowance: Allowance
    owner: str
    place: str
    amount: int
    most: str


def taken(blueprint: Blueprint) -> tuple[Taken, ...]:
    """Return what a settled blueprint takes at least, by account, place and allowance."""
    found: defaultdict[tuple[str, str, str], dict[str, Counter[str]]] = defaultdict(dict)
    for name, site in blueprint.sites.items():
        if isinstance(site, AwsSite):
            found[site.cloud, owner(site), site.region][name] = _counted(site)
        else:
            found[site.cloud, owner(site), EVERYWHERE][name] = _accelerators(site)
    return tuple(
        Taken(one, whose, place, _sum(one, counted), max(counted, key=lambda name: counted[name][one.counts]))
        for (cloud, whose, place), counted in sorted(found.items(), key=lambda pair: pair[0])
        for one in allowances()
        if one.cloud == cloud
    )


def _sum(allowance: Allowance, counted: dict[str, Counter[str]]) -> int:
    total = sum(one[allowance.counts] for one in counted.values())
    return ceil(total / GIB_PER_TIB) if allowance.counts in IN_TIB else total


def _counted(site: AwsSite) -> Counter[str]:
    """Return what a site counts of everything; disks in GiB."""
    network, bastion = site.network, site.access.kind == "bastion"
    gateways = {"none": 0, "single": 1, "per-zone": len(set(network.zones))}[network.nat]
    made = network.existing is None
    doors = (gateways if made else 0) + bastion
    found = Counter(addresses=doors, networks=int(made), interfaces=doors)
    for cluster in site.clusters.values():
        if isinstance(cluster, MachineCluster):
            found["interfaces"] += _interfaces(site, cluster)
            found.update(_disks(site, cluster))
    return found


def _accelerators(site: GcpSite) -> Counter[str]:
    """Return how many accelerators a site buys that count over all regions; reserved and spare ones do not."""
    found = Counter(gpus=0)
    for cluster in site.clusters.values():
        if isinstance(cluster, MachineCluster) and isinstance(cluster.capacity, OnDemand):
            known = host(site.cloud, cluster)
            if known and known.accelerator in OF_ALL_REGIONS:
                found["gpus"] += cluster.nodes.left * known.accelerators
    return found


def _interfaces(site: AwsSite, cluster: MachineCluster) -> int:
    """Return how many interfaces nodes and head have; one each where the catalog does not know better."""
    known = machine(site.cloud, cluster.machine)
    cards = known.fabric.interfaces if known and known.fabric else None
    return cluster.nodes.left * (len(cards) if cards else 1) + (1 if cluster.scheduler else 0)


def _disks(site: AwsSite, cluster: MachineCluster) -> Counter[str]:
    """Return the GiB of boot disks and volumes of nodes and head, by type."""
    found = Counter({VOLUME: cluster.nodes.left * gib(cluster.disk)})
    for name in set(cluster.mounts.values()):
        stored = site.storage.get(name)
        if isinstance(stored, BlockStorage):
            found[stored.type or VOLUME] += cluster.nodes.left * gib(stored.size)
    if cluster.scheduler:
        found[VOLUME] += gib(cluster.scheduler.disk)
    return found
