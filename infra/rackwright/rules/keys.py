"""Keys and policies that stand already: in another region or account than what would use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import SitePlace, is_audited, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = 3
"""Where an ARN, and the name of a key of Cloud KMS, hold the region, counted from zero."""
ACCOUNT = 4


class KeyElsewhere(Rule[Blueprint]):
    """A key of another region."""

    problem = Problem(
        "KEY-E101",
        Severity.ERROR,
        "The key is in another region",
        "Disks, file systems and buckets are encrypted by a key of their own region only; the cloud refuses any other "
        "when the first of them is made.",
        "region: us-east-1\nkeys: {existing: "
        '"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}',
        (
            "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html",
            "https://cloud.google.com/storage/docs/encryption/customer-managed-keys",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every key that stands already."""
        for at in sites(subject):
            found = _region(at)
            if found != at.site.region:
                message = f"a key of {found} cannot encrypt in {at.site.region}"
                yield self.problem.at((*at.path, "keys", "existing"), message, f"name a key of {at.site.region}")


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
        'keys: {existing: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}',
        (
            "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
            "https://cloud.google.com/kms/docs/iam",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every key that stands already."""
        for at in sites(subject):
            network = at.site.network
            if at.site.keys.existing is None or _region(at) != at.site.region:
                continue
            logged = f" and logs.{at.site.region}.amazonaws.com" if network.flow_logs and not network.existing else ""
            recorded = " and cloudtrail.amazonaws.com" if is_audited(at) else ""
            told = " and cloudwatch.amazonaws.com" if at.site.monitoring and at.site.monitoring.notify else ""
            aws = f"its policy admits this account by IAM{logged}{recorded}{told}"
            gcp = "who deploys may set its IAM policy: the services' agents are let in"
            yield self.problem.at((*at.path, "keys", "existing"), f"needed of it: {aws if at.cloud == 'aws' else gcp}")


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


def _region(at: SitePlace) -> str:
    """Return the region of a site's key."""
    given = at.site.keys.existing
    return given.split(":" if at.cloud == "aws" else "/")[REGION] if given else at.site.region


RULES: tuple[Rule[Blueprint], ...] = (KeyElsewhere(), KeyPolicy(), ForeignBoundary())
