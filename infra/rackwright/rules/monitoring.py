"""Alarms: that nobody reads, of what is not there, told elsewhere; and what nothing watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint, FileStorage, Monitoring, ParallelStorage, SliceCluster, Storage
from rackwright.catalog.regions import region
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import SitePlace, clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

SNS_ALARMS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html"
CHANNELS = "https://cloud.google.com/monitoring/support/notification-options"
TPU_MONITORING = "https://cloud.google.com/tpu/docs/troubleshooting/tpu-vm-monitoring"


class NobodyTold(Rule[Blueprint]):
    """Alarms that nobody reads, or one reader twice."""

    problem = Problem(
        "MON-E101",
        Severity.ERROR,
        "Alarms need readers, each once",
        "An alarm without anybody who is told changes nothing. `notify` takes e-mail addresses, `existing` an SNS "
        "topic or a notification channel that stands already.",
        "monitoring: {notify: [oncall@acme.example]}",
        (SNS_ALARMS, CHANNELS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at who is told at every site."""
        for at, given in _monitored(subject):
            path = (*at.path, "monitoring")
            if not given.notify and not _existing(given):
                yield self.problem.at(path, "nobody is told", "say notify: [ADDRESS]", of_key=True)
            for index, address in enumerate(given.notify):
                if address in given.notify[:index]:
                    yield self.problem.at((*path, "notify", index), f"{address} is told already")


class NothingWatched(Rule[Blueprint]):
    """Alarms of what a site does not have."""

    problem = Problem(
        "MON-E102",
        Severity.ERROR,
        "Nothing to watch",
        "What is named under `watch` must be there: nodes of a cluster, NAT that the site makes, a file system of a "
        "fixed size (Lustre, OpenZFS, Filestore; S3, Cloud Storage and EFS grow). Without a word about it, whatever "
        "there is of them is watched. `full_percent` is about file systems.",
        "monitoring: {notify: [oncall@acme.example], watch: [nodes]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at what every site is asked to watch."""
        for at, given in _monitored(subject):
            path, there = (*at.path, "monitoring"), _there(at)
            is_said, percent = given.watch != _usual("watch"), given.full_percent
            if not given.watch:
                yield self.problem.at((*path, "watch"), "nothing is watched", "remove monitoring, or say what to watch")
                continue
            for index, word in enumerate(given.watch):
                if is_said and not there[word]:
                    yield self.problem.at((*path, "watch", index), f"site '{at.name}' has {ABSENT[word]}")
            is_watched = "storage" in given.watch and (is_said or there["storage"])
            if percent != _usual("full_percent") and not is_watched:
                yield self.problem.at((*path, "full_percent"), "no file system is watched", "remove it")


def _usual(key: str) -> object:
    """Return the default of a key: who writes it out asks for no more than who does not."""
    return Monitoring.model_fields[key].default


ABSENT = {
    "nodes": "no cluster whose machines could be watched",
    "nat": "no NAT of its own",
    "storage": "no file system of a fixed size",
}


class ToldElsewhere(Rule[Blueprint]):
    """A topic or a channel of another place."""

    problem = Problem(
        "MON-E103",
        Severity.ERROR,
        "Alarms are told in another account, region or project",
        "A CloudWatch alarm publishes to a topic of its own region, which programs look up in their own account; an "
        "alert policy uses notification channels of its own project.",
        "monitoring: {existing: arn:aws:sns:us-east-1:111122223333:oncall}",
        (SNS_ALARMS, CHANNELS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare every topic and channel that stands already with its site."""
        for at, given in _monitored(subject):
            existing = _existing(given)
            if existing is None or region(at.cloud, at.site.region) is None:
                continue
            if isinstance(at.site, AwsSite):
                there, account = existing.split(":")[3:5]
                found, wanted = f"{account} in {there}", f"{at.site.account} in {at.site.region}"
            else:
                found, wanted = existing.split("/")[1], at.site.project
            if found != wanted and (at.cloud == "aws" or not found.isdecimal()):
                yield self.problem.at((*at.path, "monitoring", "existing"), f"it is of {found}, the site of {wanted}")


class SlicesUnwatched(Rule[Blueprint]):
    """TPU slices at a site whose nodes are watched."""

    problem = Problem(
        "MON-N104",
        Severity.NOTE,
        "TPU slices are not watched",
        "Slices are no instances of Compute Engine, whose uptime tells that a node has stopped; no alert is made "
        "for them.",
        "monitoring: {notify: [oncall@acme.example], watch: [nat, storage]}",
        (TPU_MONITORING,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices."""
        for place in clusters(subject):
            given = place.at.site.monitoring
            if isinstance(place.cluster, SliceCluster) and given and "nodes" in given.watch:
                yield self.problem.at(place.path, "nobody is told when its slices stop", of_key=True)


def _monitored(blueprint: Blueprint) -> Iterator[tuple[SitePlace, Monitoring]]:
    for at in sites(blueprint):
        if at.site.monitoring is not None:
            yield at, at.site.monitoring


def _existing(given: Monitoring) -> str | None:
    """Return the topic or the channel that stands already."""
    found: str | None = getattr(given, "existing", None)
    return found


def _there(at: SitePlace) -> dict[str, bool]:
    """Return what of it a site has."""
    network, storage = at.site.network, at.site.storage.values()
    return {
        "nodes": any(not isinstance(one, SliceCluster) for one in at.site.clusters.values()),
        "nat": network.nat != "none" and network.existing is None,
        "storage": any(_is_sized(at, one) for one in storage),
    }


def _is_sized(at: SitePlace, volume: Storage) -> bool:
    """Return whether a volume is a file system of the site's own and of a fixed size."""
    if isinstance(volume, FileStorage):
        return volume.existing is None and (at.cloud == "gcp" or volume.engine == "openzfs")
    return isinstance(volume, ParallelStorage) and volume.existing is None


RULES: tuple[Rule[Blueprint], ...] = (NobodyTold(), NothingWatched(), ToldElsewhere(), SlicesUnwatched())
