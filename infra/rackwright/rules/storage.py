"""Storage: sizes that no cloud sells, links that lead nowhere, keys without meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, FileStorage, ObjectStorage, ParallelStorage, gib
from rackwright.catalog.storage import nearest_sizes, valid_size
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.places import StoragePlace, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Path

FSX = "https://docs.aws.amazon.com/fsx/latest/LustreGuide/managing-storage-capacity.html"
MANAGED_LUSTRE = "https://cloud.google.com/managed-lustre/docs/quotas"
FILESTORE = "https://cloud.google.com/filestore/docs/service-tiers"


REFUSED = {
    "efs": ("EFS", frozenset({"size", "tier", "throughput", "zone", "deployment"})),
    "openzfs": ("OpenZFS", frozenset({"tier"})),
}
"""Keys without meaning for what serves a file system on AWS."""
OF_OPENZFS = frozenset({"throughput", "zone", "deployment"})
"""Keys that nobody writes who does not mean OpenZFS."""
PARALLEL_SERVICES = {"aws": "fsx-lustre", "gcp": "managed-lustre"}


class ParallelSize(Rule[Blueprint]):
    """A parallel file system of a size that is not sold."""

    problem = Problem(
        "STOR-E101",
        Severity.ERROR,
        "A parallel file system of this size is not sold",
        "FSx for Lustre is 1200 GiB or a multiple of 2400 GiB; with EFA a multiple of 38,400 GiB at 125 MB/s per TiB, "
        "of 19,200 at 250, 9600 at 500, 4800 at 1000. Managed Lustre grows in steps that depend on its throughput: "
        "72,000 GiB at 125 MB/s per TiB, 36,000 at 250, 18,000 at 500, 9,000 at 1000.",
        "scratch: {kind: parallel, size: 4800GiB, throughput: 250}",
        (FSX, MANAGED_LUSTRE),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every parallel file system."""
        for place in storages(subject):
            if isinstance(place.storage, ParallelStorage):
                yield from _unsold(self.problem, place, *_parallel_tier(place, place.storage))


def _parallel_tier(place: StoragePlace, given: ParallelStorage) -> tuple[str, str]:
    """Return the service and tier by which the catalog knows the sizes of a parallel file system."""
    if place.at.cloud == "aws" and given.lifetime == "scratch":
        return "fsx-lustre-scratch-2", "200"
    if place.at.cloud == "aws" and given.efa:
        return "fsx-lustre-efa", str(given.throughput)
    return PARALLEL_SERVICES[place.at.cloud], str(given.throughput)


