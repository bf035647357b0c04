"""What links mean for a site: whether it has any, and which ports of its nodes they open to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Vpn
    from rackwright.diagnostics import Path


ASNS = {"aws": 64512, "gcp": 64513}
"""Autonomous system numbers of the ends of a VPN where none are said."""


@dataclass(frozen=True, slots=True)
class Opening:
    """TCP ports of a site's nodes that a link opens to the block of the site at its other end."""

    link: str
    site: str
    ports: tuple[int, ...]
    source: str

    @property
    def path(self) -> Path:
        """Where the ports stand in the blueprint."""
        return ("links", self.link, "ports", self.site)


def asn_of(link: Vpn, site: str, cloud: str) -> int:
    """Return the autonomous system number of one end of a VPN."""
    return link.asns.get(site, ASNS[cloud])


def is_linked(blueprint: Blueprint, site: str) -> bool:
    """Return whether a link ends at a site."""
    return any(site in link.between for link in blueprint.links.values())


def openings(blueprint: Blueprint, site: str) -> tuple[Opening, ...]:
    """Return what the links of a site open there, each port once."""
    return tuple(
        Opening(name, site, tuple(dict.fromkeys(link.ports[site])), blueprint.sites[other].network.cidr)
        for name, link in blueprint.links.items()
        if site in link.ports
        for other in link.between
        if other != site
    )
