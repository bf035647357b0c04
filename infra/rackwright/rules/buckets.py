"""Buckets and shares: features that exclude each other, ages that cannot be, backups that nobody makes."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, FileStorage, ObjectStorage
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Lifecycle

FOLDERS = "https://cloud.google.com/storage/docs/hns-overview"
TRANSITIONS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"
BACKUPS = "https://cloud.google.com/filestore/docs/backups"
CLASSES = "https://cloud.google.com/storage/docs/storage-classes"
DAYS_PAID = 30
"""Days that an object in the class for what is seldom read (STANDARD_IA, NEARLINE) is paid for at least."""
VAULTED = "https://cloud.google.com/filestore/docs/gcbdr-before-you-start"
BASIC = frozenset({"BASIC_HDD", "BASIC_SSD"})
"""Tiers of Filestore whose backups are made one by one, when they are asked for."""
DAYS_BEFORE_INFREQUENT = {"aws": 30, "gcp": 1}
"""Days an object stays in the standard class at least (Amazon S3 user guide, transitioning objects)."""


class FoldersWithVersions(Rule[Blueprint]):
    """A hierarchical bucket with versions, or on a cloud without such buckets."""

    problem = Problem(
        "STOR-E112",
        Severity.ERROR,
        "A bucket cannot be hierarchical here",
        "Cloud Storage has buckets with real folders; they keep no earlier versions, and autoclass does not move their "
        "objects. General purpose buckets of S3 have none.",
        "checkpoints: {kind: object, hierarchical: true, versioned: false}",
        (FOLDERS, "https://github.com/GoogleCloudPlatform/cluster-toolkit/tree/main/modules/file-system"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every hierarchical bucket."""
        for place in storages(subject):
            if not isinstance(place.storage, ObjectStorage) or not place.storage.hierarchical:
                continue
            path = (*place.path, "hierarchical")
            if place.at.cloud == "aws":
                yield self.problem.at(path, "S3 buckets are not hierarchical", "remove hierarchical")
            elif place.storage.versioned:
                yield self.problem.at(path, "a hierarchical bucket keeps no versions", "say versioned: false")
            elif place.storage.autoclass:
                yield self.problem.at(path, "a hierarchical bucket has no autoclass", "remove autoclass")


