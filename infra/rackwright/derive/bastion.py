"""The bastion of a site: its machine and its image, said or by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.blueprint import Site

MACHINES: Mapping[str, str] = {"aws": "t4g.micro", "gcp": "e2-micro"}
"""The smallest machines of the catalog: a bastion passes SSH on and does nothing else."""
IMAGE = "ubuntu-24.04"
DISK_GIB = 20


def bastion_machine(site: Site) -> str:
    """Return the machine type of a site's bastion."""
    return site.access.machine or MACHINES[site.cloud]


def bastion_image(site: Site) -> str:
    """Return the image of a site's bastion: an alias, or an image id."""
    return site.access.image or IMAGE


def bastion_arch(site: Site) -> str:
    """Return the architecture of a site's bastion."""
    found = machine(site.cloud, bastion_machine(site))
    return found.arch if found else "amd64"
