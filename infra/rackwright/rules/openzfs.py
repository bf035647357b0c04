"""FSx for OpenZFS: what is not sold, or not in a region, and its keys where something else serves the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, FileStorage, gib
from rackwright.catalog import throughput
from rackwright.catalog.storage import nearest_sizes, valid_size
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import StoragePlace, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE = "fsx-openzfs"
OWN = frozenset({"engine", "deployment", "throughput", "zone"})
CREATE = "https://docs.aws.amazon.com/fsx/latest/APIReference/API_CreateFileSystemOpenZFSConfiguration.html"


class OpenZfsUnsold(Rule[Blueprint]):
    """An OpenZFS file system that is not sold so."""

    problem = Problem(
        "STOR-E120",
        Severity.ERROR,
        "OpenZFS is not sold so",
        "An OpenZFS file system has a size of 64 to 524,288 GiB and a throughput. The first generation is sold with 64 "
        "to 4096 MB/s, the second and MULTI_AZ_1 with 160 to 10,240, each in steps of its own. MULTI_AZ_1 stands in "
        "two zones and in the private route tables of its site, which nobody knows of a VPC that stands already.",
        "home: {kind: file, engine: openzfs, size: 1TiB, throughput: 320}",
        (CREATE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every file system that OpenZFS serves."""
        for place, given in _files(subject, "aws"):
            if given.engine == "openzfs":
                for key in ("size", "throughput"):
                    if getattr(given, key) is None:
                        hint = f"add {key}: {'1TiB' if key == 'size' else '320'}"
                        yield self.problem.at(place.path, f"'{place.name}' has no {key}", hint)
                yield from self._values(place, given)
                if given.deployment == "MULTI_AZ_1":
                    yield from self._standby(place)

    def _standby(self, place: StoragePlace) -> Iterator[Finding]:
        path, network = (*place.path, "deployment"), place.at.site.network
        if network.existing:
            message = "the route tables of a VPC that stands already are not known"
            yield self.problem.at(path, message, "use SINGLE_AZ_2")
        elif len(network.zones) == 1:
            message = f"site '{place.at.name}' has one zone, and MULTI_AZ_1 needs two"
            yield self.problem.at(path, message, "add a zone to the network, or use SINGLE_AZ_2")

    def _values(self, place: StoragePlace, given: FileStorage) -> Iterator[Finding]:
        sold = throughput(SERVICE, given.deployment)
        if given.size and valid_size(SERVICE, given.deployment, gib(given.size)) is False:
            near = " or ".join(f"{one}GiB" for one in nearest_sizes(SERVICE, given.deployment, gib(given.size)))
            yield self.problem.at((*place.path, "size"), f"{given.size} is not sold", f"nearest: {near}")
        if sold and given.throughput is not None and not sold.holds(given.throughput):
            message = f"{given.throughput} MB/s are not sold in {given.deployment}"
            hint = f"sold: {', '.join(map(str, sold.values))}"
            yield self.problem.at((*place.path, "throughput"), message, hint)


class OpenZfsAbsent(Rule[Blueprint]):
    """A generation of OpenZFS in a region that has not got it."""

    problem = Problem(
        "STOR-W146",
        Severity.WARNING,
        "The region is not known to have this deployment type of OpenZFS",
        "Not every region has the second generation of single-zone file systems, which is what is taken where no "
        "`deployment` is said. The table of FSx lacks it there; tables change, so that this is a warning.",
        "home: {kind: file, engine: openzfs, deployment: SINGLE_AZ_1, size: 1TiB, throughput: 512}",
        ("https://docs.aws.amazon.com/fsx/latest/OpenZFSGuide/available-aws-regions.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every file system that OpenZFS serves, its deployment type said or by default."""
        for place, given in _files(subject, "aws"):
            sold = throughput(SERVICE, given.deployment)
            if given.engine == "openzfs" and not given.existing and sold and place.at.site.region in sold.not_in:
                message = f"OpenZFS {given.deployment} is not known to be sold in {place.at.site.region}"
                yield self.problem.at((*place.path, "deployment"), message, "use SINGLE_AZ_1")


class OpenZfsElsewhere(Rule[Blueprint]):
    """Keys of OpenZFS on Google Cloud."""

    problem = Problem(
        "STOR-E121",
        Severity.ERROR,
        "Filestore does not take this",
        "A Filestore instance is bought by tier and size; its throughput follows, and it stands where its tier says.",
        "home: {kind: file, size: 1TiB, tier: ZONAL}",
        ("https://cloud.google.com/filestore/docs/service-tiers",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every file system on GCP."""
        for place, given in _files(subject, "gcp"):
            keys = sorted(OWN & given.model_fields_set)
            if keys:
                listed = ", ".join(keys)
                yield self.problem.at((*place.path, keys[0]), f"Filestore takes no {listed}", f"remove {listed}")


def _files(blueprint: Blueprint, cloud: str) -> Iterator[tuple[StoragePlace, FileStorage]]:
    for place in storages(blueprint):
        if place.at.cloud == cloud and isinstance(place.storage, FileStorage):
            yield place, place.storage


RULES: tuple[Rule[Blueprint], ...] = (OpenZfsUnsold(), OpenZfsAbsent(), OpenZfsElsewhere())