class ImpossibleAge(Rule[Blueprint]):
    """A lifecycle that says nothing, moves too early, or deletes before it moves."""

    problem = Problem(
        "STOR-E113",
        Severity.ERROR,
        "A lifecycle cannot be",
        "A lifecycle moves objects, deletes them, or both in that order. S3 keeps an object in its standard class for "
        "30 days before it moves.",
        "datasets: {kind: object, lifecycle: {checkpoints/: {infrequent_after_days: 30, expire_after_days: 90}}}",
        (TRANSITIONS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every lifecycle of every bucket."""
        for place in storages(subject):
            if isinstance(place.storage, ObjectStorage):
                for prefix, one in place.storage.lifecycle.items():
                    wrong = _wrong(one, DAYS_BEFORE_INFREQUENT[place.at.cloud])
                    if wrong:
                        yield self.problem.at((*place.path, "lifecycle", prefix), *wrong, of_key=True)


class FileBackup(Rule[Blueprint]):
    """Daily backups of a Filestore that no plan can make."""

    problem = Problem(
        "STOR-E114",
        Severity.ERROR,
        "A Filestore cannot be backed up so",
        "Backup and DR backs up Filestore of the tiers ZONAL, REGIONAL and ENTERPRISE by a plan of the site. An "
        "instance that stands already has the backups that its owners give it.",
        "backup: {keep_days: 35}\nstorage: {home: {kind: file, size: 1TiB, backups: true}}",
        (BACKUPS, VAULTED),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every file system on GCP that asks for backups."""
        for place in storages(subject):
            one = place.storage
            if place.at.cloud != "gcp" or not isinstance(one, FileStorage) or not one.backups:
                continue
            path = (*place.path, "backups")
            if one.existing:
                yield self.problem.at(path, "a Filestore that stands already is not backed up", "remove backups")
            elif one.tier in BASIC:
                yield self.problem.at(path, f"Filestore {one.tier} has no daily backups", "say tier: ZONAL")
            elif place.at.site.backup is None:
                yield self.problem.at(path, f"site '{place.at.name}' has no backup plan", "say backup: {keep_days: 35}")


class UnkeptVersions(Rule[Blueprint]):
    """Earlier versions that expire where none are kept."""

    problem = Problem(
        "STOR-W122",
        Severity.WARNING,
        "Earlier versions expire where none are kept",
        "`expire_noncurrent_days` deletes earlier versions of objects. A bucket that is not versioned has none.",
        "datasets: {kind: object, versioned: true, expire_noncurrent_days: 30}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket."""
        for place in storages(subject):
            one, key = place.storage, "expire_noncurrent_days"
            if isinstance(one, ObjectStorage) and not one.versioned and key in one.model_fields_set:
                path = (*place.path, key)
                yield self.problem.at(path, f"'{place.name}' keeps no versions", "remove it, or set versioned: true")


class EarlyDeletion(Rule[Blueprint]):
    """Objects that move to a class and go before it is paid off."""

    problem = Problem(
        "STOR-W144",
        Severity.WARNING,
        "Objects are deleted before their class is paid off",
        f"An object in the class for what is seldom read is paid for {DAYS_PAID} days at least, and for every reading; "
        "deleted before, it costs as much as if it had stayed. On AWS the days begin when it moves.",
        "datasets: {kind: object, lifecycle: {checkpoints/: {infrequent_after_days: 30, expire_after_days: 90}}}",
        (CLASSES, "https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every lifecycle that moves objects and deletes them."""
        for place in storages(subject):
            lifecycles = place.storage.lifecycle if isinstance(place.storage, ObjectStorage) else {}
            for prefix, one in lifecycles.items():
                moved, gone = one.infrequent_after_days, one.expire_after_days
                if moved is None or gone is None or _wrong(one, DAYS_BEFORE_INFREQUENT[place.at.cloud]):
                    continue
                stayed = gone - (moved if place.at.cloud == "aws" else 0)
                if stayed < DAYS_PAID:
                    message = f"what moves after {moved} days is deleted after {gone}"
                    hint = f"remove infrequent_after_days, or delete after {gone - stayed + DAYS_PAID}"
                    path = (*place.path, "lifecycle", prefix, "infrequent_after_days")
                    yield self.problem.at(path, message, hint)


class NestedLifecycles(Rule[Blueprint]):
    """A lifecycle for objects that another one is for already."""

    problem = Problem(
        "STOR-W123",
        Severity.WARNING,
        "Two lifecycles are for the same objects",
        "Both hold for objects below the longer prefix, and what is sooner happens: an object that one would keep for "
        "90 days goes after 30 by the other.",
        "lifecycle: {checkpoints/: {expire_after_days: 30}, datasets/: {expire_after_days: 90}}",
        ("https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-conflicts.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare the prefixes of every bucket."""
        for place in storages(subject):
            prefixes = place.storage.lifecycle if isinstance(place.storage, ObjectStorage) else {}
            for outer, inner in permutations(prefixes, 2):
                if inner.startswith(outer):
                    path = (*place.path, "lifecycle", inner)
                    yield self.problem.at(path, f"'{outer}' is for {inner} too", "take prefixes apart", of_key=True)


def _wrong(one: Lifecycle, least: int) -> tuple[str, str] | None:
    """Return what is wrong with a lifecycle, and what to do."""
    moved, deleted = one.infrequent_after_days, one.expire_after_days
    if moved is None and deleted is None:
        return "this lifecycle does nothing", "say infrequent_after_days, expire_after_days or both"
    if moved is not None and moved < least:
        return f"objects cannot move after {moved} days", f"say infrequent_after_days: {least} or more"
    if moved is not None and deleted is not None and deleted <= moved:
        return f"objects go after {deleted} days, before they move after {moved}", "delete later, or do not move"
    return None


RULES: tuple[Rule[Blueprint], ...] = (
    FoldersWithVersions(),
    ImpossibleAge(),
    FileBackup(),
    UnkeptVersions(),
    EarlyDeletion(),
    NestedLifecycles(),
)
