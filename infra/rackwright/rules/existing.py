"""Networks that stand already: what of them cannot be, what is not ours to manage, what is taken for granted."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, ExistingVpc, SliceCluster
from rackwright.catalog import machine
from rackwright.derive.addresses import data_cidr
from rackwright.diagnostics import Finding, Path, Problem, Severity, suggest
from rackwright.rules.network import PREFIXES
from rackwright.rules.places import SitePlace, block, clusters, machine_clusters, sites, stated_blocks
from rackwright.rules.rule import Rule
from rackwright.rules.software import bare
from rackwright.rules.zones import in_region

if TYPE_CHECKING:
    from collections.abc import Iterator

VPC_SHARING = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html"
SHARED_VPC = "https://cloud.google.com/vpc/docs/shared-vpc"


class ZonesDiffer(Rule[Blueprint]):
    """Zones without an existing subnet, and subnets without a zone."""

    problem = Problem(
        "NET-E131",
        Severity.ERROR,
        "Zones and existing subnets differ",
        "In a VPC that stands already, every zone of the network has the subnet that is named for it, and a subnet of "
        "its own: no other is looked for.",
        "network:\n  cidr: 10.40.0.0/16\n  zones: [us-east-1a]\n"
        "  existing: {vpc: vpc-0123456789abcdef0, subnets: {us-east-1a: subnet-0123456789abcdef0}}",
        (VPC_SHARING,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every zone and every subnet of VPCs that stand already."""
        for at in sites(subject):
            given, zones = at.site.network.existing, at.site.network.zones
            if isinstance(given, ExistingVpc):
                spare = [zone for zone in given.subnets if zone not in zones]
                lacking = [index for index, zone in enumerate(zones) if zone not in (*given.subnets, *zones[:index])]
                for index in (one for one in lacking if in_region(at, zones[one])):
                    path, hint = (*at.path, "network", "zones", index), suggest(zones[index], spare)
                    yield self.problem.at(path, f"zone '{zones[index]}' has no subnet in existing.subnets", hint)
                yield from self._subnets(at, given, set(spare[len(lacking) :]))

    def _subnets(self, at: SitePlace, given: ExistingVpc, spare: set[str]) -> Iterator[Finding]:
        """Yield what is wrong with subnets: `spare` are those that stand for no zone, misspelled or not."""
        path, seen = (*at.path, "network", "existing", "subnets"), dict[str, str]()
        for zone, subnet in given.subnets.items():
            if zone in spare:
                message = f"'{zone}' is not one of the network's zones"
                yield self.problem.at((*path, zone), message, suggest(zone, at.site.network.zones), of_key=True)
            elif subnet.id in seen:
                yield self.problem.at((*path, zone), f"{subnet.id} is the subnet of {seen[subnet.id]} already")
            seen.setdefault(subnet.id, zone)


