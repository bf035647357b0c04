"""Addresses: blocks that are none, too small, not private or in each other's way."""

from __future__ import annotations

import re
from ipaddress import IPv4Network
from itertools import combinations
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, ExistingNetwork, ExistingVpc
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import SitePlace, block, blocks, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
NOBODYS = tuple(map(IPv4Network, ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4")))
PRIVATE_BLOCKS = "take a block of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
DOCKER_BRIDGE = IPv4Network("172.17.0.0/16")
OWN = re.compile(r"https?://(localhost|127(\.[0-9]+){3}|0\.0\.0\.0)(:[0-9]+)?(/.*)?", re.IGNORECASE)
"""Addresses at which a host finds itself."""
LONGEST = 32
PREFIXES = {"aws": (16, 22), "gcp": (8, 24)}
"""Prefix lengths a site may have: a VPC of AWS is /16 at the largest and its subnets /28 at the smallest, which the
public subnets (derive.addresses: 6 bits below the site) reach at /22; on GCP /24 leaves private subnets of /27."""


SMALLEST_EXISTING = 28
"""A VPC that stands already is not cut; AWS has none smaller."""


def is_cut(at: SitePlace) -> bool:
    """Return whether subnets are cut from the site's block; beside a network that stands, data networks of GCP are."""
    return at.site.network.existing is None or at.cloud == "gcp"


class InvalidBlock(Rule[Blueprint]):
    """Numbers over 255, prefixes over 32."""

    problem = Problem(
        "NET-E101",
        Severity.ERROR,
        "Not an IPv4 block",
        "Each of the four numbers is at most 255 and the prefix at most 32.",
        "network: {cidr: 10.40.0.0/16}",
        ("https://www.rfc-editor.org/rfc/rfc4632",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every block."""
        for path, text in blocks(subject):
            if block(text) is None:
                what = "its prefix is over 32" if int(text.split("/")[1]) > LONGEST else "a number is over 255"
                yield self.problem.at(path, f"{text} is not an IPv4 block: {what}")


class HostBits(Rule[Blueprint]):
    """A block that does not begin where its prefix says."""

    problem = Problem(
        "NET-E102",
        Severity.ERROR,
        "Host bits are set",
        "The address must be the first one of its block; clouds refuse 10.40.1.0/16 or round it silently.",
        "network: {cidr: 10.40.0.0/16}",
        ("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every block."""
        for path, text in blocks(subject):
            right = block(text)
            if right is not None and str(right.network_address) != text.split("/")[0]:
                yield self.problem.at(path, f"{text} does not begin at its first address", f"did you mean {right}?")


class BlockSize(Rule[Blueprint]):
    """A site's network that its cloud refuses or that cannot be cut into subnets."""

    problem = Problem(
        "NET-E103",
        Severity.ERROR,
        "The network is too small or too large",
        "A VPC of AWS is /16 at the largest, and a subnet /28 at the smallest. A site's network is cut into eighths, "
        "one for the hosts of each zone, and the last of them again for what is public, so a site on AWS is /22 at "
        "the smallest; on GCP /24.",
        "network: {cidr: 10.40.0.0/16}",
        ("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site's network."""
        for at in sites(subject):
            network, (largest, smallest) = block(at.site.network.cidr), PREFIXES[at.cloud]
            smallest = smallest if is_cut(at) else SMALLEST_EXISTING
            if network is not None and not largest <= network.prefixlen <= smallest:
                size = "small" if network.prefixlen > smallest else "large"
                message = f"/{network.prefixlen} is too {size} for a site"
                yield self.problem.at((*at.path, "network", "cidr"), message, f"between /{largest} and /{smallest}")


class Overlap(Rule[Blueprint]):
    """Two sites with the same addresses."""

    problem = Problem(
        "NET-E104",
        Severity.ERROR,
        "Networks of two sites overlap",
        "Sites that share addresses can never be linked, peered or reached through one VPN, and renumbering a running "
        "site means building it again.",
        "sites:\n  use1: {network: {cidr: 10.40.0.0/16}}\n  usw2: {network: {cidr: 10.41.0.0/16}}",
        ("https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every pair of sites whose networks are not too large, and name the later one."""
        for one, other in combinations(sites(subject), 2):
            first, second = block(one.site.network.cidr), block(other.site.network.cidr)
            large = any(_is_large(at) for at in (one, other))
            if first and second and first.overlaps(second) and not large and not _is_same(one, other):
                message = f"{second} overlaps {first} of site '{one.name}'"
                yield self.problem.at((*other.path, "network", "cidr"), message, "give each site a block of its own")


def _is_large(at: SitePlace) -> bool:
    """Return whether a site has more addresses than its cloud gives it, which is found by itself."""
    network = block(at.site.network.cidr)
    return network is not None and network.prefixlen < PREFIXES[at.cloud][0]


def _is_same(one: SitePlace, other: SitePlace) -> bool:
    """Return whether two sites stand in one network that was there before."""
    match one.site.network.existing, other.site.network.existing:
        case ExistingVpc(vpc=first), ExistingVpc(vpc=second):
            return first == second
        case ExistingNetwork(network=first), ExistingNetwork(network=second):
            return first == second
        case _:
            return False


def _is_nobodys(network: IPv4Network) -> bool:
    """Return whether addresses of a network are set apart for other purposes than networks."""
    return any(network.overlaps(one) for one in NOBODYS) and network.prefixlen >= PREFIXES["gcp"][0]


class NobodysAddresses(Rule[Blueprint]):
    """Addresses that no network may have."""

    problem = Problem(
        "NET-E141",
        Severity.ERROR,
        "Addresses that no network can have",
        "Loopback, link-local (where hosts ask for their metadata), multicast and reserved addresses are not routed. "
        "The clouds refuse networks of them.",
        "network: {cidr: 10.40.0.0/16}",
        (
            "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
            "https://cloud.google.com/vpc/docs/subnets#prohibited-ranges",
            "https://www.rfc-editor.org/rfc/rfc6890",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site's network."""
        for at in sites(subject):
            network = block(at.site.network.cidr)
            if network is not None and _is_nobodys(network):
                message = f"{network} is set apart for other purposes"
                yield self.problem.at((*at.path, "network", "cidr"), message, PRIVATE_BLOCKS)


class NotPrivate(Rule[Blueprint]):
    """Somebody else's addresses."""

    problem = Problem(
        "NET-W105",
        Severity.WARNING,
        "The network is not private address space",
        "Hosts would shadow the real owners of these addresses on the internet, which then cannot be reached.",
        "network: {cidr: 10.40.0.0/16}",
        ("https://www.rfc-editor.org/rfc/rfc1918", "https://www.rfc-editor.org/rfc/rfc6598"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site's network."""
        for at in sites(subject):
            network = block(at.site.network.cidr)
            if network is None or _is_nobodys(network):
                continue
            if not any(network.subnet_of(private) for private in PRIVATE):
                whose = "public address space" if network.is_global else "set apart for other purposes"
                message = f"{network} is {whose}"
                yield self.problem.at((*at.path, "network", "cidr"), message, PRIVATE_BLOCKS)


class DockerBridge(Rule[Blueprint]):
    """The block that Docker takes on every host."""

    problem = Problem(
        "NET-W106",
        Severity.WARNING,
        "The network collides with Docker's bridge",
        "Docker gives every host 172.17.0.0/16 for its containers; addresses of the site in it cannot be reached from "
        "a host that runs Docker.",
        "network: {cidr: 10.40.0.0/16}",
        ("https://docs.docker.com/engine/network/drivers/bridge/",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site's network."""
        for at in sites(subject):
            network = block(at.site.network.cidr)
            if network is not None and network.overlaps(DOCKER_BRIDGE):
                message = f"{network} overlaps 172.17.0.0/16, Docker's bridge on every host"
                yield self.problem.at((*at.path, "network", "cidr"), message, "take a block outside it")


class OwnAddress(Rule[Blueprint]):
    """A proxy or a mirror on the host that asks for it."""

    problem = Problem(
        "NET-W142",
        Severity.WARNING,
        "A proxy or a mirror on the host itself",
        "Every host asks the proxy and the package index for what it installs. Under localhost it asks itself, where a "
        "new host has nothing that answers, unless its image brings it along.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], proxy: {url: http://proxy.acme.example:3128}}",
        ("https://www.rfc-editor.org/rfc/rfc6761",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the proxy and the package index of every site."""
        for at in sites(subject):
            proxy, index = at.site.network.proxy, at.site.network.package_index
            asked = {("proxy", "url"): proxy.url if proxy else "", ("package_index",): index or ""}
            for key, url in asked.items():
                if OWN.fullmatch(url):
                    message = f"{url} is on every host itself"
                    yield self.problem.at((*at.path, "network", *key), message, "name the host that it runs on")


class PlainIndex(Rule[Blueprint]):
    """An index of packages without TLS."""

    problem = Problem(
        "NET-W143",
        Severity.WARNING,
        "pip does not trust the package index",
        "pip takes packages over https alone, and passes over an index that is reached over http as if it were not "
        "there: no package is found. An image of your own may name the host in its pip.conf as trusted.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], package_index: https://pypi.acme.example/simple}",
        ("https://pip.pypa.io/en/stable/cli/pip/#cmdoption-trusted-host", "https://github.com/pypa/pip/issues/3925"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the index of every site; one on the host itself is another rule's business."""
        for at in sites(subject):
            index = at.site.network.package_index or ""
            if index.lower().startswith("http:") and not OWN.fullmatch(index):
                message = "packages are not taken over http"
                yield self.problem.at((*at.path, "network", "package_index"), message, f"write {_secure(index)}")


def _secure(url: str) -> str:
    """Return an address with https."""
    return f"https:{url.partition(':')[2]}"


RULES: tuple[Rule[Blueprint], ...] = (
    InvalidBlock(),
    HostBits(),
    BlockSize(),
    Overlap(),
    NobodysAddresses(),
    NotPrivate(),
    DockerBridge(),
    OwnAddress(),
    PlainIndex(),
)
