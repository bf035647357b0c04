"""Disks of machines: of sizes that are not sold, faster than their machine, or not among those that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint, gib
from rackwright.catalog import environment_mib, image, limits, machine, volume_type
from rackwright.catalog.pins import stack_for
from rackwright.derive.head import head_machine
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule
from rackwright.rules.sold import boot_types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import MachineCluster
    from rackwright.catalog import Machine
    from rackwright.rules.places import ClusterPlace

LEAST = {"aws": 8, "gcp": 10}
"""GiB that the public images of a cloud fill: no boot disk from one of them is smaller."""
BITS_PER_MIB = 8 * 2**20
GIGA = 10**9
LOCAL_SSD = "https://docs.cloud.google.com/compute/docs/disks/add-local-ssd"


class BootDiskSize(Rule[Blueprint]):
    """A boot disk smaller than its image, or larger than its type."""

    problem = Problem(
        "MACH-E131",
        Severity.ERROR,
        "A boot disk of this size cannot be made",
        f"It holds its image: at least {LEAST['aws']} GiB on AWS and {LEAST['gcp']} on Google Cloud where the image is "
        "one of the catalog's, and far more with drivers and frameworks (`rackwright catalog images`). Its type has a "
        "largest size.",
        "disk: 200GiB",
        (
            "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html",
            "https://cloud.google.com/compute/docs/disks",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the boot disks of every cluster."""
        for place, cluster in machine_clusters(subject):
            for path, size, (least, most) in _boot_disks(place, cluster):
                if gib(size) < least:
                    yield self.problem.at(path, f"an image does not fit into {size}", f"at least {least}GiB")
                elif most is not None and gib(size) > most:
                    yield self.problem.at(path, f"no disk has {size}", f"at most {most}GiB")