class FileSize(Rule[Blueprint]):
    """A Filestore instance of a size that is not sold."""

    problem = Problem(
        "STOR-E102",
        Severity.ERROR,
        "A Filestore instance of this size is not sold",
        "BASIC_HDD begins at 1024 GiB, BASIC_SSD at 2560, ZONAL and ENTERPRISE at 1024 in steps of 256, REGIONAL at "
        "100. From 10,240 GiB, ZONAL and REGIONAL grow in steps of 2560; ENTERPRISE ends there.",
        "home: {kind: file, size: 1TiB, tier: ZONAL}",
        (FILESTORE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every file system on GCP that says its size."""
        for place in storages(subject):
            if place.at.cloud == "gcp" and isinstance(place.storage, FileStorage) and place.storage.size:
                yield from _unsold(self.problem, place, "filestore", place.storage.tier)


class FileSizeMissing(Rule[Blueprint]):
    """A file system without a size, where it is bought by it."""

    problem = Problem(
        "STOR-E103",
        Severity.ERROR,
        "A file system needs a size",
        "EFS grows with what is in it; a Filestore instance and a parallel file system are bought by size.",
        "home: {kind: file, size: 1TiB}",
        (FILESTORE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every Filestore and every parallel file system that does not stand already."""
        for place in storages(subject):
            one, hint = place.storage, "add size: 1TiB"
            if isinstance(one, ParallelStorage):
                hint = f"add size: {nearest_sizes(*_parallel_tier(place, one), 0)[0]}GiB"
            elif not isinstance(one, FileStorage) or place.at.cloud == "aws":
                continue
            if one.size is None and one.existing is None:
                yield self.problem.at(place.path, f"'{place.name}' has no size", hint)


class FileSizeUnused(Rule[Blueprint]):
    """A size or tier on EFS."""

    problem = Problem(
        "STOR-E104",
        Severity.ERROR,
        "EFS takes no size and no tier",
        "EFS grows with what is in it, and is in every zone. A size in the blueprint would promise a limit that nobody "
        "holds. `tier` is Filestore's; size, throughput, zone and deployment are those of `engine: openzfs`.",
        "home: {kind: file}",
        ("https://docs.aws.amazon.com/efs/latest/ug/features.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every file system on AWS that does not stand already: of those nothing is said at all."""
        for place in storages(subject):
            if place.at.cloud == "aws" and isinstance(place.storage, FileStorage) and place.storage.existing is None:
                name, refused = REFUSED[place.storage.engine]
                keys = sorted(refused & place.storage.model_fields_set)
                if keys:
                    hint = f"remove {', '.join(keys)}" + (", or say engine: openzfs" if OF_OPENZFS & {*keys} else "")
                    yield self.problem.at((*place.path, keys[0]), f"{name} takes no {', '.join(keys)}", hint)


class DeadLink(Rule[Blueprint]):
    """A parallel file system linked to something that is no bucket of its site."""

    problem = Problem(
        "STOR-E105",
        Severity.ERROR,
        "A link leads to no bucket",
        "`linked_to` and `links` name object storage of the same site, whose objects appear as files. `writes_back` "
        "says what becomes of changes to them.",
        "datasets: {kind: object}\nscratch: {kind: parallel, size: 4800GiB, linked_to: datasets}",
        ("https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every link on AWS."""
        for place in storages(subject):
            if place.at.cloud == "aws" and isinstance(place.storage, ParallelStorage):
                if "writes_back" in place.storage.model_fields_set and not place.storage.linked:
                    message = f"'{place.name}' has no link that it could write back to"
                    yield self.problem.at((*place.path, "writes_back"), message, "remove it, or add linked_to")
                buckets = [name for name, one in place.at.site.storage.items() if isinstance(one, ObjectStorage)]
                for target, path in _targets(place, place.storage):
                    if target not in buckets and not _missed(place, target):
                        known = place.at.site.storage.get(target)
                        kind = f"'{target}' is of kind {known.kind}, not object" if known else ""
                        hint = suggest(target, buckets) or f"site '{place.at.name}' has no object storage"
                        what = kind or f"there is no storage '{target}'"
                        yield self.problem.at(path, what, hint, of_key="links" in path)


class LinkUndeclared(Rule[Blueprint]):
    """A link on Google Cloud, where only commands move data."""

    problem = Problem(
        "STOR-E106",
        Severity.ERROR,
        "Managed Lustre has no lasting link to a bucket",
        "FSx for Lustre keeps a link to a bucket. Managed Lustre copies when it is told to, by `gcloud lustre "
        "instances import-data` and `export-data`; there is nothing that a program could declare.",
        "scratch: {kind: parallel, size: 36000GiB}",
        ("https://cloud.google.com/sdk/gcloud/reference/lustre/instances/import-data",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every link on GCP."""
        for place in storages(subject):
            if place.at.cloud == "gcp" and isinstance(place.storage, ParallelStorage):
                for target, path in _targets(place, place.storage):
                    message = f"Managed Lustre keeps no link to a bucket, as '{target}'"
                    yield self.problem.at(path, message, "remove the link", of_key="links" in path)


def _targets(place: StoragePlace, given: ParallelStorage) -> Iterator[tuple[str, Path]]:
    """Yield every bucket that a file system is linked to, and where it says so."""
    if given.linked_to is not None:
        yield given.linked_to, (*place.path, "linked_to")
    for target in given.links:
        yield target, (*place.path, "links", target)


def _missed(place: StoragePlace, name: str) -> bool:
    """Return whether storage is missing that clusters mount too: that is found at their mounts."""
    mounted = (one for cluster in place.at.site.clusters.values() for one in cluster.mounts.values())
    return name not in place.at.site.storage and name in mounted


def _unsold(problem: Problem, place: StoragePlace, service: str, tier: str) -> Iterator[Finding]:
    """Yield a finding where the storage's size is not sold; what the catalog does not know is let through."""
    size = getattr(place.storage, "size", None)
    if size is not None and valid_size(service, tier, gib(size)) is False:
        asked = size if size.endswith("GiB") else f"{size} ({gib(size)}GiB)"
        near = " or ".join(f"{one}GiB" for one in nearest_sizes(service, tier, gib(size)))
        yield problem.at((*place.path, "size"), f"{asked} is not sold", f"nearest: {near}")


RULES: tuple[Rule[Blueprint], ...] = (
    ParallelSize(),
    FileSize(),
    FileSizeMissing(),
    FileSizeUnused(),
    DeadLink(),
    LinkUndeclared(),
)
