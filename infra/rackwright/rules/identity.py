"""Identities of hosts that stand already: of another account, and what is taken for granted of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.keys import ACCOUNT
from rackwright.rules.places import SitePlace, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


class ForeignIdentity(Rule[Blueprint]):
    """An instance profile of another account."""

    problem = Problem(
        "ID-E104",
        Severity.ERROR,
        "The instance profile is another account's",
        "EC2 starts machines with an instance profile of their own account alone, and refuses any other when the first "
        "of them is made.",
        'account: "210987654321"\nsecurity: {identity: {existing: "arn:aws:iam::210987654321:instance-profile/nodes"}}',
        ("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every identity on AWS that stands already."""
        for at in _standing(subject):
            if isinstance(at.site, AwsSite) and not _is_own(at):
                message = f"machines of {at.site.account} cannot have a profile of {_owner(at)}"
                yield self.problem.at((*at.path, "security", "identity", "existing"), message)


class IdentityTaken(Rule[Blueprint]):
    """What an identity must be allowed, and nothing here can see."""

    problem = Problem(
        "ID-N105",
        Severity.NOTE,
        "Taken for granted of an existing identity",
        "An instance profile or service account that stands already is given nothing: whoever made it lets it write "
        "logs and metrics, answer sessions of Systems Manager, and use the buckets that its hosts mount with their "
        "key, and lets whoever deploys hand it to machines (iam:PassRole, iam.serviceAccountUser). All clusters of the "
        "site share it, and with it what each of them may do; on Google Cloud the firewall knows hosts by it, so that "
        "clusters then reach each other.",
        "security: {identity: {existing: nodes@acme-ai-prod.iam.gserviceaccount.com}}",
        (
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
            "https://docs.cloud.google.com/iam/docs/attach-service-accounts",
            "https://cloud.google.com/firewall/docs/firewalls#service-accounts-vs-tags",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every identity that stands already and that machines can have."""
        for at in _standing(subject):
            if _is_own(at):
                path = (*at.path, "security", "identity", "existing")
                yield self.problem.at(path, f"needed of it: {', '.join(_needed(at))}")


def _needed(at: SitePlace) -> Iterator[str]:
    """Yield what an identity must be allowed by whoever made it."""
    yield "who deploys may pass its role to EC2" if at.cloud == "aws" else "who deploys may act as it, logs and metrics"
    if at.site.access.kind == "ssm":
        yield "AmazonSSMManagedInstanceCore"
    mounted = {name for cluster in at.site.clusters.values() for name in cluster.mounts.values()}
    used = sorted(name for name in mounted if name in at.site.storage and at.site.storage[name].kind == "object")
    if used:
        yield f"the objects of {' and '.join(used)}" + (" and their keys" if at.cloud == "aws" else "")


def _standing(blueprint: Blueprint) -> Iterator[SitePlace]:
    for at in sites(blueprint):
        if at.site.security.identity.existing:
            yield at


def _owner(at: SitePlace) -> str:
    """Return the account of an instance profile."""
    return (at.site.security.identity.existing or "").split(":")[ACCOUNT]


def _is_own(at: SitePlace) -> bool:
    """Return whether machines of the site can have the identity; those of Google Cloud can have any project's."""
    return not isinstance(at.site, AwsSite) or _owner(at) == at.site.account


RULES: tuple[Rule[Blueprint], ...] = (ForeignIdentity(), IdentityTaken())