class LittleRoom(Rule[Blueprint]):
    """A boot disk that an image leaves too little of for what is installed."""

    problem = Problem(
        "MACH-W133",
        Severity.WARNING,
        "A boot disk with little room for what is installed",
        "The benchmark's environment has its libraries with it: CUDA's alone are several GiB. A disk that holds its "
        "image and not this fills up while the host is configured, or later with logs and caches.",
        "disk: 100GiB",
        ("https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modify-volume.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the boot disks of every cluster whose image is one of the catalog's."""
        for place, cluster in machine_clusters(subject):
            host = machine(place.at.cloud, cluster.machine)
            mib = environment_mib(_variant(host, cluster.software.version)) if host else None
            published = image(place.at.cloud, cluster.image, host.arch) if host else None
            if not mib or not published:
                continue
            least = published.disk_gib or LEAST[place.at.cloud]
            wanted = least + -(-mib // 1024)
            if least <= gib(cluster.disk) < wanted:
                message = f"the image may fill {least}GiB of it, and what is installed takes {mib / 1024:.1f} GiB"
                yield self.problem.at((*place.path, "disk"), message, f"at least {wanted}GiB")


class VolumesBeyondMachine(Rule[Blueprint]):
    """Volumes that are faster than what their machine has to volumes."""

    problem = Problem(
        "MACH-W132",
        Severity.WARNING,
        "Volumes are faster than their machine",
        "Each machine type on AWS has a bandwidth and a number of operations a second to all of its volumes together. "
        "What goes beyond is paid for and never seen.",
        "machine: g6.48xlarge\nmounts: {/cache: cache}",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Add up what each cluster mounts in volumes."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            stored = [place.at.site.storage.get(name) for name in cluster.mounts.values()]
            volumes = [one for one in stored if isinstance(one, BlockStorage)]
            path, asked = (*place.path, "mounts"), sum(one.throughput or 0 for one in volumes)
            operations = sum(one.iops or 0 for one in volumes)
            if known and known.volume_gbps and asked * BITS_PER_MIB > known.volume_gbps * GIGA:
                message = f"{cluster.machine} has {known.volume_gbps:g} Gbit/s to volumes, they ask for {asked} MiB/s"
                hint = f"at most {int(known.volume_gbps * GIGA / BITS_PER_MIB)} MiB/s in sum"
                yield self.problem.at(path, message, hint)
            elif known and known.volume_iops and operations > known.volume_iops:
                most = f"{known.volume_iops:,} operations a second"
                message = f"{cluster.machine} has {most} to volumes, they ask for {operations:,}"
                yield self.problem.at(path, message, f"at most {known.volume_iops} iops in sum")


class NoLocalDisks(Rule[Blueprint]):
    """Local scratch on machines without disks of their own."""

    problem = Problem(
        "MOUNT-E108",
        Severity.ERROR,
        "The machine has no disks of its own to mount",
        "`local_scratch` joins the disks that some machines have: instance-store disks of AWS, local SSDs of Google "
        "Cloud. Where nobody says how many a machine brings, there is nothing to compare what it has with.",
        "machine: p5.48xlarge\nlocal_scratch: /local",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/InstanceStorage.html",
            LOCAL_SSD,
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines with local scratch."""
        for place, cluster in machine_clusters(subject):
            host = machine(place.at.cloud, cluster.machine)
            if host is not None and cluster.local_scratch is not None and not _has_disks(place, cluster):
                message = f"{cluster.machine} has no disks of its own"
                if host.local_nvme_gb != 0 and place.at.cloud == "gcp":
                    message = f"how many disks of its own {cluster.machine} brings is not known"
                keys = "local_scratch" if cluster.local_disks is None else "local_scratch and local_disks"
                yield self.problem.at((*place.path, "local_scratch"), message, f"remove {keys}")


class LocalDisks(Rule[Blueprint]):
    """A number of local SSDs that the machine does not take."""

    problem = Problem(
        "MOUNT-E109",
        Severity.ERROR,
        "The machine does not take this number of local SSDs",
        "Older series of Google Cloud, G2 and G4 among them, take some numbers of local SSDs, decided when the machine "
        "is made; newer ones bring theirs, as every machine of AWS with instance store does. They cannot be added "
        "later, and are paid for as long as the machine runs: disks that nothing mounts are of no use.",
        "machine: n2-standard-32\nlocal_scratch: /local\nlocal_disks: 8",
        (LOCAL_SSD,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines that takes local SSDs or asks for some."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            choices = known.nvme_choices if known else ()
            named = ", ".join(map(str, choices))
            path, count = (*place.path, "local_disks"), cluster.local_disks
            if count is None:
                if cluster.local_scratch is not None and choices:
                    message = f"{cluster.machine} takes {named} local SSDs: how many is not said"
                    yield self.problem.at((*place.path, "local_scratch"), message, f"add local_disks: {choices[0]}")
            elif not choices and known and (cluster.local_scratch is None or _has_disks(place, cluster)):
                message = f"the disks of {cluster.machine}, if it has any, are not chosen"
                yield self.problem.at(path, message, "remove local_disks")
            elif choices and count not in choices:
                yield self.problem.at(path, f"{cluster.machine} does not take {count} local SSDs", f"it takes {named}")
            elif choices and cluster.local_scratch is None:
                yield self.problem.at(path, "nothing mounts these local SSDs", "add local_scratch: /local")


def _has_disks(place: ClusterPlace, cluster: MachineCluster) -> bool:
    """Return whether the machines of a cluster are known to have disks of their own, or to take some."""
    known = limits(place.at.cloud, cluster.machine)
    return known is not None and bool(known.nvme_disks or known.nvme_choices)


def _variant(host: Machine, version: str | None) -> str:
    """Return which environment a host gets, that of its processor where its accelerator has none."""
    known = stack_for(host.accelerator, host.arch, version)
    bare = stack_for(None, host.arch, version)
    return (known and known.variant) or (bare and bare.variant) or ""


def _boot_disks(place: ClusterPlace, cluster: MachineCluster) -> Iterator[tuple[Path, str, tuple[int, int | None]]]:
    """Yield where the sizes of the boot disks of nodes and head stand, the sizes, and what they may be.

    A type that the machine does not boot from is another rule's business: its sizes are not judged.
    """
    types = boot_types(place.at.cloud, cluster)
    said = cluster.disk_type if not types or cluster.disk_type in types else None
    yield (*place.path, "disk"), cluster.disk, _sizes(place, cluster, cluster.machine, said)
    if cluster.scheduler:
        sizes = _sizes(place, cluster, head_machine(place.at.site, cluster, cluster.scheduler))
        yield (*place.path, "scheduler", "disk"), cluster.scheduler.disk, sizes


def _sizes(
    place: ClusterPlace, cluster: MachineCluster, name: str, disk_type: str | None = None
) -> tuple[int, int | None]:
    """Return the least and the most GiB that the boot disk of a machine may have, as far as it is known."""
    cloud, known = place.at.cloud, machine(place.at.cloud, name)
    sold = volume_type(cloud, disk_type or (known.boot_disk if known else None) or "gp3")
    published = image(cloud, cluster.image, known.arch if known else "amd64")
    held = (published.disk_gib or LEAST[cloud]) if published else 1
    least = max(held, sold.min_gib if sold else 1)
    return least, sold.max_gib if sold else None


RULES: tuple[Rule[Blueprint], ...] = (
    BootDiskSize(),
    LittleRoom(),
    VolumesBeyondMachine(),
    NoLocalDisks(),
    LocalDisks(),
)
