"""Keys and policies that stand already: in another region or account than what would use them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint, ObjectStorage, Reservation
from rackwright.catalog.regions import region
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import SitePlace, StoragePlace, is_audited, machine_clusters, sites, storages
from rackwright.rules.reservations import GROUP
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Path

REGION = 3
"""Where an ARN, and the name of a key of Cloud KMS, hold the region, counted from zero."""
ACCOUNT = 4
KEY_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|mrk-[0-9a-f]{32}"
"""Ids of keys as KMS gives them, and as the AWS provider takes them."""
PUBLIC = "aws"
"""The partition of the regions that the catalog knows."""


class KeyElsewhere(Rule[Blueprint]):
    """A key of another region."""

    problem = Problem(
        "KEY-E101",
        Severity.ERROR,
        "The key is in another region",
        "Disks, file systems and buckets are encrypted by a key of their own region only; the cloud refuses any other "
        "when the first of them is made.",
        "region: us-east-1\nkeys: {existing: "
        '"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-96ef-1234567890ab"}',
        (
            "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html",
            "https://cloud.google.com/storage/docs/encryption/customer-managed-keys",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every key that stands already."""
        for at in sites(subject):
            found = _region(at)
            if found != at.site.region and region(at.cloud, at.site.region):
                message = f"a key of {found} cannot encrypt in {at.site.region}"
                yield self.problem.at((*at.path, "keys", "existing"), message, f"name a key of {at.site.region}")
        for place, key in _bucket_keys(subject):
            found = key.split(":")[REGION]
            if found != place.at.site.region and region(place.at.cloud, place.at.site.region):
                message = f"a bucket of {place.at.site.region} is not encrypted with a key of {found}"
                yield self.problem.at((*place.path, "existing", "key"), message, "name the key of the bucket")


