"""Walking a blueprint: every site, storage and cluster with its path."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from rackwright.blueprint import (
    AcceleratorCluster,
    AwsSite,
    Blueprint,
    Cluster,
    ExistingNetwork,
    ExistingVpc,
    MachineCluster,
    Site,
    SliceCluster,
    Storage,
)
from rackwright.catalog import slice_type
from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class SitePlace:
    """A site with its name and path."""

    name: str
    site: Site
    path: Path

    @property
    def cloud(self) -> str:
        """The site's cloud: aws or gcp."""
        return self.site.cloud


@dataclass(frozen=True, slots=True)
class ClusterPlace:
    """A cluster with its name, its path and the site it stands in."""

    name: str
    cluster: Cluster
    path: Path
    at: SitePlace

    @property
    def zone(self) -> str:
        """The zone it lives in, said or by default."""
        return self.cluster.zone or self.at.site.network.zones[0]

    @property
    def nodes(self) -> int:
        """How many machines it has; for slices, how many slices."""
        if isinstance(self.cluster, SliceCluster):
            return self.cluster.slices
        return self.cluster.nodes.left

    @property
    def hosts(self) -> int:
        """How many hosts its machines or slices have; one a slice where the catalog does not know better."""
        known = slice_type(self.cluster.accelerator) if isinstance(self.cluster, SliceCluster) else None
        return self.nodes * (known.hosts if known else 1)


@dataclass(frozen=True, slots=True)
class StoragePlace:
    """A storage with its name, its path and the site it stands in."""

    name: str
    storage: Storage
    path: Path
    at: SitePlace


def sites(blueprint: Blueprint) -> Iterator[SitePlace]:
    """Yield every site."""
    for name, site in blueprint.sites.items():
        yield SitePlace(name, site, ("sites", name))


def clusters(blueprint: Blueprint) -> Iterator[ClusterPlace]:
    """Yield every cluster of every site whose machines are known."""
    for at in sites(blueprint):
        for name, cluster in at.site.clusters.items():
            if not isinstance(cluster, AcceleratorCluster):
                yield ClusterPlace(name, cluster, (*at.path, "clusters", name), at)


def machine_clusters(blueprint: Blueprint) -> Iterator[tuple[ClusterPlace, MachineCluster]]:
    """Yield every cluster of machines."""
    for place in clusters(blueprint):
        if isinstance(place.cluster, MachineCluster):
            yield place, place.cluster


def storages(blueprint: Blueprint) -> Iterator[StoragePlace]:
    """Yield every storage of every site."""
    for at in sites(blueprint):
        for name, storage in at.site.storage.items():
            yield StoragePlace(name, storage, (*at.path, "storage", name), at)


def blocks(blueprint: Blueprint) -> Iterator[tuple[Path, str]]:
    """Yield every IPv4 block that a blueprint writes."""
    for at in sites(blueprint):
        yield (*at.path, "network", "cidr"), at.site.network.cidr
        yield from stated_blocks(at)
        for index, block in enumerate(at.site.access.allow_from):
            yield (*at.path, "access", "allow_from", index), block


def stated_blocks(at: SitePlace) -> Iterator[tuple[Path, str]]:
    """Yield the blocks that a site states of subnets that stand already."""
    path = (*at.path, "network", "existing")
    match at.site.network.existing:
        case ExistingVpc(subnets=subnets):
            yield from (((*path, "subnets", zone, "cidr"), one.cidr) for zone, one in subnets.items() if one.cidr)
        case ExistingNetwork(cidr=str(cidr)):
            yield (*path, "cidr"), cidr
        case _:
            return


def block(text: str) -> IPv4Network | None:
    """Return an IPv4 block, its host bits cleared; None where it is not one."""
    try:
        return IPv4Network(text, strict=False)
    except ValueError:
        return None


def is_aws(place: SitePlace) -> bool:
    """Return whether a site is on AWS."""
    return isinstance(place.site, AwsSite)


def is_audited(place: SitePlace) -> bool:
    """Return whether a site records who reads and writes its objects."""
    return place.site.security.audit == "data-access"