class SubnetElsewhere(Rule[Blueprint]):
    """Addresses of existing subnets that do not fit."""

    problem = Problem(
        "NET-E132",
        Severity.ERROR,
        "An existing subnet does not fit the network",
        "What is stated of existing subnets lies within the network's block, and no two share addresses. On Google "
        "Cloud the data networks of a cluster are cut from the second eighth of that block; an instance cannot have "
        "interfaces in two networks that overlap.",
        "network: {cidr: 10.50.0.0/16, zones: [europe-west4-a], "
        "existing: {network: shared, subnetwork: ai, cidr: 10.50.0.0/19}}",
        ("https://cloud.google.com/vpc/docs/create-use-multiple-interfaces",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every stated block, at every pair of them, and at data networks beside one."""
        for at in sites(subject):
            whole = block(at.site.network.cidr)
            found = [(path, one) for path, text in stated_blocks(at) if (one := block(text))]
            for path, one in found:
                if whole is not None and not one.subnet_of(whole):
                    yield self.problem.at(path, f"{one} is not part of the network's {whole}")
            for (_, first), (path, second) in combinations(found, 2):
                if first.overlaps(second):
                    yield self.problem.at(path, f"{second} overlaps {first}, another subnet of the site")
            yield from self._beside(subject, at)

    def _beside(self, subject: Blueprint, at: SitePlace) -> Iterator[Finding]:
        """Yield a subnetwork that data networks would overlap."""
        whole, (largest, smallest) = block(at.site.network.cidr), PREFIXES[at.cloud]
        if whole is None or at.cloud != "gcp" or not largest <= whole.prefixlen <= smallest:
            return
        count = max(_data_networks(subject, at), default=0)
        taken = [IPv4Network(data_cidr(str(whole), number)) for number in range(count)]
        for path, text in stated_blocks(at):
            one = block(text)
            inside = one is not None and one.subnet_of(whole)
            hit = next((cidr for cidr in taken if inside and one is not None and one.overlaps(cidr)), None)
            if hit is not None:
                message = f"{one} overlaps {hit}, which a data network of a cluster takes"
                yield self.problem.at(path, message, "state a wider cidr, so that its second eighth is free")


def _data_networks(blueprint: Blueprint, at: SitePlace) -> Iterator[int]:
    for place, cluster in machine_clusters(blueprint):
        known = machine("gcp", cluster.machine)
        if place.at.path == at.path and known and known.fabric:
            yield known.fabric.data_nics or 0


class NotOurs(Rule[Blueprint]):
    """Parts of a network that somebody else manages."""

    problem = Problem(
        "NET-E133",
        Severity.ERROR,
        "A network that stands already is not managed",
        "Programs read an existing network and change nothing in it: gateways, routes, endpoints and flow logs belong "
        "to whoever made it. `nat: none` may be said, as a fact: hosts then have no way out.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], nat: none,\n  "
        "existing: {vpc: vpc-0123456789abcdef0, subnets: {us-east-1a: subnet-0123456789abcdef0}}}",
        (VPC_SHARING, SHARED_VPC),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at what is written beside `existing`."""
        for at in sites(subject):
            network = at.site.network
            written = network.model_fields_set if network.existing else frozenset[str]()
            path = (*at.path, "network")
            if "nat" in written and network.nat != "none":
                message = f"nat: {network.nat} would be made in a network that stands already"
                yield self.problem.at((*path, "nat"), message, "remove it: its owner decides how hosts reach out")
            if "endpoints" in written and getattr(network, "endpoints", None):
                message = "endpoints would be made in a network that stands already"
                yield self.problem.at((*path, "endpoints"), message, "remove them: its owner decides what is reached")
            if "flow_logs" in written and network.flow_logs:
                message = "flow logs would be made in a network that stands already"
                yield self.problem.at((*path, "flow_logs"), message, "remove it: its owner decides what is logged")


class TakenForGranted(Rule[Blueprint]):
    """What an existing network must have, and nothing here can see."""

    problem = Problem(
        "NET-N135",
        Severity.NOTE,
        "Taken for granted of an existing network",
        "Programs make nothing in a network that stands already, so what hosts need of it must be there: NAT or "
        "another way to the internet, unless there is a proxy or their images hold the software. On AWS: DNS "
        "support and host names, and a way to Systems Manager, S3 and KMS. On Google Cloud: Private Google Access, "
        "private services access for Managed Lustre, and in a Shared VPC the role compute.networkUser for the "
        "project's agents, tpu.xpnAgent for that of TPUs, private services access for Filestore too, and the firewall "
        "rules, which only the host project can make.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a],\n  "
        "existing: {vpc: vpc-0123456789abcdef0, subnets: {us-east-1a: subnet-0123456789abcdef0}}}",
        (
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html",
            "https://cloud.google.com/vpc/docs/configure-private-google-access",
            SHARED_VPC,
            "https://docs.cloud.google.com/managed-lustre/docs/vpc",
            "https://github.com/hashicorp/terraform-provider-google/issues/10116",
            "https://github.com/GoogleCloudPlatform/cluster-toolkit/issues/1876",
            "https://github.com/GoogleCloudPlatform/cloud-foundation-fabric/pull/4054",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every network that stands already."""
        for at in sites(subject):
            if at.site.network.existing is not None:
                path: Path = (*at.path, "network", "existing")
                installs = any(bare(place) for place in clusters(subject) if place.at.name == at.name)
                yield self.problem.at(path, f"needed of it: {', '.join(_needed(at, installs=installs))}", of_key=True)


def _needed(at: SitePlace, *, installs: bool) -> Iterator[str]:
    access = at.site.access
    if installs and at.site.network.proxy is None:
        yield "NAT or another way to the internet"
    if at.cloud == "aws":
        yield "DNS support and host names"
        yield "a way to " + ("Systems Manager, S3 and KMS" if access.kind == "ssm" else "S3 and KMS")
        if access.kind == "instance-connect":
            yield "no Instance Connect Endpoint yet (a VPC has one)"
        return
    yield "Private Google Access"
    kinds = {volume.kind for volume in at.site.storage.values()}
    if "parallel" in kinds or ("file" in kinds and is_shared(at)):
        yield "private services access"
    if "parallel" in kinds:
        yield "a firewall rule that admits TCP 988 from its range"
    if is_shared(at):
        sources = {"iap": "35.235.240.0/20", "bastion": "the bastion"}.get(access.kind, ", ".join(access.allow_from))
        yield "compute.networkUser for the project's agents"
        if any(isinstance(cluster, SliceCluster) for cluster in at.site.clusters.values()):
            yield "tpu.xpnAgent for its TPU agent"
        if at.site.network.dns and not at.site.network.dns.existing:
            yield "dns.networks.bindPrivateDNSZone for whoever deploys"
        yield f"firewall rules that admit TCP 22 from {sources} and everything between nodes"
        if access.kind == "bastion":
            yield f"a firewall rule that admits TCP 22 to the bastion from {', '.join(access.allow_from)}"


def is_shared(at: SitePlace) -> bool:
    """Return whether a site stands in a network of another project."""
    host = getattr(at.site.network.existing, "host_project", None)
    return host is not None and host != getattr(at.site, "project", None)


RULES: tuple[Rule[Blueprint], ...] = (ZonesDiffer(), SubnetElsewhere(), NotOurs(), TakenForGranted())
