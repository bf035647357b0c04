"""Buckets of Cloud Storage: what S3 has not, classes that two would choose, days and zones that are not wise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, ObjectStorage
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import StoragePlace, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

AUTOCLASS = "https://cloud.google.com/storage/docs/autoclass"
SOFT_DELETE = "https://cloud.google.com/storage/docs/soft-delete"
CACHE = "https://cloud.google.com/storage/docs/anywhere-cache"
OF_GOOGLE = ("autoclass", "soft_delete_days", "cached_in")
LEAST_DAYS = 7
"""Days for which soft-deleted objects are kept at least, where they are kept at all."""


class OnlyOfGoogle(Rule[Blueprint]):
    """What only buckets of Google Cloud have, asked of S3."""

    problem = Problem(
        "STOR-E122",
        Severity.ERROR,
        "A bucket of S3 does not have this",
        "Autoclass, soft deletion and caches in zones are of Cloud Storage. On AWS, versions keep what was deleted, "
        "and `lifecycle` moves objects to another class.",
        "datasets: {kind: object, versioned: true}",
        (AUTOCLASS, SOFT_DELETE, CACHE),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket on AWS."""
        for place, given in _buckets(subject, "aws"):
            for key in OF_GOOGLE:
                if key in given.model_fields_set:
                    yield self.problem.at((*place.path, key), f"S3 has no {key}", f"remove {key}", of_key=True)


class TwoClassifiers(Rule[Blueprint]):
    """A lifecycle that moves objects of a bucket which does so itself."""

    problem = Problem(
        "STOR-E123",
        Severity.ERROR,
        "Autoclass and a lifecycle both choose the class of objects",
        "With autoclass the bucket moves objects by itself; Cloud Storage refuses lifecycles that set a class there. "
        "Lifecycles that delete stay possible.",
        "datasets: {kind: object, autoclass: true, lifecycle: {runs/: {expire_after_days: 90}}}",
        (AUTOCLASS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every lifecycle of a bucket with autoclass."""
        for place, given in _buckets(subject, "gcp"):
            for prefix, one in given.lifecycle.items() if given.autoclass else ():
                if one.infrequent_after_days is not None:
                    path = (*place.path, "lifecycle", prefix, "infrequent_after_days")
                    yield self.problem.at(path, "autoclass moves these objects already", "remove it, or autoclass")


class ShortSoftDelete(Rule[Blueprint]):
    """Days of soft deletion that Cloud Storage does not take."""

    problem = Problem(
        "STOR-E124",
        Severity.ERROR,
        "Deleted objects cannot be kept for so few days",
        "Cloud Storage keeps deleted objects for 7 to 90 days, or, with 0, not at all.",
        "checkpoints: {kind: object, soft_delete_days: 0}",
        (SOFT_DELETE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket on GCP."""
        for place, given in _buckets(subject, "gcp"):
            if 0 < given.soft_delete_days < LEAST_DAYS:
                message = f"deleted objects are not kept for {given.soft_delete_days} days"
                yield self.problem.at((*place.path, "soft_delete_days"), message, "0, or 7 to 90")


class CacheElsewhere(Rule[Blueprint]):
    """A cache in a zone that is not of the bucket's region, or twice in one."""

    problem = Problem(
        "STOR-E125",
        Severity.ERROR,
        "A bucket cannot be cached in this zone",
        "A cache stands in a zone of its bucket's region, one in each zone.",
        "region: us-central1\ndatasets: {kind: object, cached_in: [us-central1-a]}",
        (CACHE,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cache."""
        for place, given in _buckets(subject, "gcp"):
            for index, zone in enumerate(given.cached_in):
                path, region = (*place.path, "cached_in", index), place.at.site.region
                if zone.rpartition("-")[0] != region:
                    yield self.problem.at(path, f"{zone} is not a zone of {region}", f"name zones of {region}")
                elif zone in given.cached_in[:index]:
                    yield self.problem.at(path, f"there is a cache in {zone} already", "remove it")


class KeptTooLong(Rule[Blueprint]):
    """Deleted objects that are kept for longer than they lived."""

    problem = Problem(
        "STOR-W145",
        Severity.WARNING,
        "Deleted objects are paid for longer than they lived",
        "What a lifecycle deletes is kept for some days more, 7 where nothing is said, in which it can be restored and "
        "is paid for like the others. Objects that live for a few days cost twice as much so, and more.",
        "scratch: {kind: object, versioned: false, soft_delete_days: 0, lifecycle: {tmp/: {expire_after_days: 3}}}",
        (SOFT_DELETE, "https://github.com/ansible-collections/google.cloud/issues/766"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every lifecycle of a bucket on GCP without versions, whose objects are deleted at once."""
        for place, given in _buckets(subject, "gcp"):
            for prefix, one in given.lifecycle.items() if not given.versioned else ():
                lived, kept = one.expire_after_days, given.soft_delete_days
                if lived is not None and lived < kept:
                    message = f"what is deleted after {lived} is kept for {kept} days more"
                    path = (*place.path, "lifecycle", prefix, "expire_after_days")
                    yield self.problem.at(path, message, "set soft_delete_days: 0")


def _buckets(blueprint: Blueprint, cloud: str) -> Iterator[tuple[StoragePlace, ObjectStorage]]:
    """Yield every bucket of one cloud."""
    for place in storages(blueprint):
        if place.at.cloud == cloud and isinstance(place.storage, ObjectStorage):
            yield place, place.storage


RULES: tuple[Rule[Blueprint], ...] = (
    OnlyOfGoogle(),
    TwoClassifiers(),
    ShortSoftDelete(),
    CacheElsewhere(),
    KeptTooLong(),
)
