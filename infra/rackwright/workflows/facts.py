"""Which catalog rows a blueprint was planned from; their digest ties a committed program to the facts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.blueprint import AcceleratorCluster, MachineCluster
from rackwright.catalog import image, slice_type
from rackwright.catalog.digest import digest
from rackwright.derive.choice import host, settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint, Cluster


def facts_digest(blueprint: Blueprint) -> str:
    """Return the digest of the facts used; prices and dates are not among them."""
    return digest(
        fact
        for site in settled(blueprint).sites.values()
        for cluster in site.clusters.values()
        if not isinstance(cluster, AcceleratorCluster)
        for fact in _facts(site.cloud, cluster)
    )


def _facts(cloud: str, cluster: Cluster) -> Iterator[Any]:
    if isinstance(cluster, MachineCluster):
        found = host(cloud, cluster)
        yield found
        yield image(cloud, cluster.image, found.arch if found else "amd64")
    else:
        yield slice_type(cluster.accelerator)
