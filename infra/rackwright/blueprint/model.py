"""The base of every blueprint model: strict, frozen, unknown keys refused."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

NAME = "^[a-z][a-z0-9-]{0,30}[a-z0-9]$"
CIDR = r"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$"
SIZE = "^[1-9][0-9]{0,6}(GiB|TiB)$"
MOUNT_PATH = "^/[a-zA-Z0-9._/-]*$"
SOURCE = r"^(/|https://[^/\s]+/|(s3|gs)://[a-z0-9][a-z0-9._-]+/)[^\s]*[^/\s]$"
DOTTED = r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$"
SHA256 = "^[0-9a-f]{64}$"
PREFIX = "^([a-zA-Z0-9._-]+/)+$"
ACCOUNT = "^[0-9]{12}$"
DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DAY = "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
WORDS = "[^ \\t\\n]"
LINE = r"^\S([^\n]*\S)?$"
RELEASE = r"^[0-9]+\.[0-9]+\.[0-9]+$"
REQUIREMENT = r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?(\[[A-Za-z0-9,_-]+\])?==[0-9][A-Za-z0-9.!+_-]*$"
REGISTRY = r"([a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+(:[0-9]{1,5})?|[a-zA-Z0-9-]+:[0-9]{1,5})/"
IMAGE = (
    rf"^({REGISTRY})?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
    r"(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$"
)
TOPOLOGY = "^[1-9][0-9]?x[1-9][0-9]?(x[1-9][0-9]?)?$"
PROJECT = "^[a-z][a-z0-9-]{4,28}[a-z0-9]$"
VPC = "^vpc-([0-9a-f]{8}|[0-9a-f]{17})$"
SUBNET = "^subnet-([0-9a-f]{8}|[0-9a-f]{17})$"
KMS_KEY = "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[a-z0-9-]{1,64}$"
CRYPTO_KEY = "^projects/[a-z0-9:.-]+/locations/[a-z0-9-]+/keyRings/[a-zA-Z0-9_-]{1,63}/cryptoKeys/[a-zA-Z0-9_-]{1,63}$"
BUCKET = "^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$"
INSTANCE = "^projects/[a-z0-9:.-]+/locations/[a-z0-9-]+/instances/[a-z][a-z0-9-]{0,62}$"
FILE_SYSTEM = f"^fs-([0-9a-f]{{8}}|[0-9a-f]{{17}})$|{INSTANCE}"
ZONE = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$"
HOSTED_ZONE = "^Z[A-Z0-9]{8,31}$"
BILLING = "^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$"
EMAIL = r"^[a-zA-Z0-9._%+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+$"
TOPIC = "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]{1,256}$"
CHANNEL = "^projects/[a-z0-9:.-]+/notificationChannels/[0-9]+$"
INSTANCE_PROFILE = r"^arn:aws[a-z-]*:iam::[0-9]{12}:instance-profile/[a-zA-Z0-9_+=,.@/-]+$"
SERVICE_ACCOUNT = r"^[a-z]([a-z0-9-]{4,28}[a-z0-9])@[a-z0-9.:-]+\.iam\.gserviceaccount\.com$"
IAM_POLICY = r"^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[a-zA-Z0-9_+=,.@/-]+$"
IAM_ROLE = r"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[a-zA-Z0-9_+=,.@/-]+$"
AMI = "^ami-([0-9a-f]{8}|[0-9a-f]{17})$"
GCE_IMAGE = "^projects/[a-z][a-z0-9.:-]+/global/images/[a-z][a-z0-9-]{0,62}$"
URL = r"^https?://[a-zA-Z0-9.-]+(:[0-9]{1,5})?(/[^\s@]*)?$"
HOST = r"^\.?[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)*(/[0-9]{1,2})?$"
GCE_NAME = "^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"
FORMS = {
    NAME: "2 to 32 lower-case letters, digits and hyphens, a letter first, no hyphen last",
    CIDR: "an IPv4 block, as 10.40.0.0/16",
    SIZE: "a whole number with GiB or TiB, as 500GiB or 12TiB",
    DAY: "a day of the calendar, as 2027-01-31",
    WORDS: "a few words",
    LINE: "a line of text without spaces around it",
    PREFIX: "the beginning of object names up to a slash, as checkpoints/",
    MOUNT_PATH: "an absolute path of letters, digits, dots, hyphens and underscores, as /data",
    SOURCE: "where a file is: an absolute path, or an https://, s3:// or gs:// address, as s3://bucket/mnist.npz",
    DOTTED: "keys of JSON with dots between them, as loss or steps.per_second",
    SHA256: "a SHA-256 digest: 64 digits and letters a to f, as sha256sum prints it",
    ACCOUNT: 'the twelve digits of an AWS account, as "111122223333"',
    DATE: "a day, as 2027-01-31",
    RELEASE: "a release in three numbers, as 2.20.0",
    REQUIREMENT: "a Python package at one version, as einops==0.8.1",
    IMAGE: "a container image, as registry.acme.example/team/accept@sha256: and 64 digits and letters a to f",
    TOPOLOGY: "the sides of a block of chips, as 4x4 or 2x2x4",
    VPC: "the id of a VPC, as vpc-0123456789abcdef0",
    SUBNET: "the id of a subnet, as subnet-0123456789abcdef0",
    KMS_KEY: "the ARN of a key, as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-96ef-1234567890ab",
    CRYPTO_KEY: "the name of a key, as projects/PROJECT/locations/us-central1/keyRings/RING/cryptoKeys/KEY",
    BUCKET: "the name of a bucket: 3 to 63 lower-case letters, digits, dots, hyphens and underscores",
    INSTANCE: "the name of an instance, as projects/PROJECT/locations/us-central1-a/instances/scratch",
    FILE_SYSTEM: "fs-0123456789abcdef0 of EFS, or projects/PROJECT/locations/us-central1-a/instances/home of Filestore",
    INSTANCE_PROFILE: "the ARN of an instance profile, as arn:aws:iam::111122223333:instance-profile/nodes",
    SERVICE_ACCOUNT: "a service account, as nodes@acme-research.iam.gserviceaccount.com",
    IAM_POLICY: "the ARN of a policy, as arn:aws:iam::111122223333:policy/boundary",
    IAM_ROLE: "the ARN of a role, as arn:aws:iam::111122223333:role/links",
    BILLING: "the id of a billing account, as 012345-6789AB-CDEF01",
    ZONE: "a domain in lower case, of two parts at least, as ai.acme.internal",
    HOSTED_ZONE: "the id of a hosted zone of Route 53, as Z0123456789ABCDEFGHIJ",
    EMAIL: "an e-mail address, as oncall@acme.example",
    TOPIC: "the ARN of an SNS topic, as arn:aws:sns:us-east-1:111122223333:oncall",
    CHANNEL: "the name of a notification channel, as projects/acme-ai-prod/notificationChannels/1234567890",
    AMI: "the id of a machine image, as ami-0123456789abcdef0",
    GCE_IMAGE: "the name of one image, as projects/ubuntu-os-cloud/global/images/NAME",
    URL: "an http:// or https:// address without a password in it, as http://proxy.acme.example:3128",
    HOST: "a host, a domain or a block, as .acme.example or 10.0.0.0/8",
    GCE_NAME: "a Compute Engine name: up to 63 lower-case letters, digits and hyphens, a letter first, no hyphen last",
    PROJECT: "a GCP project id: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last",
}
"""Every pattern of the language, in words."""

Name = Annotated[str, StringConstraints(pattern=NAME)]
"""A key that becomes part of resource names: lower case, digits and hyphens, 2 to 32 characters."""

Cidr = Annotated[str, StringConstraints(pattern=CIDR)]
"""An IPv4 block in CIDR notation; whether it is a valid one is a rule's business."""

