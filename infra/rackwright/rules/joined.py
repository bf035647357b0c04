"""Machines that are joined: network layouts that are not known, placement that a series refuses, split domains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.catalog import limits, machine
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import Limits, Machine

PLACEMENT = "https://docs.cloud.google.com/ai-hypercomputer/docs/placement-policy-and-workload-policy"
METAL = "vpc-roce-metal"
TOGETHER = {"aws": "cluster", "gcp": "compact"}
"""What the clouds call placement close together."""
MOST = 10**6
"""More vCPUs than any machine has."""


class UnplannedFabric(Rule[Blueprint]):
    """A machine whose networks cannot be written yet."""

    problem = Problem(
        "FAB-E111",
        Severity.ERROR,
        "The network layout of the machine is not planned",
        "Bare-metal machines of Google Cloud take RDMA networks whose subnets make themselves and speak IPv6 alone. "
        "A program for them would be a guess.",
        "machine: a4x-highgpu-4g",
        ("https://cloud.google.com/vpc/docs/rdma-network-profiles",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines on Google Cloud."""
        for place, cluster in machine_clusters(subject):
            known = machine("gcp", cluster.machine) if place.at.cloud == "gcp" else None
            if known and known.fabric and known.fabric.network_profile == METAL:
                message = f"the networks of {cluster.machine} are not planned by this version"
                yield self.problem.at((*place.path, "machine"), message, "take a4x-highgpu-4g, its virtual sibling")


class RefusedPlacement(Rule[Blueprint]):
    """Machines of a series that takes no compact placement."""

    problem = Problem(
        "FAB-E112",
        Severity.ERROR,
        "Machines of this series cannot be placed close together",
        "Google Cloud refuses a compact placement policy for E2, N1 and Tau machines, and AWS a cluster placement "
        "group for burstable machines (T3, T4g) and some others, when the first machine is made.",
        "machine: g2-standard-8\nplacement: cluster",
        (
            PLACEMENT,
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html",
            "https://github.com/dstackai/dstack/issues/2591",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that asks for placement; series nobody describes pass."""
        for place, cluster in machine_clusters(subject):
            known, kind = limits(place.at.cloud, cluster.machine), TOGETHER[place.at.cloud]
            if known and cluster.placement == "cluster" and known.placement and kind not in known.placement:
                message = f"{cluster.machine} takes no {kind} placement"
                yield self.problem.at((*place.path, "placement"), message, "leave placement out")


class SplitDomain(Rule[Blueprint]):
    """More machines than one NVLink domain holds."""

    problem = Problem(
        "FAB-E113",
        Severity.ERROR,
        "More machines than one NVLink domain holds",
        "A4X machines share an NVLink domain of 72 GPUs: 18 machines of 4. One placement policy stands for one domain, "
        "so a cluster of this version is one domain at most.",
        "machine: a4x-highgpu-4g\nnodes: 18",
        (PLACEMENT,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines with NVLink domains."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            most = _domain_hosts(known, machine(place.at.cloud, cluster.machine))
            if most is not None and place.nodes > most:
                message = f"an NVLink domain holds {most} x {cluster.machine}, this cluster has {place.nodes}"
                yield self.problem.at((*place.path, "nodes"), message, f"make clusters of at most {most}")


class RefusedBandwidth(Rule[Blueprint]):
    """Tier_1 networking asked of machines that do not have it."""

    problem = Problem(
        "FAB-E114",
        Severity.ERROR,
        "The machine has no Tier_1 networking",
        "Large machines of some series of Google Cloud may send more where that is bought. Machines with accelerators "
        "and those of AWS have the network that their type says.",
        "machine: n2-standard-80\nbandwidth: tier-1",
        ("https://cloud.google.com/compute/docs/networking/configure-vm-with-high-bandwidth-configuration",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that buys bandwidth."""
        for place, cluster in machine_clusters(subject):
            host, known = machine(place.at.cloud, cluster.machine), limits(place.at.cloud, cluster.machine)
            least = known.tier1_vcpus if known else None
            if cluster.bandwidth == "tier-1" and host is not None and (host.vcpus or 0) < (least or MOST):
                message = f"{cluster.machine} has no Tier_1 networking"
                hint = f"{host.family} machines have it from {least} vCPUs" if least else "remove bandwidth"
                yield self.problem.at((*place.path, "bandwidth"), message, hint)


def _domain_hosts(known: Limits | None, host: Machine | None) -> int | None:
    """Return how many machines share a domain: 1x72 accelerators by those of one host."""
    if known is None or known.gpu_topology is None or host is None:
        return None
    return int(known.gpu_topology.partition("x")[2]) // host.accelerators


RULES: tuple[Rule[Blueprint], ...] = (UnplannedFabric(), RefusedPlacement(), SplitDomain(), RefusedBandwidth())
