"""Regions and zones: outside each other, twice, or not part of the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, FileStorage, ParallelStorage
from rackwright.catalog import CLOUDS
from rackwright.catalog.regions import region, regions
from rackwright.diagnostics import Finding, Path, Problem, Severity, suggest
from rackwright.rules.places import SitePlace, clusters, sites, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONES = {"aws": "[a-z]", "gcp": "-[a-z]"}
ZONE_ID = re.compile(r"[a-z]{3,4}\d-az\d")
PARTITIONS = ("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-")
"""How regions of AWS begin whose accounts, ARNs and endpoints are not those of the others."""
ALWAYS_ON = frozenset(
    (
        *("ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
        *("ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1"),
        *("us-east-1", "us-east-2", "us-west-1", "us-west-2"),
    )
)
"""Regions of AWS that every account has (AWS account reference, enable or disable regions)."""
EXAMPLES = {"aws": "a", "gcp": "-a"}
AWS_ZONES = "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html"
GCP_ZONES = "https://cloud.google.com/compute/docs/regions-zones"


def in_region(at: SitePlace, zone: str) -> bool:
    """Return whether a zone is named like one of the site's region: us-east-1a, us-central1-a."""
    return re.fullmatch(re.escape(at.site.region) + ZONES[at.cloud], zone) is not None