ProjectId = Annotated[str, StringConstraints(pattern=PROJECT)]
"""The id of a project of Google Cloud."""

Email = Annotated[str, StringConstraints(pattern=EMAIL)]
"""The address of somebody who is told."""

Size = Annotated[str, StringConstraints(pattern=SIZE)]
"""A capacity with its unit, as 500GiB or 12TiB."""


def _day(given: Any) -> Any:
    """Return the day that a text is; what is no day of the calendar has the wrong form."""
    if isinstance(given, str) and re.search(DAY, given):
        with suppress(ValueError):
            return date.fromisoformat(given)
    raise PydanticCustomError("string_pattern_mismatch", "not a day", {"pattern": DAY})


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=Annotated[str, StringConstraints(pattern=DAY)])]
"""A day, as 2027-01-31; what is past is judged by `check`, never by `compile`."""

Overrides = dict[str, dict[str, Any]]
"""Arguments of planned resources by role: merged into what is planned, checked against the SDK by `compile`."""

MountPath = Annotated[str, StringConstraints(pattern=MOUNT_PATH)]
"""An absolute path on hosts or in a file system."""

Days = Annotated[int, Field(ge=1, le=2_147_483_647)]
"""Days that objects are kept: a whole number of 32 bits, as S3 and Cloud Storage read it."""

GIB_PER_TIB = 1024


class Model(BaseModel):
    """What all blueprint models share."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def gib(size: str) -> int:
    """Return the number of GiB in a Size."""
    number = int(size[:-3])
    return number * GIB_PER_TIB if size.endswith("TiB") else number
