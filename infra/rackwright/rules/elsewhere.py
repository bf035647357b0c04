"""Buckets that stand already in another region than what reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, ObjectStorage, ParallelStorage
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import StoragePlace, is_aws, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE_REGION = re.compile(r"[a-z]+-[a-z-]+\d+", re.IGNORECASE)
"""A region; US, EU and NAM4 of Cloud Storage are several, the site's perhaps among them."""
KEY = "region"


class LinkedElsewhere(Rule[Blueprint]):
    """A bucket of another region, linked to FSx for Lustre."""

    problem = Problem(
        "STOR-E132",
        Severity.ERROR,
        "A linked bucket is in another region",
        "FSx for Lustre follows what changes in a linked bucket, which it does within its region alone: the link is "
        "refused when the file system stands. Copy the data to a bucket of the region, or replicate it.",
        "corpora: {kind: object, existing: {name: acme-corpora, region: us-east-1}}",
        ("https://docs.aws.amazon.com/fsx/latest/LustreGuide/create-dra-linked-data-repo.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket that stands elsewhere, with the file systems that follow it."""
        for place, where in _elsewhere(subject):
            names = _followers(place)
            if names:
                message = f"{where}; {names} cannot follow it"
                yield self.problem.at((*place.path, "existing", KEY), message, "link a bucket of the site's region")


class ReadElsewhere(Rule[Blueprint]):
    """A bucket of another region, mounted."""

    problem = Problem(
        "STOR-W148",
        Severity.WARNING,
        "A bucket is in another region than its readers",
        "Every byte crosses regions: later, charged by the GB, and on AWS past the gateway endpoint of S3, which "
        "serves its own region alone, so that a NAT gateway charges for it too.",
        "corpora: {kind: object, existing: {name: acme-corpora, region: us-east-1}}",
        (
            "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
            "https://cloud.google.com/storage/pricing#network-buckets",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bucket that stands elsewhere and that nothing follows."""
        for place, where in _elsewhere(subject):
            if not _followers(place):
                yield self.problem.at((*place.path, "existing", KEY), where, "copy what is read to the region")


def _elsewhere(blueprint: Blueprint) -> Iterator[tuple[StoragePlace, str]]:
    """Yield every bucket that stands in one region, and that not the site's, with both in words."""
    for place in storages(blueprint):
        given = place.storage.existing if isinstance(place.storage, ObjectStorage) else None
        known = given.region if given else None
        if known and ONE_REGION.fullmatch(known) and known.lower() != place.at.site.region:
            yield place, f"'{place.name}' is in {known}, the site in {place.at.site.region}"


def _followers(place: StoragePlace) -> str:
    """Return the parallel file systems of the site that a bucket is linked to, as text; Google Cloud links none."""
    stored = place.at.site.storage.items() if is_aws(place.at) else ()
    return ", ".join(name for name, one in stored if isinstance(one, ParallelStorage) and place.name in one.linked)


RULES: tuple[Rule[Blueprint], ...] = (LinkedElsewhere(), ReadElsewhere())
