"""Private zones: names that resolvers keep for others, zones that meet in a network, hosts without a name."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, ExistingVpc, GcpSite, MachineCluster
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import ClusterPlace, SitePlace, clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTED = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zones-private.html"
ZONES = "https://cloud.google.com/dns/docs/zones/zones-overview"
RESERVED = {
    "local": "multicast DNS (RFC 6762)",
    "localhost": "each host itself (RFC 6761)",
    "amazonaws.com": "AWS",
    "compute.internal": "hosts of EC2",
    "ec2.internal": "hosts of EC2",
    "google.internal": "the metadata server",
    "googleapis.com": "Google Cloud",
    "google.com": "Google, and what hosts install is there",
    "pkg.dev": "Google Cloud, and what hosts install is there",
}
"""Domains that hosts must reach, or that resolvers answer themselves."""
LONGEST = 253
"""Characters of a domain name (RFC 1035: 255 octets with their lengths)."""


class ReservedZone(Rule[Blueprint]):
    """A zone that hides names which hosts need."""

    problem = Problem(
        "NET-E151",
        Severity.ERROR,
        "A private zone hides names of others",
        "Within its network a private zone answers for its whole domain: whatever else has names there is found no "
        "more. Names below .local are asked of neighbors and never of a zone.",
        "network: {dns: {zone: ai.acme.internal}}",
        ("https://www.rfc-editor.org/rfc/rfc6762", HOSTED, ZONES, "https://cloud.google.com/compute/docs/internal-dns"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the zone of every site."""
        for at in sites(subject):
            zone = at.site.network.dns.zone if at.site.network.dns else ""
            for domain, whose in _reserved(at).items():
                if zone == domain or zone.endswith(f".{domain}"):
                    yield self.problem.at((*at.path, "network", "dns", "zone"), f"{domain} belongs to {whose}")


def _reserved(at: SitePlace) -> dict[str, str]:
    """Return whose domains are, for a site: those of everybody, and that of its project's machines."""
    own = {f"c.{at.site.project}.internal": "machines of Compute Engine"} if isinstance(at.site, GcpSite) else {}
    return {**RESERVED, **own}


class LongName(Rule[Blueprint]):
    """A host whose name no resolver takes."""

    problem = Problem(
        "NET-E152",
        Severity.ERROR,
        "The name of a host is too long",
        "A domain name has at most 253 characters; that of a node is NODE.CLUSTER.ZONE.",
        "network: {dns: {zone: ai.acme.internal}}",
        ("https://www.rfc-editor.org/rfc/rfc1035",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the longest name of every zone."""
        for at in sites(subject):
            zone = at.site.network.dns.zone if at.site.network.dns else ""
            names = [f"{name}-{place.nodes}.{name}.{zone}" for name, place in _of(subject, at).items()]
            longest = max((zone, *names), key=len)
            if len(longest) > LONGEST:
                path = (*at.path, "network", "dns", "zone")
                yield self.problem.at(path, f"a name of {len(longest)} characters would be needed")


class ZonesMeet(Rule[Blueprint]):
    """The same zone twice in a network, or the same names twice in a zone."""

    problem = Problem(
        "NET-E153",
        Severity.ERROR,
        "Two sites give the same names",
        "A network has one private zone of a domain; the second is refused. In a zone that stands already two sites "
        "may stand together as long as their clusters have different names.",
        "sites:\n  a: {network: {dns: {zone: a.ai.acme.internal}}}\n  b: {network: {dns: {zone: b.ai.acme.internal}}}",
        (HOSTED, ZONES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare every two sites of one zone."""
        named = [at for at in sites(subject) if at.site.network.dns]
        for first, second in combinations(named, 2):
            one, other = first.site.network.dns, second.site.network.dns
            if one is None or other is None or one.zone != other.zone or first.cloud != second.cloud:
                continue
            path = (*second.path, "network", "dns")
            if one.existing and one.existing == other.existing:
                for name in sorted(set(_of(subject, first)) & set(_of(subject, second))):
                    message = f"cluster '{name}' of site '{first.name}' has the same names"
                    yield self.problem.at((*second.path, "clusters", name), message, of_key=True)
            elif _network(first) is not None and _network(first) == _network(second):
                message = f"site '{first.name}' has {one.zone} in the same network"
                yield self.problem.at((*path, "zone"), message, f"say zone: {second.name}.{one.zone}")


class ZoneElsewhere(Rule[Blueprint]):
    """A zone that stands already, beside a network that is only made."""

    problem = Problem(
        "NET-W154",
        Severity.WARNING,
        "Nobody in the network sees the zone",
        "A private zone answers in the networks that its owner named, and a network that is made here cannot be among "
        "them yet: names are registered, and not found by the hosts before the owner adds the network.",
        "network: {dns: {zone: ai.acme.internal}}   # a zone of the site's own",
        (HOSTED, ZONES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every zone that stands already."""
        for at in sites(subject):
            network = at.site.network
            if network.dns and network.dns.existing and network.existing is None:
                message = f"{network.dns.existing} stands already, the network does not"
                yield self.problem.at((*at.path, "network", "dns", "existing"), message)


class NamelessMembers(Rule[Blueprint]):
    """A group at a site whose hosts have names."""

    problem = Problem(
        "NET-N155",
        Severity.NOTE,
        "Members of a group have no names",
        "The cloud makes and replaces the machines of a group by itself; no program knows their addresses.",
        "clusters: {train: {provision: instances}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every group of a site with a zone."""
        for place in clusters(subject):
            grouped = isinstance(place.cluster, MachineCluster) and place.cluster.provision == "group"
            if grouped and place.at.site.network.dns:
                yield self.problem.at((*place.path, "provision"), f"{place.name} has no names in the zone")


def _of(blueprint: Blueprint, at: SitePlace) -> dict[str, ClusterPlace]:
    """Return the clusters of a site by name."""
    return {place.name: place for place in clusters(blueprint) if place.at.path == at.path}


def _network(at: SitePlace) -> str | None:
    """Return the network that stands already, as far as it can be compared."""
    given = at.site.network.existing
    if given is None:
        return None
    return given.vpc if isinstance(given, ExistingVpc) else f"{given.host_project} {given.network}"


RULES: tuple[Rule[Blueprint], ...] = (ReservedZone(), LongName(), ZonesMeet(), ZoneElsewhere(), NamelessMembers())
