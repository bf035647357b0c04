"""Parallel file systems: what a lifetime does not take, metadata that is not sold, links over each other, backups."""

from __future__ import annotations

from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, ParallelStorage, gib
from rackwright.catalog import machine, throughput
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import ClusterPlace, StoragePlace, clusters, machine_clusters, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOYMENTS = "https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-fsx-lustre.html"
METADATA = "https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-metadata-performance.html"
LINKS = "https://docs.aws.amazon.com/goto/WebAPI/fsx-2018-03-01/CreateDataRepositoryAssociation"
BACKUPS = "https://docs.aws.amazon.com/fsx/latest/LustreGuide/using-backups-fsx.html"
MANAGED_LUSTRE = "https://docs.cloud.google.com/sdk/gcloud/reference/lustre/instances/create"
PERSISTENT_ONLY = frozenset({"throughput", "metadata_iops", "backup_days", "efa"})
FSX_ONLY = frozenset({"lifetime", "metadata_iops", "backup_days", "efa", "writes_back"})
PERFORMANCE = "https://docs.aws.amazon.com/fsx/latest/LustreGuide/performance.html"
MANAGED_LUSTRE_PERFORMANCE = "https://docs.cloud.google.com/managed-lustre/docs/performance"
SCRATCH_RATE = 200
"""MB/s per TiB of a scratch file system (SCRATCH_2)."""
GIB_PER_TIB = 1024
MB_PER_GIGABIT = 125
MOST_LINKS = 8
"""Data repository associations of one file system (Amazon FSx API, CreateDataRepositoryAssociation)."""


