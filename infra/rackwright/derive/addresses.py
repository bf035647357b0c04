"""Cutting a site's CIDR into subnets: a place per zone that stays where it is when zones are added.

A site's block is cut into eighths. Eighths 0 to 6 are the private subnets of up to seven zones, in the order of the
blueprint; the last eighth is cut again into eighths for the public subnets of the same zones.
"""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from rackwright.blueprint import ExistingNetwork, ExistingVpc

if TYPE_CHECKING:
    from rackwright.blueprint import Site

MOST_ZONES = 7
EIGHTH = 3
"""Prefix bits of one eighth."""


def private_cidr(site: str, zone: int) -> str:
    """Return the CIDR of the private subnet of the zone at index `zone`."""
    return str(_eighth(IPv4Network(site), zone))


def public_cidr(site: str, zone: int) -> str:
    """Return the CIDR of the public subnet of the zone at index `zone`."""
    return str(_eighth(_eighth(IPv4Network(site), MOST_ZONES), zone))


def existing_blocks(site: Site) -> dict[str, str]:
    """Return the blocks of subnets that stand already, by id (AWS) or name (GCP); those not stated as if cut here."""
    network = site.network
    match network.existing:
        case ExistingVpc(subnets=subnets):
            cut = {zone: private_cidr(network.cidr, index % MOST_ZONES) for index, zone in enumerate(network.zones)}
            return {one.id: one.cidr or cut[zone] for zone, one in subnets.items() if zone in cut}
        case ExistingNetwork(subnetwork=name, cidr=cidr):
            return {name: cidr or private_cidr(network.cidr, 0)}
        case None:
            return {}


def data_cidr(site: str, number: int) -> str:
    """Return the CIDR of data network or RDMA subnet `number` (0 to 7) of a cluster: an eighth of the second eighth.

    On Google Cloud a subnet spans a region, so that the site's hosts need one eighth alone.
    """
    return str(_eighth(_eighth(IPv4Network(site), 1), number))


def second_cidr(site: str) -> str:
    """Return the CIDR of the second host network of machines that have two: the site's third eighth."""
    return str(_eighth(IPv4Network(site), 2))


def _eighth(block: IPv4Network, index: int) -> IPv4Network:
    """Return one eighth of a block; raises ValueError where the block or the index has none."""
    if not 0 <= index <= MOST_ZONES:
        raise ValueError(f"a block has eighths 0 to {MOST_ZONES}, not {index}")
    prefix = block.prefixlen + EIGHTH
    size = 1 << (32 - prefix)
    return IPv4Network((int(block.network_address) + index * size, prefix))
