"""Backups and records of access on AWS: of what cannot have them, and asked for where nothing has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint, ObjectStorage
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import is_audited, sites, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

OBJECT_BACKUPS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html"
SELECTIONS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
DATA_EVENTS = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html"


class ObjectBackup(Rule[Blueprint]):
    """A bucket that nothing can back up."""

    problem = Problem(
        "STOR-E117",
        Severity.ERROR,
        "A bucket cannot be backed up so",
        "AWS Backup backs up buckets with versions, by a plan of the site. Cloud Storage has no such service: its "
        "earlier versions are what can be restored.",
        "backup: {keep_days: 35}\nstorage: {datasets: {kind: object, backups: true}}",
        (OBJECT_BACKUPS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket that asks for backups."""
        for place in storages(subject):
            if not isinstance(place.storage, ObjectStorage) or not place.storage.backups:
                continue
            path = (*place.path, "backups")
            if not isinstance(place.at.site, AwsSite):
                yield self.problem.at(path, "Cloud Storage has no daily backups", "remove backups")
            elif place.at.site.backup is None:
                yield self.problem.at(path, f"site '{place.at.name}' has no backup plan", "say backup: {keep_days: 35}")
            elif not place.storage.versioned:
                yield self.problem.at(path, "a bucket without versions has no backups", "say versioned: true")


class NothingBackedUp(Rule[Blueprint]):
    """A backup plan of a site where nothing asks for backups."""

    problem = Problem(
        "STOR-E118",
        Severity.ERROR,
        "A backup plan backs nothing up",
        "A plan backs up the storage of its site that says `backups: true`. Parallel file systems keep backups of "
        "their own (`backup_days`).",
        "backup: {keep_days: 35}\nstorage: {home: {kind: file, backups: true}}",
        (SELECTIONS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site with a plan."""
        for at in sites(subject):
            asking = [one for one in at.site.storage.values() if getattr(one, "backups", False)]
            if isinstance(at.site, AwsSite) and at.site.backup and not asking:
                message = f"no storage of site '{at.name}' asks for backups"
                hint = "say backups: true of a bucket or a file system"
                yield self.problem.at((*at.path, "backup"), message, hint, of_key=True)


class NothingRecorded(Rule[Blueprint]):
    """Records of access where there is nothing to access, or for days without records."""

    problem = Problem(
        "STOR-E119",
        Severity.ERROR,
        "Access to data is recorded nowhere",
        "`audit: data-access` records who reads and writes the objects of the site's buckets, and `audit_days` says "
        "for how long. Without either of them the other does nothing, nor without a bucket.",
        "security: {audit: data-access}\nstorage: {datasets: {kind: object}}",
        (DATA_EVENTS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site on AWS."""
        for at in sites(subject):
            if not isinstance(at.site, AwsSite):
                continue
            path, given = (*at.path, "security"), at.site.security
            if is_audited(at) and not any(isinstance(one, ObjectStorage) for one in at.site.storage.values()):
                yield self.problem.at((*path, "audit"), f"site '{at.name}' has no bucket", "remove it")
            elif not is_audited(at) and "audit_days" in given.model_fields_set:
                message = "nothing is recorded that could be kept"
                yield self.problem.at((*path, "audit_days"), message, "say audit: data-access")


RULES: tuple[Rule[Blueprint], ...] = (ObjectBackup(), NothingBackedUp(), NothingRecorded())
