"""Names that clouds refuse: too long, too short or of the wrong letters, as the programs would write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Plan
from rackwright.rules.inputs import resources, texts
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

RFC_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a cloud accepts as a name: lengths in characters, letters as a regular expression."""

    what: str
    shortest: int
    longest: int
    letters: str


GCE = Limit("a Compute Engine name", 1, 63, RFC_1035)
VAULT = Limit("a name of Backup and DR", 1, 63, RFC_1035)
BUCKET = Limit("a bucket name", 3, 63, "[a-z0-9][a-z0-9.-]*[a-z0-9]")
LIMITS: dict[tuple[str, str], Limit] = {
    **{
        (f"gcp:compute/{token}", "name"): GCE
        for token in (
            "address:Address",
            "disk:Disk",
            "externalVpnGateway:ExternalVpnGateway",
            "firewall:Firewall",
            "globalAddress:GlobalAddress",
            "haVpnGateway:HaVpnGateway",
            "instance:Instance",
            "instanceGroupManager:InstanceGroupManager",
            "instanceTemplate:InstanceTemplate",
            "network:Network",
            "networkPeering:NetworkPeering",
            "resourcePolicy:ResourcePolicy",
            "router:Router",
            "routerInterface:RouterInterface",
            "routerNat:RouterNat",
            "routerPeer:RouterPeer",
            "subnetwork:Subnetwork",
            "vPNTunnel:VPNTunnel",
        )
    },
    ("gcp:serviceaccount/account:Account", "account_id"): Limit("a service account id", 6, 30, RFC_1035),
    ("gcp:storage/bucket:Bucket", "name"): BUCKET,
    ("gcp:tpu/v2Vm:V2Vm", "name"): Limit("a TPU name", 1, 63, RFC_1035),
    ("gcp:compute/instanceTemplate:InstanceTemplate", "name_prefix"): Limit(
        "the beginning of a template's name", 1, 54, "[a-z][-a-z0-9]*"
    ),
    ("gcp:filestore/instance:Instance", "name"): Limit("a Filestore name", 1, 63, RFC_1035),
    ("gcp:backupdisasterrecovery/backupVault:BackupVault", "backup_vault_id"): VAULT,
    ("gcp:backupdisasterrecovery/backupPlan:BackupPlan", "backup_plan_id"): VAULT,
    ("gcp:backupdisasterrecovery/backupPlanAssociation:BackupPlanAssociation", "backup_plan_association_id"): VAULT,
    ("gcp:lustre/instance:Instance", "instance_id"): Limit("a Managed Lustre name", 1, 63, RFC_1035),
    ("gcp:kms/keyRing:KeyRing", "name"): Limit("a key ring name", 1, 63, "[a-zA-Z0-9_-]+"),
    ("gcp:kms/cryptoKey:CryptoKey", "name"): Limit("a key name", 1, 63, "[a-zA-Z0-9_-]+"),
    ("aws:s3/bucket:Bucket", "bucket"): BUCKET,
    ("aws:s3/bucketV2:BucketV2", "bucket"): BUCKET,
    ("aws:iam/serviceLinkedRole:ServiceLinkedRole", "custom_suffix"): Limit(
        "the suffix of a service-linked role for Auto Scaling", 1, 35, r"[\w+=,.@-]+"
    ),
    ("aws:iam/role:Role", "name"): Limit("a role name", 1, 64, r"[\w+=,.@-]+"),
    ("aws:iam/instanceProfile:InstanceProfile", "name"): Limit("an instance profile name", 1, 128, r"[\w+=,.@-]+"),
    ("aws:ec2/placementGroup:PlacementGroup", "name"): Limit("a placement group name", 1, 255, "[ -~]+"),
    ("aws:ec2/securityGroup:SecurityGroup", "name"): Limit(
        "a security group name", 1, 255, r"(?!sg-)[\w .:/()#,@\[\]+=&;{}!$*-]+"
    ),
    ("aws:ec2/launchTemplate:LaunchTemplate", "name"): Limit("a launch template name", 3, 125, r"[a-zA-Z0-9()./_-]+"),
    ("aws:kms/alias:Alias", "name"): Limit("a key alias", 1, 256, "alias/[a-zA-Z0-9/_-]+"),
}
KEPT = {
    "gcp:storage/bucket:Bucket": "goog|.*(google|g00gle)",
    "aws:s3/bucket:Bucket": "xn--|sthree-|amzn-s3-demo-",
}
"""How names of buckets must not begin, by what makes them."""


class RefusedName(Rule[Plan]):
    """A name that the cloud would refuse while the stack is half built."""

    problem = Problem(
        "NAME-E101",
        Severity.ERROR,
        "A name is too long or of the wrong form for the cloud",
        "Names in the cloud are put together from the names of datacenter, site and cluster. Compute Engine takes 63 "
        "characters, a service account id 6 to 30, a bucket 63, an IAM role 64. The cloud would refuse the resource "
        "when half of the stack stands already.",
        "name: aurora\nsites:\n  use1: {clusters: {train: {}}}",
        (
            "https://cloud.google.com/compute/docs/naming-resources",
            "https://cloud.google.com/iam/docs/service-accounts-create",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
        ),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at every name that the program writes, in each row; one finding for each resource."""
        for resource, repeat in resources(subject):
            for key, value in resource.inputs:
                limit = LIMITS.get((resource.type, key))
                if limit is None:
                    continue
                wrong = next((name for name in texts(value, repeat) if not _fits(name, limit)), None)
                if wrong is not None:
                    size = f"{limit.shortest} to {limit.longest} characters"
                    message = f"'{wrong}' ({len(wrong)} characters) cannot be {limit.what}"
                    hint = f"{limit.what} has {size}; shorten the names of datacenter, site or cluster"
                    yield self.problem.at(resource.origin, message, hint)


class RefusedBucket(Rule[Plan]):
    """A bucket whose name its cloud keeps for itself."""

    problem = Problem(
        "NAME-E104",
        Severity.ERROR,
        "A cloud keeps this name of a bucket for itself",
        "A bucket is called like its storage, with letters behind that make it the only one. Cloud Storage refuses "
        "names that begin with goog or contain google, S3 those that begin with xn--, sthree- or amzn-s3-demo-.",
        "storage: {corpora: {kind: object}}",
        (
            "https://cloud.google.com/storage/docs/buckets#naming",
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
        ),
    )

    def check(self, subject: Plan) -> Iterator[Finding]:
        """Look at the name of every bucket that is made."""
        for resource, repeat in resources(subject):
            kept = KEPT.get(resource.type)
            wrong = next((name for name in texts(resource.name, repeat) if kept and re.match(kept, name)), None)
            if wrong is not None:
                message = f"a bucket cannot be called '{wrong}'"
                yield self.problem.at(resource.origin, message, "give the storage another name", of_key=True)


def _fits(name: str, limit: Limit) -> bool:
    return limit.shortest <= len(name) <= limit.longest and re.fullmatch(limit.letters, name) is not None


RULES: tuple[Rule[Plan], ...] = (RefusedName(), RefusedBucket())
