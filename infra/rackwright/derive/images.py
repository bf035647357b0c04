"""Image aliases in use: what must be asked of a cloud, or said by a lock, before nodes can start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rackwright.blueprint import MachineCluster
from rackwright.catalog import image, machine
from rackwright.derive.bastion import bastion_arch, bastion_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint, Site
    from rackwright.blueprint.lock import Lock, LockedImage
    from rackwright.diagnostics import Path

REGION = {"gcp": "global"}
"""Clouds whose images are the same in every region."""


@dataclass(frozen=True, slots=True, order=True)
class Alias:
    """An image alias where it is used: ids differ by cloud, region and architecture."""

    cloud: str
    region: str
    arch: str
    name: str

    def __str__(self) -> str:
        """Return it as people write it."""
        return f"{self.name} ({self.arch}, {self.region})"


Ids: TypeAlias = Mapping[Alias, str]
"""The image that a lock says for each alias."""
UNLOCKED: Ids = {}


def alias_of(site: Site, name: str, arch: str) -> Alias | None:
    """Return the alias that an image's name is at a site; None where it is an image itself."""
    if image(site.cloud, name, arch) is None:
        return None
    return Alias(site.cloud, REGION.get(site.cloud, site.region), arch, name)


def aliases(blueprint: Blueprint) -> Iterator[tuple[Alias, Path]]:
    """Yield the alias of every cluster of machines and of every bastion that has one, and where it stands."""
    for site_name, site in blueprint.sites.items():
        for path, name, arch in _images(site):
            found = alias_of(site, name, arch)
            if found is not None:
                yield found, ("sites", site_name, *path)


def _images(site: Site) -> Iterator[tuple[Path, str, str]]:
    """Yield every image of a site: where it stands, its name, its architecture."""
    if site.access.kind == "bastion":
        yield ("access", "image"), bastion_image(site), bastion_arch(site)
    for name, cluster in site.clusters.items():
        if isinstance(cluster, MachineCluster):
            found = machine(site.cloud, cluster.machine)
            yield ("clusters", name, "image"), cluster.image, found.arch if found else "amd64"


def ids(lock: Lock | None) -> Ids:
    """Return the images that a lock says."""
    return {locked_alias(one): one.id for one in lock.images} if lock else {}


def locked_alias(one: LockedImage) -> Alias:
    """Return the alias that an image of a lock is for."""
    return Alias(one.cloud, one.region, one.arch, one.alias)
