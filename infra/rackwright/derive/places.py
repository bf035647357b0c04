"""Where things are: stack names, labels, the zone of a cluster or volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rackwright.blueprint import Cluster, FileStorage, ParallelStorage, Site


def owner(site: Site) -> str:
    """Return the account or the project of a site: what pays, and what quotas and reservations belong to."""
    return site.account if site.cloud == "aws" else site.project


def site_stack(datacenter: str, site: str) -> str:
    """Return the name of a site's stack."""
    return f"{datacenter}.{site}"


def cluster_stack(datacenter: str, site: str, cluster: str) -> str:
    """Return the name of a cluster's stack."""
    return f"{datacenter}.{site}.{cluster}"


def link_stack(datacenter: str, link: str) -> str:
    """Return the name of a link's stack."""
    return f"{datacenter}.{link}"


def label(stack: str) -> str:
    """Return a stack's name as resource names write it: dots become hyphens."""
    return stack.replace(".", "-")


def instance(name: str) -> tuple[str, str, str]:
    """Return the project, the region or zone, and the id that the name of an instance of Google Cloud says."""
    _, project, _, place, _, identity = name.split("/")
    return project, place, identity


def home_zone(site: Site, thing: Cluster | ParallelStorage | FileStorage) -> str:
    """Return the zone a cluster or a file system lives in: its own, else the site's first."""
    return thing.zone or site.network.zones[0]


def standby_zone(site: Site, thing: FileStorage) -> str:
    """Return the zone beside its own that a file system has a standby in: the network's first other one."""
    return next(zone for zone in site.network.zones if zone != home_zone(site, thing))
