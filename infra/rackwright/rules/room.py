"""Room: more zones than a network is cut for, more machines than a subnet has addresses."""

from __future__ import annotations

from collections import Counter
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, SliceCluster
from rackwright.catalog import machine
from rackwright.derive.addresses import MOST_ZONES, data_cidr, private_cidr
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.network import PREFIXES
from rackwright.rules.places import ClusterPlace, SitePlace, block, clusters, sites, stated_blocks
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


RESERVED = {"aws": 5, "gcp": 4}
"""Addresses of every subnet that the cloud keeps for itself."""


class TooManyZones(Rule[Blueprint]):
    """More zones than subnets."""

    problem = Problem(
        "NET-E116",
        Severity.ERROR,
        "More zones than a network is cut for",
        f"A site's network is cut into eighths: the hosts of up to {MOST_ZONES} zones, and one for what is public. So "
        "a zone keeps its addresses when another one is added.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a, us-east-1b]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every network, and name the first zone that has no place."""
        for at in sites(subject):
            if at.site.network.existing is None and len(at.site.network.zones) > MOST_ZONES:
                path = (*at.path, "network", "zones", MOST_ZONES)
                yield self.problem.at(path, f"a network has room for {MOST_ZONES} zones", "make another site")


class TooFewAddresses(Rule[Blueprint]):
    """More hosts than addresses."""

    problem = Problem(
        "NODE-E103",
        Severity.ERROR,
        "A subnet has too few addresses for its hosts",
        "Every host takes one address in the subnet of its zone (on GCP: of its region), and one for each further "
        "network card that speaks IP; EFA-only cards take none. On GCP each accelerator interface takes one in a data "
        "network or RDMA subnet, a sixty-fourth of the site's block. The cloud keeps a few addresses of each subnet "
        "(AWS 5, GCP 4). When the subnet is full, the last machines fail while the others are already paid for.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a]}",
        (
            "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
            "https://cloud.google.com/vpc/docs/subnets#unusable-ip-addresses-in-every-subnet",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Add up the addresses of every subnet, and name the cluster that no longer fits, the first of each subnet."""
        places = [place for place in clusters(subject) if _free(place.at, place.zone) is not None]
        wanted = Counter(key for place in places for key in [_subnet(place)] * _addresses(place))
        taken: Counter[tuple[str, str]] = Counter()
        told: set[tuple[str, str]] = set()
        for place in places:
            subnet = _subnet(place)
            taken[subnet] += _addresses(place)
            full = _full(place, taken[subnet], wanted[subnet])
            if full and subnet not in told:
                told.add(subnet)
                hint = "take a larger network, another zone, or fewer nodes"
                yield self.problem.at((*place.path, *_size_key(place)), full, hint)


def _subnet(place: ClusterPlace) -> tuple[str, str]:
    """Return the subnet of a cluster's hosts: its site, and its zone or, on Google Cloud, its region."""
    return place.at.name, place.zone if place.at.cloud == "aws" else place.at.site.region


def _full(place: ClusterPlace, taken: int, wanted: int) -> str:
    """Return which subnet has too few addresses for a cluster and those before it, "" where all have enough."""
    free = _free(place.at, place.zone)
    if free is not None and taken > free:
        return f"the subnet of {_subnet(place)[1]} has {free} addresses for hosts, {wanted} are needed"
    network = block(place.at.site.network.cidr)
    if not _has_data(place) or network is None or network.prefixlen > PREFIXES["gcp"][1]:
        return ""
    usable = max(IPv4Network(data_cidr(str(network), 0)).num_addresses - RESERVED["gcp"], 0)
    if place.nodes > usable:
        return f"each network of the accelerators has {usable} addresses for hosts, {place.nodes} are needed"
    return ""


def _has_data(place: ClusterPlace) -> bool:
    """Return whether the machines of a cluster on Google Cloud have interfaces for their accelerators."""
    if place.at.cloud != "gcp" or isinstance(place.cluster, SliceCluster):
        return False
    known = machine("gcp", place.cluster.machine)
    return known is not None and known.fabric is not None


def _free(at: SitePlace, zone: str) -> int | None:
    """Return the addresses of a zone's private subnet; None where the network or zone is another rule's business."""
    subnet = _stated(at, zone) if at.site.network.existing else _cut(at, zone)
    return None if subnet is None else subnet.num_addresses - RESERVED[at.cloud]


def _cut(at: SitePlace, zone: str) -> IPv4Network | None:
    """Return the subnet that is cut for a zone's hosts; on Google Cloud the first one spans the region."""
    network, zones = block(at.site.network.cidr), at.site.network.zones
    largest, smallest = PREFIXES[at.cloud]
    if network is None or zone not in zones or zones.index(zone) >= MOST_ZONES:
        return None
    if not largest <= network.prefixlen <= smallest:
        return None
    return block(private_cidr(str(network), zones.index(zone) if at.cloud == "aws" else 0))


def _stated(at: SitePlace, zone: str) -> IPv4Network | None:
    """Return the subnet of a zone that stands already, as far as its addresses are stated."""
    found = {path[-2]: block(text) for path, text in stated_blocks(at)}
    return found.get(zone if at.cloud == "aws" else "existing")


def _addresses(place: ClusterPlace) -> int:
    """Return how many addresses a cluster takes; one a host where the catalog does not know better."""
    if isinstance(place.cluster, SliceCluster):
        return place.hosts
    host = machine(place.at.cloud, place.cluster.machine)
    cards = host.fabric.interfaces if host and host.fabric else None
    head = 1 if place.cluster.scheduler else 0
    return place.nodes * (sum(card.kind != "efa-only" for card in cards) if cards else 1) + head


def _size_key(place: ClusterPlace) -> tuple[str, ...]:
    if isinstance(place.cluster, SliceCluster):
        return ("slices",)
    return ("nodes", "count")


RULES: tuple[Rule[Blueprint], ...] = (TooManyZones(), TooFewAddresses())
