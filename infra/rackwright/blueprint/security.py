"""Keys and identities: what a site brings along instead of making it, what bounds what it makes, what is recorded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from rackwright.blueprint.model import (
    CRYPTO_KEY,
    IAM_POLICY,
    INSTANCE_PROFILE,
    KMS_KEY,
    SERVICE_ACCOUNT,
    Days,
    Model,
)


class AwsKeys(Model):
    """The key that encrypts disks, storage and logs."""

    existing: Annotated[str, StringConstraints(pattern=KMS_KEY)] | None = None
    """ARN of a KMS key that stands already; default: a key of the site's own."""


class GcpKeys(Model):
    """The key that encrypts disks and storage."""

    existing: Annotated[str, StringConstraints(pattern=CRYPTO_KEY)] | None = None
    """Name of a Cloud KMS key that stands already; default: a key of the site's own."""


class AwsIdentity(Model):
    """What hosts are known as to AWS."""

    existing: Annotated[str, StringConstraints(pattern=INSTANCE_PROFILE)] | None = None
    """ARN of an instance profile that stands already: its role is given nothing; default: a role for each cluster."""


class GcpIdentity(Model):
    """What hosts are known as to Google Cloud."""

    existing: Annotated[str, StringConstraints(pattern=SERVICE_ACCOUNT)] | None = None
    """E-mail address of a service account that stands already: it is given nothing; default: one for each cluster."""


class AwsSecurity(Model):
    """What hosts may do, what bounds the identities that are made, and what is recorded of them."""

    identity: AwsIdentity = AwsIdentity()
    """What hosts are known as."""

    permissions_boundary: Annotated[str, StringConstraints(pattern=IAM_POLICY)] | None = None
    """ARN of the policy that bounds every role; some accounts let nobody make a role without."""
    audit: Literal["none", "data-access"] = "none"
    """`data-access` records who reads and writes the objects of the site's buckets (CloudTrail), in a bucket apart."""
    audit_days: Days = 365
    """Days for which those records are kept."""


class GcpSecurity(Model):
    """What hosts may do, and what is recorded of the site."""

    identity: GcpIdentity = GcpIdentity()
    """What hosts are known as."""

    audit: Literal["none", "data-access"] = "none"
    """`data-access` records who reads and writes objects and uses keys, in the logs of the whole project."""