class ScratchSetting(Rule[Blueprint]):
    """A setting of persistent file systems on one that is scratch."""

    problem = Problem(
        "STOR-E107",
        Severity.ERROR,
        "Scratch file systems do not take this",
        "A scratch file system of FSx has one throughput, 200 MB/s per TiB, and takes neither metadata operations nor "
        "backups; AWS encrypts it with a key of its own.",
        "scratch: {kind: parallel, lifetime: scratch, size: 4800GiB}",
        (DEPLOYMENTS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at what scratch file systems say."""
        for place, given in _parallels(subject, "aws"):
            if given.lifetime == "scratch":
                for key in sorted(given.model_fields_set & PERSISTENT_ONLY):
                    message = f"'{place.name}' is scratch, which takes no {key}"
                    yield self.problem.at((*place.path, key), message, f"remove {key}, or say lifetime: persistent")


class FsxSetting(Rule[Blueprint]):
    """A setting of FSx on Google Cloud."""

    problem = Problem(
        "STOR-E108",
        Severity.ERROR,
        "Managed Lustre does not take this",
        "A Managed Lustre instance is bought by size and throughput alone; it has no scratch form, no metadata "
        "operations to choose and no backups. A key without effect would promise something.",
        "scratch: {kind: parallel, size: 36000GiB}",
        (MANAGED_LUSTRE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at parallel file systems on GCP."""
        for place, given in _parallels(subject, "gcp"):
            for key in sorted(given.model_fields_set & FSX_ONLY):
                yield self.problem.at((*place.path, key), f"Managed Lustre takes no {key}", f"remove {key}")


class MetadataUnsold(Rule[Blueprint]):
    """Metadata operations in a number that is not sold."""

    problem = Problem(
        "STOR-E109",
        Severity.ERROR,
        "Metadata operations in this number are not sold",
        "A persistent file system of FSx takes 1500, 3000, 6000 or 12000 metadata operations a second, or a multiple "
        "of 12000 up to 192000.",
        "scratch: {kind: parallel, size: 4800GiB, metadata_iops: 12000}",
        (METADATA,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at persistent file systems that say it."""
        sold = throughput("fsx-lustre", "PERSISTENT_2-METADATA")
        for place, given in _parallels(subject, "aws"):
            asked = given.metadata_iops if given.lifetime == "persistent" else None
            if sold and asked is not None and not sold.holds(asked):
                message = f"{asked} metadata operations a second are not sold"
                hint = "take 1500, 3000, 6000, 12000 or a multiple of 12000 up to 192000"
                yield self.problem.at((*place.path, "metadata_iops"), message, hint)


class LinksOverlap(Rule[Blueprint]):
    """Links at paths inside each other, a bucket twice, or too many of them."""

    problem = Problem(
        "STOR-E110",
        Severity.ERROR,
        "Links of a file system cannot stand together",
        "A file system has at most eight links, each to another bucket, and none at or inside the path of another.",
        "scratch: {kind: parallel, size: 4800GiB, links: {datasets: /data, models: /models}}",
        (LINKS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every pair of links of a file system, and count them."""
        for place, given in _parallels(subject, "aws"):
            links = (*place.path, "links")
            if given.linked_to in given.links:
                message = f"'{given.linked_to}' is linked twice: linked_to says it too"
                yield self.problem.at((*links, str(given.linked_to)), message, "say it once", of_key=True)
            elif len(given.linked) > MOST_LINKS:
                message = f"'{place.name}' has {len(given.linked)} links"
                yield self.problem.at(links, message, f"at most {MOST_LINKS} are possible", of_key=True)
            for (one, path), (other, second) in combinations(given.linked.items(), 2):
                if _inside(path, second) or _inside(second, path):
                    message = f"{second} of '{other}' and {path} of '{one}' overlap"
                    yield self.problem.at((*links, other), message, "link them beside each other")


class BackupOfLinked(Rule[Blueprint]):
    """Backups of a file system that is linked to a bucket."""

    problem = Problem(
        "STOR-E111",
        Severity.ERROR,
        "A linked file system has no backups",
        "FSx does not back up a file system that is linked to a bucket: what was exported is in the bucket.",
        "scratch: {kind: parallel, size: 4800GiB, backup_days: 7}",
        (BACKUPS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every linked file system."""
        for place, given in _parallels(subject, "aws"):
            if given.backup_days and given.linked and given.lifetime == "persistent":
                message = f"'{place.name}' is linked to a bucket and cannot be backed up"
                yield self.problem.at((*place.path, "backup_days"), message, "remove backup_days or the link")


class TooSlow(Rule[Blueprint]):
    """A parallel file system that cannot feed all hosts that read from it at once."""

    problem = Problem(
        "STOR-W141",
        Severity.WARNING,
        "The file system is slower than its clusters need",
        "What a parallel file system delivers grows with its size: its throughput for every TiB, shared by all hosts "
        "that mount it. `read_mbs` says what each host of a cluster must be able to read; together they ask for more "
        "than the file system has, so that accelerators would wait for data.",
        "storage: {scratch: {kind: parallel, size: 9600GiB, throughput: 1000}}\n"
        "clusters: {train: {nodes: 4, mounts: {/scratch: scratch}, read_mbs: 2000}}",
        (PERFORMANCE, MANAGED_LUSTRE_PERFORMANCE),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare what the hosts of all clusters read with what every parallel file system delivers."""
        for place in storages(subject):
            given, readers = place.storage, _readers(subject, place)
            if not isinstance(given, ParallelStorage) or given.size is None:
                continue
            if (wanted := sum(map(_read, readers))) > _delivered(given):
                shares = ", ".join(f"{one.hosts} hosts of '{one.name}'" for one in readers)
                message = f"'{place.name}' delivers {_delivered(given):,} MB/s, {shares} read {wanted:,} MB/s"
                hint = f"a larger size or throughput: {_least(given, wanted)} GiB at {_rate(given)} MB/s per TiB"
                yield self.problem.at((*place.path, "size"), message, hint)


class BeyondNetwork(Rule[Blueprint]):
    """A host that shall read more than its network carries."""

    problem = Problem(
        "STOR-W142",
        Severity.WARNING,
        "A host cannot read so much",
        "What a host reads from a file system comes through its network. However fast the file system is, a machine "
        'with 10 Gbit/s reads 1,250 MB/s; machines with "up to" a bandwidth have less of it for long.',
        "machine: g6.12xlarge\nread_mbs: 2000",
        (PERFORMANCE, "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare what each host reads with the bandwidth of its machine."""
        for place, cluster in machine_clusters(subject):
            known = machine(place.at.cloud, cluster.machine)
            most = int(known.network_gbps * MB_PER_GIGABIT) if known and known.network_gbps else None
            if most is not None and (cluster.read_mbs or 0) > most:
                message = f"the network of {cluster.machine} carries {most:,} MB/s for long"
                yield self.problem.at((*place.path, "read_mbs"), message, f"at most {most}, or another machine")


class NothingRead(Rule[Blueprint]):
    """Reading that is asked of no file system."""

    problem = Problem(
        "STOR-W143",
        Severity.WARNING,
        "Reading is asked of no parallel file system",
        "`read_mbs` is compared with the parallel file system that a cluster mounts. Without one, nothing is compared "
        "and nothing is promised.",
        "mounts: {/scratch: scratch}\nread_mbs: 2000",
        (PERFORMANCE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that says it; a mount of what is not there is another rule's business."""
        for place in clusters(subject):
            stored = [place.at.site.storage.get(name) for name in place.cluster.mounts.values()]
            if place.cluster.read_mbs and not any(one is None or isinstance(one, ParallelStorage) for one in stored):
                message = f"'{place.name}' mounts no parallel file system"
                yield self.problem.at((*place.path, "read_mbs"), message, "mount one, or remove read_mbs", of_key=True)


def _readers(blueprint: Blueprint, stored: StoragePlace) -> list[ClusterPlace]:
    """Return the clusters that mount a storage and say what they read."""
    near = (one for one in clusters(blueprint) if one.at.name == stored.at.name and one.cluster.read_mbs)
    return [one for one in near if stored.name in one.cluster.mounts.values()]


def _read(place: ClusterPlace) -> int:
    """Return the MB/s that the hosts of a cluster read together; 0 where nobody said."""
    return place.hosts * (place.cluster.read_mbs or 0)


def _rate(given: ParallelStorage) -> int:
    """Return MB/s per TiB."""
    return SCRATCH_RATE if given.lifetime == "scratch" else given.throughput


def _delivered(given: ParallelStorage) -> int:
    """Return the MB/s of a whole file system."""
    return gib(given.size or "0GiB") * _rate(given) // GIB_PER_TIB


def _least(given: ParallelStorage, wanted: int) -> int:
    """Return the GiB with which it would deliver so many MB/s, before steps of size."""
    return ceil(wanted * GIB_PER_TIB / _rate(given))


def _parallels(blueprint: Blueprint, cloud: str) -> Iterator[tuple[StoragePlace, ParallelStorage]]:
    for place in storages(blueprint):
        if place.at.cloud == cloud and isinstance(place.storage, ParallelStorage):
            yield place, place.storage


def _inside(outer: str, inner: str) -> bool:
    """Return whether a path is another one or lies below it."""
    return f"{inner.rstrip('/')}/".startswith(f"{outer.rstrip('/')}/")


RULES: tuple[Rule[Blueprint], ...] = (
    ScratchSetting(),
    FsxSetting(),
    MetadataUnsold(),
    LinksOverlap(),
    BackupOfLinked(),
    TooSlow(),
    BeyondNetwork(),
    NothingRead(),
)
