"""The fabric: asked of machines that have none, or stretched between zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, MachineCluster, ParallelStorage, SliceCluster
from rackwright.catalog import image, images, machine
from rackwright.catalog.releases import driver_for
from rackwright.derive.places import instance
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.capacity import is_reserved
from rackwright.rules.images import drives, is_served
from rackwright.rules.places import ClusterPlace, clusters, machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import Machine

EFA = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa.html"
GPU_NETWORK = "https://cloud.google.com/compute/docs/gpus/gpu-network-bandwidth"


def has_fabric(place: ClusterPlace) -> bool:
    """Return whether the hosts of a cluster have a fabric between them; unknown machines are another rule's."""
    if isinstance(place.cluster, SliceCluster):
        return True
    known = machine(place.at.cloud, place.cluster.machine)
    return known is None or known.fabric is not None


class NoFabric(Rule[Blueprint]):
    """A fabric required of machines without one."""

    problem = Problem(
        "FAB-E101",
        Severity.ERROR,
        "A fabric is required of machines that have none",
        "`fabric: required` makes READY depend on a measurement that this machine type can never pass: it has no EFA, "
        "GPUDirect or RDMA network.",
        "machine: p5.48xlarge\nvalidate: {fabric: required}",
        (EFA, GPU_NETWORK),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that requires its fabric."""
        for place, cluster in machine_clusters(subject):
            if cluster.validate_.fabric == "required" and not has_fabric(place):
                message = f"{cluster.machine} has no fabric to measure"
                hint = "set fabric: skip, or take a machine with one"
                yield self.problem.at((*place.path, "validate", "fabric"), message, hint)


class LonelyNode(Rule[Blueprint]):
    """A fabric required of a single machine."""

    problem = Problem(
        "FAB-E102",
        Severity.ERROR,
        "A fabric is required of one machine",
        "A fabric is measured between machines; with one there is nothing to measure, and an unmeasured required "
        "check is never READY.",
        "nodes: 2\nvalidate: {fabric: required}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that requires its fabric."""
        for place, cluster in machine_clusters(subject):
            if cluster.validate_.fabric == "required" and has_fabric(place) and place.nodes == 1:
                message = "a fabric cannot be measured with one machine"
                yield self.problem.at((*place.path, "validate", "fabric"), message, "set nodes: 2, or fabric: optional")


class ScatteredFabric(Rule[Blueprint]):
    """Machines with a fabric, told not to stand together."""

    problem = Problem(
        "FAB-W103",
        Severity.WARNING,
        "Machines with a fabric are not placed together",
        "`placement: none` lets the cloud put the machines anywhere in the zone; collectives then cross more switches "
        "and run slower than the fabric can. Reserved machines stand where their reservation is.",
        "placement: cluster",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that says its placement."""
        for place, cluster in machine_clusters(subject):
            known = machine(place.at.cloud, cluster.machine)
            apart = cluster.placement == "none" and place.nodes > 1 and not is_reserved(cluster.capacity)
            if apart and known is not None and known.fabric is not None:
                message = f"{place.nodes} machines with a fabric are not placed together"
                yield self.problem.at((*place.path, "placement"), message, "set placement: cluster")


class FabricWithoutSoftware(Rule[Blueprint]):
    """Machines on EFA whose image does not hold what speaks it."""

    problem = Problem(
        "FAB-W105",
        Severity.WARNING,
        "The image holds nothing that speaks the machines' EFA",
        "MPI and NCCL reach EFA through libfabric, NCCL through the plugin aws-ofi-nccl besides. A plain image has "
        "neither, and an older driver at most; nothing installs them: NCCL then falls back to TCP and says so in its "
        "log alone, at a tenth of the bandwidth. AWS's Deep Learning Base images (-nvidia) hold all three. An image of "
        "your own is not judged.",
        "machine: p5.48xlarge\nimage: ubuntu-24.04-nvidia",
        (EFA, "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start-nccl.html"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of several machines on EFA whose image has an alias."""
        for place, cluster in machine_clusters(subject):
            known = machine(place.at.cloud, cluster.machine)
            if known is None or place.nodes == 1 or not _is_for_efa(cluster, known):
                continue
            found = image(place.at.cloud, cluster.image, known.arch)
            if found is not None and "efa" not in found.includes:
                message = f"{cluster.image} holds nothing that speaks the EFA of {cluster.machine}"
                yield self.problem.at((*place.path, "image"), message, _hint(known))


def _is_for_efa(cluster: MachineCluster, host: Machine) -> bool:
    """Return whether a cluster is made for EFA: of accelerators, packed, or to be measured; not a large login node."""
    asked = cluster.validate_.fabric
    if host.fabric is None or host.fabric.kind != "efa" or asked == "skip":
        return False
    return bool(host.accelerators) or cluster.placement == "cluster" or asked == "required"


def _hint(host: Machine) -> str:
    """Return images that speak EFA and drive the machine's accelerators, or what to do without one."""
    fit = (
        one.alias
        for one in images(host.cloud)
        if driver_for(host.accelerator or "") and "efa" in one.includes and one.arch == host.arch
        if drives(one, host.accelerator) and is_served(one, host.accelerator)
    )
    named = ", ".join(fit)
    return f"take one of {named}" if named else "name an image of your own that does, or say validate: {fabric: skip}"


class DistantFileSystem(Rule[Blueprint]):
    """A cluster in one zone, its parallel file system in another."""

    problem = Problem(
        "FAB-W104",
        Severity.WARNING,
        "A cluster and its parallel file system are in different zones",
        "Every byte then crosses zones: slower, and charged per GB on AWS.",
        "scratch: {kind: parallel, size: 4800GiB, zone: us-east-1a}\nclusters: {train: {zone: us-east-1a}}",
        ("https://docs.aws.amazon.com/fsx/latest/LustreGuide/performance.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every mount of a parallel file system; zones without a subnet are another rule's business."""
        for place in clusters(subject):
            for path, name in place.cluster.mounts.items():
                stored = place.at.site.storage.get(name)
                if not isinstance(stored, ParallelStorage):
                    continue
                standing = instance(stored.existing)[1] if stored.existing else None
                zones = place.at.site.network.zones
                zone = standing or stored.zone or zones[0]
                if zone != place.zone in zones and (standing or zone in zones):
                    message = f"'{name}' is in {zone}, the cluster in {place.zone}"
                    yield self.problem.at((*place.path, "mounts", path), message, "put both in one zone")


RULES: tuple[Rule[Blueprint], ...] = (
    NoFabric(),
    LonelyNode(),
    ScatteredFabric(),
    DistantFileSystem(),
    FabricWithoutSoftware(),
)
