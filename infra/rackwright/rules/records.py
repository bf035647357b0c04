"""Backups and records of access: of what cannot have them, and asked for where nothing has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, BlockStorage, Blueprint, ObjectStorage
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import is_audited, machine_clusters, sites, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Site, Storage

OBJECT_BACKUPS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html"
SELECTIONS = "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
VAULTS = "https://cloud.google.com/backup-disaster-recovery/docs/concepts/backup-vault"
SCHEDULES = "https://cloud.google.com/compute/docs/disks/about-snapshot-schedules"
DATA_EVENTS = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html"
RETENTION = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"
LOG_DAYS = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip
"""Days for which CloudWatch Logs keeps a log group, as the API lists them."""
KEPT = {"aws": "a bucket or a file system", "gcp": "a file system or a block volume"}
"""What the plan of a site backs up."""


class ObjectBackup(Rule[Blueprint]):
    """A bucket that nothing can back up."""

    problem = Problem(
        "STOR-E117",
        Severity.ERROR,
        "A bucket cannot be backed up so",
        "AWS Backup backs up buckets with versions, by a plan of the site. On Google Cloud the plan of a site is for "
        "file systems and disks: of a bucket its earlier versions and softly deleted objects are what can be restored.",
        "backup: {keep_days: 35}\nstorage: {datasets: {kind: object, backups: true}}",
        (OBJECT_BACKUPS, "https://cloud.google.com/storage/docs/soft-delete"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket that asks for backups."""
        for place in storages(subject):
            if not isinstance(place.storage, ObjectStorage) or not place.storage.backups:
                continue
            path = (*place.path, "backups")
            if not isinstance(place.at.site, AwsSite):
                yield self.problem.at(path, "the plan of a site on Google Cloud backs up no buckets", "remove backups")
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
            if at.site.backup and not _asking(at.site):
                message = f"no storage of site '{at.name}' asks for backups"
                hint = f"say backups: true of {KEPT[at.cloud]}"
                yield self.problem.at((*at.path, "backup"), message, hint, of_key=True)


class RemovableLock(Rule[Blueprint]):
    """A lock that somebody may remove, on a cloud where nobody may, or of what has none."""

    problem = Problem(
        "STOR-E130",
        Severity.ERROR,
        "Backups have no such lock here",
        "A vault of Backup and DR keeps every backup for the days that it enforces: nobody deletes one before, "
        "whatever they are granted. AWS Backup has a second lock, which those who may remove it can. Snapshots of "
        "disks are in no vault, and have no lock.",
        "backup: {keep_days: 35, lock: compliance}",
        (VAULTS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the plan of every site on GCP."""
        for at in sites(subject):
            if at.cloud != "gcp" or at.site.backup is None or at.site.backup.lock == "none":
                continue
            path, asking = (*at.path, "backup", "lock"), _asking(at.site)
            if asking and all(isinstance(one, BlockStorage) for one in asking):
                yield self.problem.at(path, "snapshots of disks have no lock", "remove lock")
            elif at.site.backup.lock == "governance":
                message = "Backup and DR has no lock that some may remove"
                yield self.problem.at(path, message, "say lock: compliance, or none")


class VolumeBackup(Rule[Blueprint]):
    """Volumes of nodes that nothing takes snapshots of."""

    problem = Problem(
        "STOR-E131",
        Severity.ERROR,
        "A block volume cannot be backed up so",
        "On Google Cloud every disk of a node that is made by itself follows a daily schedule of snapshots, by the "
        "plan of its site. Disks that a group makes with its members go with them, and volumes on AWS are made "
        "with their machines: neither outlives a node.",
        "backup: {keep_days: 35}\nstorage: {notes: {kind: block, size: 500GiB, backups: true}}",
        (SCHEDULES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every volume that asks for backups, and at the groups that mount it."""
        grouped = [one for one in machine_clusters(subject) if one[1].provision == "group"]
        for place in storages(subject):
            if not isinstance(place.storage, BlockStorage) or not place.storage.backups:
                continue
            path, at = (*place.path, "backups"), place.at
            groups = [one.name for one, cluster in grouped if one.at == at and place.name in cluster.mounts.values()]
            if at.cloud == "aws":
                yield self.problem.at(path, "volumes on AWS go with their machines", "remove backups")
            elif at.site.backup is None:
                yield self.problem.at(path, f"site '{at.name}' has no backup plan", "say backup: {keep_days: 35}")
            elif groups:
                message = f"the disks of group '{groups[0]}' go with its members"
                yield self.problem.at(path, message, "remove backups, or say provision: instances")


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


class NoConnectionsToKeep(Rule[Blueprint]):
    """Days for records of connections that are not made."""

    problem = Problem(
        "NET-E155",
        Severity.ERROR,
        "Connections are recorded nowhere",
        "`flow_log_days` says how long CloudWatch Logs keeps the flow logs of the site's own VPC. With `flow_logs: "
        "false` there are none, and those of a network that stands already are its owner's.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], flow_log_days: 365}",
        (RETENTION,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site on AWS that says for how long."""
        for at in sites(subject):
            network = at.site.network
            if "flow_log_days" in network.model_fields_set and (network.existing or not network.flow_logs):
                hint = "remove it" if network.existing else "remove it, or say flow_logs: true"
                path = (*at.path, "network", "flow_log_days")
                yield self.problem.at(path, "no connections are recorded that could be kept", hint)


class DaysBetween(Rule[Blueprint]):
    """Days that CloudWatch Logs does not have."""

    problem = Problem(
        "NET-E156",
        Severity.ERROR,
        "Logs are not kept for that many days",
        f"CloudWatch Logs keeps a log group for {', '.join(map(str, LOG_DAYS[:-1]))} or {LOG_DAYS[-1]} days, and "
        "refuses any other number when the stack is deployed.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], flow_log_days: 365}",
        (RETENTION,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site on AWS."""
        for at in sites(subject):
            days = getattr(at.site.network, "flow_log_days", LOG_DAYS[0])
            if days not in LOG_DAYS:
                longer = next((one for one in LOG_DAYS if one > days), LOG_DAYS[-1])
                message = f"CloudWatch Logs does not keep logs for {days} days"
                yield self.problem.at((*at.path, "network", "flow_log_days"), message, f"take {longer}")


def _asking(site: Site) -> list[Storage]:
    """Return the storage of a site that asks for backups."""
    return [one for one in site.storage.values() if getattr(one, "backups", False)]


RULES: tuple[Rule[Blueprint], ...] = (
    ObjectBackup(),
    NothingBackedUp(),
    RemovableLock(),
    VolumeBackup(),
    NothingRecorded(),
    NoConnectionsToKeep(),
    DaysBetween(),
)