class ForeignZone(Rule[Blueprint]):
    """A zone of another region, or of none."""

    problem = Problem(
        "NET-E111",
        Severity.ERROR,
        "A zone is outside the site's region",
        "A zone carries its region in its name: us-east-1a is in us-east-1, us-central1-a in us-central1. A network "
        "cannot have a subnet elsewhere.",
        "region: us-east-1\nnetwork: {cidr: 10.40.0.0/16, zones: [us-east-1a]}",
        (AWS_ZONES, GCP_ZONES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the zones of every network."""
        for at in sites(subject):
            zones, named = at.site.network.zones, f"zones are named like {at.site.region}{EXAMPLES[at.cloud]}"
            outside = [index for index, zone in enumerate(zones) if not in_region(at, zone)]
            if region(at.cloud, at.site.region) is None:
                continue
            if 1 < len(outside) == len(zones) and len({zone[:-1] for zone in zones}) == 1:
                message = f"none of the zones is in region {at.site.region}"
                yield self.problem.at((*at.path, "network", "zones"), message, named)
                continue
            for index in outside:
                zone, hint = zones[index], named
                if at.cloud == "aws" and ZONE_ID.fullmatch(zone):
                    hint = f"an id is the same in all accounts, a name is not; {named}"
                elif at.cloud == "aws" and zone.startswith(f"{at.site.region}-"):
                    hint = "Local Zones (P6e-GB200 stands in one) and Wavelength Zones are not planned"
                message = f"zone '{zone}' is not in region {at.site.region}"
                yield self.problem.at((*at.path, "network", "zones", index), message, hint)


class DuplicateZone(Rule[Blueprint]):
    """The same zone twice."""

    problem = Problem(
        "NET-E112",
        Severity.ERROR,
        "A zone stands twice",
        "Each zone has one subnet, named after it.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a, us-east-1b]}",
        (AWS_ZONES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the zones of every network."""
        for at in sites(subject):
            zones = at.site.network.zones
            for index, zone in enumerate(zones):
                if zone in zones[:index]:
                    yield self.problem.at((*at.path, "network", "zones", index), f"zone '{zone}' stands twice")


class ZoneWithoutSubnet(Rule[Blueprint]):
    """A cluster or file system in a zone the network does not reach."""

    problem = Problem(
        "NET-E113",
        Severity.ERROR,
        "A zone is not part of the network",
        "Clusters, parallel file systems and OpenZFS stand in a subnet, and only the zones of the network have one.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a]}\nclusters: {train: {zone: us-east-1a}}",
        (AWS_ZONES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster and file system that names its zone, unless a zone of the network is wrong itself."""
        for at, path, zone in _named_zones(subject):
            misspelled = in_region(at, zone) and not all(in_region(at, one) for one in at.site.network.zones)
            if zone not in at.site.network.zones and not misspelled:
                message = f"zone '{zone}' is not one of the network's"
                yield self.problem.at(path, message, suggest(zone, at.site.network.zones))


class UnknownRegion(Rule[Blueprint]):
    """A region that the cloud does not have."""

    problem = Problem(
        "NET-E114",
        Severity.ERROR,
        "Unknown region",
        "The catalog knows the public regions of both clouds.",
        "region: us-east-1",
        (AWS_ZONES, GCP_ZONES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site."""
        for at in sites(subject):
            if region(at.cloud, at.site.region) is None:
                message = f"{at.cloud.upper()} has no region '{at.site.region}'"
                yield self.problem.at((*at.path, "region"), message, _region_meant(at.cloud, at.site.region))


class UnknownZone(Rule[Blueprint]):
    """A zone that its region is not known to have."""

    problem = Problem(
        "NET-W115",
        Severity.WARNING,
        "A zone that its region is not known to have",
        "Zones are not lettered without gaps: us-east1 has no us-east1-a. In the oldest regions of AWS some accounts "
        "see letters that others do not, so this is no error.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east1-b]}",
        (AWS_ZONES, GCP_ZONES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the zones of every network whose region is known."""
        for at in sites(subject):
            known = region(at.cloud, at.site.region)
            for index, zone in enumerate(at.site.network.zones):
                if known and known.zones and in_region(at, zone) and zone not in known.zones:
                    message = f"{at.site.region} is not known to have a zone '{zone}'"
                    hint = "known: " + ", ".join(known.zones)
                    yield self.problem.at((*at.path, "network", "zones", index), message, hint)


class RegionOff(Rule[Blueprint]):
    """A region that is off in an account until somebody enables it."""

    problem = Problem(
        "NET-N117",
        Severity.NOTE,
        "The region must be enabled in the account",
        "Regions of AWS that opened after March 2019 are off in every account until it opts in. Before, each call "
        "there ends with credentials that are not valid, whatever they are.",
        "region: us-east-1",
        (
            "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
            "https://github.com/keithrozario/Klayers/issues/60",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site on AWS whose region is known."""
        for at in sites(subject):
            if at.cloud == "aws" and region(at.cloud, at.site.region) and at.site.region not in ALWAYS_ON:
                message = f"taken for granted: the account has opted in to {at.site.region}"
                yield self.problem.at((*at.path, "region"), message)


def _region_meant(cloud: str, written: str) -> str:
    """Return a hint to the region that was meant: of another partition or cloud, in another case, or the nearest."""
    if written.startswith(PARTITIONS):
        return "China, GovCloud and other partitions of AWS are not planned by this version"
    other = next((each for each in CLOUDS if each != cloud and region(each, written)), None)
    if other is not None:
        return f"it is a region of {other.upper()}, this site is on {cloud.upper()}"
    prefix = written.partition("-az")[0]
    of_zone = next((known.name for known in regions(cloud) if prefix in {known.zone_id_prefix, *known.zones}), "")
    if of_zone:
        return f"did you mean '{of_zone}'?"
    return suggest(written.lower(), [known.name for known in regions(cloud)])


def _named_zones(blueprint: Blueprint) -> Iterator[tuple[SitePlace, Path, str]]:
    for place in clusters(blueprint):
        if place.cluster.zone is not None:
            yield place.at, (*place.path, "zone"), place.cluster.zone
    for stored in storages(blueprint):
        match stored.storage:
            case ParallelStorage(zone=str(zone)) | FileStorage(engine="openzfs", zone=str(zone)):
                yield stored.at, (*stored.path, "zone"), zone
            case _:
                continue


RULES: tuple[Rule[Blueprint], ...] = (
    ForeignZone(),
    DuplicateZone(),
    ZoneWithoutSubnet(),
    UnknownRegion(),
    UnknownZone(),
    RegionOff(),
)