class KeyPolicy(Rule[Blueprint]):
    """What the policy of a key must let in, and nothing here can see."""

    problem = Problem(
        "KEY-N102",
        Severity.NOTE,
        "Taken for granted of an existing key",
        "Programs read a key that stands already. On AWS its policy must let the account decide by IAM, and the "
        "region's CloudWatch Logs encrypt where flow logs are kept, CloudTrail where access to data is recorded, and "
        "CloudWatch where alarms are told through a topic of the site. "
        "On Google Cloud whoever deploys lets the agents of Compute Engine and Storage use the key, and must be "
        "allowed to.",
        'keys: {existing: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-96ef-1234567890ab"}',
        (
            "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
            "https://cloud.google.com/kms/docs/iam",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every key that stands already."""
        for at in sites(subject):
            network = at.site.network
            given = at.site.keys.existing
            if given is None or _region(at) != at.site.region:
                continue
            if at.cloud == "aws" and (_partition(given) != PUBLIC or not _is_possible(given)):
                continue
            logged = f" and logs.{at.site.region}.amazonaws.com" if network.flow_logs and not network.existing else ""
            recorded = " and cloudtrail.amazonaws.com" if is_audited(at) else ""
            told = " and cloudwatch.amazonaws.com" if at.site.monitoring and at.site.monitoring.notify else ""
            aws = f"its policy admits this account by IAM{logged}{recorded}{told}"
            gcp = "who deploys may set its IAM policy: the services' agents are let in"
            yield self.problem.at((*at.path, "keys", "existing"), f"needed of it: {aws if at.cloud == 'aws' else gcp}")


class ImpossibleKey(Rule[Blueprint]):
    """A key of AWS with an id that KMS never gives."""

    problem = Problem(
        "KEY-W103",
        Severity.WARNING,
        "No key of AWS has this id",
        "KMS names its keys: by a UUID of RFC 4122, or by mrk- and 32 hexadecimal digits where a key is of several "
        "regions. The AWS provider refuses to look up any other id, and the preview of the site ends there. An id out "
        "of examples, as key/1234abcd-12ab-34cd-56ef-1234567890ab, is none.",
        'keys: {existing: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-96ef-1234567890ab"}',
        ("https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every key on AWS that stands already."""
        given = (((*at.path, "keys", "existing"), at.site.keys.existing) for at in sites(subject) if at.cloud == "aws")
        of_buckets = (((*place.path, "existing", "key"), key) for place, key in _bucket_keys(subject))
        for path, arn in (*given, *of_buckets):
            if arn and not _is_possible(arn):
                message = f"no key has the id '{arn.rpartition('/')[2]}'"
                yield self.problem.at(path, message, "copy the ARN that KMS shows for the key")


class ForeignBoundary(Rule[Blueprint]):
    """A boundary that is a policy of another account."""

    problem = Problem(
        "ID-E102",
        Severity.ERROR,
        "The permissions boundary is another account's",
        "A role is bounded by a policy of its own account, or by one that AWS manages.",
        'account: "210987654321"\nsecurity: {permissions_boundary: "arn:aws:iam::210987654321:policy/boundary"}',
        ("https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site on AWS."""
        for at in sites(subject):
            given = at.site.security.permissions_boundary if isinstance(at.site, AwsSite) else None
            owner = given.split(":")[ACCOUNT] if given else "aws"
            if isinstance(at.site, AwsSite) and owner not in {"aws", at.site.account}:
                path = (*at.path, "security", "permissions_boundary")
                yield self.problem.at(path, f"a policy of {owner} cannot bound roles of {at.site.account}")


class OtherPartition(Rule[Blueprint]):
    """An ARN of China, GovCloud or another part of AWS that is apart."""

    problem = Problem(
        "ID-E103",
        Severity.ERROR,
        "An ARN of another partition",
        "China, GovCloud and the other partitions of AWS share nothing with its public regions, not even accounts: "
        "what an ARN like arn:aws-cn:... or arn:aws-us-gov:... names is found from none of these.",
        'keys: {existing: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-96ef-1234567890ab"}',
        ("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every ARN that no other rule refuses for its region."""
        for path, here, arn in _arns(subject):
            partition, where = _partition(arn), arn.split(":")[REGION]
            if partition != PUBLIC and where in {"", here}:
                yield self.problem.at(path, f"'{partition}' is not the partition of {here}", f"write arn:{PUBLIC}:")


def _partition(arn: str) -> str:
    """Return the part of AWS that an ARN is of."""
    return arn.split(":")[1]


def _is_possible(arn: str) -> bool:
    """Return whether KMS could have given the id in an ARN."""
    return re.fullmatch(KEY_ID, arn.rpartition("/")[2]) is not None


def _arns(blueprint: Blueprint) -> Iterator[tuple[Path, str, str]]:
    """Yield every ARN at a site on AWS: where it stands, the site's region, the ARN."""
    for at in sites(blueprint):
        if isinstance(at.site, AwsSite):
            topic = at.site.monitoring.existing if at.site.monitoring else None
            said = {
                ("keys", "existing"): at.site.keys.existing,
                ("security", "permissions_boundary"): at.site.security.permissions_boundary,
                ("security", "identity", "existing"): at.site.security.identity.existing,
                ("monitoring", "existing"): topic,
            }
            yield from (((*at.path, *key), at.site.region, arn) for key, arn in said.items() if arn)
    for place, key in _bucket_keys(blueprint):
        yield (*place.path, "existing", "key"), place.at.site.region, key
    for one, cluster in machine_clusters(blueprint):
        reserved = cluster.capacity.reservation if isinstance(cluster.capacity, Reservation) else ""
        if one.at.cloud == "aws" and re.fullmatch(GROUP, reserved):
            yield (*one.path, "capacity", "reservation"), one.at.site.region, reserved
    for name, link in blueprint.links.items():
        for end, role in link.roles.items():
            if end in blueprint.sites:
                yield ("links", name, "roles", end), blueprint.sites[end].region, role


def _bucket_keys(blueprint: Blueprint) -> Iterator[tuple[StoragePlace, str]]:
    """Yield every bucket on AWS that stands already and says its key."""
    for place in storages(blueprint):
        given = place.storage.existing if isinstance(place.storage, ObjectStorage) else None
        if place.at.cloud == "aws" and given and given.key:
            yield place, given.key


def _region(at: SitePlace) -> str:
    """Return the region of a site's key."""
    given = at.site.keys.existing
    return given.split(":" if at.cloud == "aws" else "/")[REGION] if given else at.site.region


RULES: tuple[Rule[Blueprint], ...] = (KeyElsewhere(), KeyPolicy(), ImpossibleKey(), ForeignBoundary(), OtherPartition())
