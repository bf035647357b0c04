"""What a machine is sold with and where: boot disks of its series, zones, ways to buy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, FlexStart, MachineCluster, OnDemand
from rackwright.catalog import limits, offered_in, offered_zones, region, slice_type, volume_type
from rackwright.derive.bastion import bastion_machine
from rackwright.derive.head import head_machine
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.capacity import BLOCKS
from rackwright.rules.places import ClusterPlace, clusters, machine_clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Path

AWS_BOOT = ("gp3",)
NO_BOOT = "not a boot disk"
OF_TWO_ZONES = "-high-availability"
"""How types of disks end that stand in two zones at once; a boot disk is made in the zone of its machine."""


class RefusedDisk(Rule[Blueprint]):
    """A boot disk that the machine's series does not attach."""

    problem = Problem(
        "MACH-E114",
        Severity.ERROR,
        "The machine does not boot from this type of disk",
        "Every series of Google Cloud attaches its own types of disk: A3 no pd-standard, A4 and A4X no Persistent Disk "
        "at all, and N4, C4 and Axion Hyperdisk alone. Without `disk_type` the catalog's is taken. Boot disks on AWS "
        "are gp3.",
        "machine: a4-highgpu-8g\ndisk_type: hyperdisk-balanced",
        (
            "https://cloud.google.com/compute/docs/disks",
            "https://github.com/skypilot-org/skypilot/pull/5351",
            "https://github.com/hashicorp/terraform-provider-google/issues/19890",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that says its boot disk's type."""
        for place, cluster in machine_clusters(subject):
            allowed = boot_types(place.at.cloud, cluster)
            if cluster.disk_type and allowed and cluster.disk_type not in allowed:
                message = f"{cluster.machine} does not boot from '{cluster.disk_type}'"
                hint = suggest(cluster.disk_type, allowed) or f"it boots from {', '.join(allowed)}"
                yield self.problem.at((*place.path, "disk_type"), message, hint)


class NotOffered(Rule[Blueprint]):
    """A machine or slice in a place where it is not known to be sold."""

    problem = Problem(
        "MACH-W115",
        Severity.WARNING,
        "Not known to be sold in this place",
        "Accelerators stand in some zones only, those that N1 machines are given too, and old regions lack whole "
        "series: us-central2, home of TPU v4, has no E2. The catalog's lists lag behind the clouds, so this is no "
        "error.",
        "region: us-central1\nclusters: {train: {machine: a3-ultragpu-8g, zone: us-central1-b}}",
        (
            "https://cloud.google.com/compute/docs/regions-zones",
            "https://cloud.google.com/tpu/docs/regions-zones",
            "https://github.com/keras-team/kinetic/issues/305",
            "https://github.com/fastai/course-v3/pull/430",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at all that is named, in as much detail as sources name: zones on Google Cloud, regions on AWS."""
        yield from self._bastions(subject)
        for place in clusters(subject):
            for name, key in _sold_as(place):
                cloud, where = place.at.cloud, place.at.site.region
                zones = offered_zones(cloud, name, where) if cloud == "gcp" else None
                if offered_in(cloud, name, where) is False:
                    yield self.problem.at((*place.path, *key), f"{name} is not known to be sold in {where}")
                elif zones and _exists(place) and place.zone not in zones:
                    message = f"{name} is not known to be sold in {place.zone}"
                    yield self.problem.at((*place.path, *key), message, f"known: {', '.join(zones)}")

    def _bastions(self, subject: Blueprint) -> Iterator[Finding]:
        for at in sites(subject):
            name, where = bastion_machine(at.site), at.site.region
            if at.site.access.kind == "bastion" and offered_in(at.cloud, name, where) is False:
                key = "machine" if at.site.access.machine else "kind"
                yield self.problem.at((*at.path, "access", key), f"{name} is not known to be sold in {where}")


class NotOnDemand(Rule[Blueprint]):
    """A machine that is sold by reservation or in queues alone."""

    problem = Problem(
        "CAP-W111",
        Severity.WARNING,
        "The machine is not known to be sold on demand",
        "The largest machines of Google Cloud have a list price but are given to reservations, spot and flex-start "
        "alone; UltraServers of AWS are sold in capacity blocks. Bought on demand they find no capacity.",
        "machine: a4-highgpu-8g\ncapacity: {reservation: b200-2026}",
        ("https://cloud.google.com/compute/docs/gpus", BLOCKS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster bought on demand, as far as the catalog knows how its machine is sold."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            offers = known.offers if known else ()
            if isinstance(cluster.capacity, OnDemand) and offers and "on-demand" not in offers:
                message = f"{cluster.machine} is not known to be sold on demand"
                yield self.problem.at((*place.path, "machine"), message, f"it is sold as {', '.join(offers)}")


class QueuedTogether(Rule[Blueprint]):
    """Machines that are queued for and shall stand together."""

    problem = Problem(
        "CAP-E112",
        Severity.ERROR,
        "Machines of this type are not queued for and placed together",
        "Flex-start takes a compact placement policy for A3 Ultra, A4 and H4D alone; with others the request fails. "
        "What is asked for at once is placed densely where that is possible anyhow.",
        "machine: a4-highgpu-8g\ncapacity: {kind: flex-start, hours: 24}\nplacement: cluster",
        ("https://github.com/GoogleCloudPlatform/cluster-toolkit/pull/6068",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that is queued for and asks for placement; series nobody describes pass."""
        for place, cluster in machine_clusters(subject):
            known = limits("gcp", cluster.machine) if place.at.cloud == "gcp" else None
            queued = isinstance(cluster.capacity, FlexStart) and cluster.placement == "cluster"
            if queued and known and "compact" in known.placement and "flex-start" not in known.placement:
                message = f"{cluster.machine} takes no placement policy with flex-start"
                yield self.problem.at((*place.path, "placement"), message, "leave placement out")


def _exists(place: ClusterPlace) -> bool:
    """Return whether the zone of a cluster is one that its region has; others are another rule's business."""
    known = region(place.at.cloud, place.at.site.region)
    return known is not None and place.zone in known.zones


def boot_types(cloud: str, cluster: MachineCluster) -> tuple[str, ...]:
    """Return the types of disk that a machine boots from; empty where no source says it."""
    if cloud == "aws":
        return AWS_BOOT
    known = limits(cloud, cluster.machine)
    types = known.disk_types if known else ()
    return tuple(name for name in types if NO_BOOT not in _notes(cloud, name) and not name.endswith(OF_TWO_ZONES))


def _notes(cloud: str, name: str) -> str:
    known = volume_type(cloud, name)
    return known.notes if known else ""


def _sold_as(place: ClusterPlace) -> Iterator[tuple[str, Path]]:
    """Yield the names under which a cluster's hosts, what is attached to them and its head are sold, and their keys."""
    if isinstance(place.cluster, MachineCluster):
        yield place.cluster.machine, ("machine",)
        if place.cluster.attached:
            yield place.cluster.attached.type, ("attached", "type")
        if place.cluster.scheduler:
            yield head_machine(place.at.site, place.cluster, place.cluster.scheduler), ("scheduler",)
    else:
        known = slice_type(place.cluster.accelerator)
        yield known.accelerator if known else "", ("accelerator",)


RULES: tuple[Rule[Blueprint], ...] = (RefusedDisk(), NotOffered(), NotOnDemand(), QueuedTogether())
