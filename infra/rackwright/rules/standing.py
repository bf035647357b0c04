"""Storage that stands already: how it is named, what of it is not ours to say, and what is taken for granted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, FileStorage, ObjectStorage, ParallelStorage
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import StoragePlace, is_aws, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.diagnostics import Path

SAID = frozenset({"kind", "existing", "backups", "renamed_from"})
"""Keys that have a meaning for what stands already."""
IN_REGION = "it is in the region, and "
"""What is not taken for granted where the blueprint says a region, which is compared."""
NEEDED = {
    "aws": (
        f"{IN_REGION}its policy and key admit the nodes' role",
        "a mount target in every zone with hosts, admitting NFS from storage clients",
    ),
    "gcp": (
        "whoever deploys may add the nodes to its policy (storage.buckets.setIamPolicy)",
        "hosts reach its address from the network of the site",
    ),
}
"""What a bucket and a file system must have, by cloud."""
NO_BUCKET = {
    "aws": {
        "_": "has an underscore, which no bucket of S3 has",
        r"\.\.": "has two dots in a row",
        r"^\d+(\.\d+){3}$": "is an address",
        "--x-s3$": "is a directory bucket of S3 Express",
        "(-s3alias|--ol-s3)$": "is the alias of an access point",
        r"\.mrap$": "is an access point of several regions",
        "--table-s3$": "is a bucket of tables",
    },
    "gcp": {
        r"^\d+(\.\d+){3}$": "is an address",
        "^goog|google|g00gle": "is a name that Google keeps for itself",
    },
}
"""Forms that the name of a bucket does not have, by cloud, and what of such names it is."""
EFS = ("an EFS file system", "say its id, as fs-0123456789abcdef0")
FILESTORE = ("a Filestore instance", "say its name, as projects/PROJECT/locations/us-central1-a/instances/home")
"""What stands already by cloud, and how it is named."""


class StandingStorage(Rule[Blueprint]):
    """Settings of storage that somebody else manages."""

    problem = Problem(
        "STOR-E126",
        Severity.ERROR,
        "Storage that stands already is not managed",
        "Programs look an existing bucket or file system up and change nothing of it, so that its settings cannot be "
        "said here.",
        "datasets: {kind: object, existing: {name: acme-corpora}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at what is written beside `existing`."""
        for place in _standing(subject):
            for key in sorted(place.storage.model_fields_set - SAID):
                message = f"{key} would change what stands already"
                yield self.problem.at((*place.path, key), message, f"remove {key}: its owner decides")


class UnknownForm(Rule[Blueprint]):
    """Storage that stands already, named as another cloud would name it."""

    problem = Problem(
        "STOR-E128",
        Severity.ERROR,
        "Storage that stands already is not found so",
        "On AWS a file system that stands already is an EFS file system, known by its id; FSx for Lustre is not looked "
        "up. On Google Cloud a Filestore or Managed Lustre instance is known by its name, with project and zone, and "
        "who may use the key of a bucket is decided by the key alone.",
        "home: {kind: file, existing: projects/acme-data/locations/us-central1-a/instances/home}",
        ("https://docs.cloud.google.com/filestore/docs/reference/rest/v1/projects.locations.instances",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every name of what stands already."""
        for place in _standing(subject):
            wrong = _wrong(place)
            if wrong is not None:
                key, message, hint = wrong
                yield self.problem.at((*place.path, "existing", *key), message, hint)


def _wrong(place: StoragePlace) -> tuple[Path, str, str] | None:
    """Return why storage is not found by its name: at which key of it, and what to do."""
    match place.storage:
        case ParallelStorage() if is_aws(place.at):
            return (), f"'{place.name}' would be looked up, which is done for Managed Lustre alone", "remove existing"
        case FileStorage(existing=str(known)) if known.startswith("fs-") != is_aws(place.at):
            of, hint = EFS if is_aws(place.at) else FILESTORE
            return (), f"'{known}' is not {of}", hint
        case ObjectStorage(existing=given) if given and given.key and not is_aws(place.at):
            return ("key",), "Cloud Storage needs no key of its clients", "remove key"
        case _:
            return None


class NoBucketName(Rule[Blueprint]):
    """The name of a bucket that a cloud gives to none, or to something else."""

    problem = Problem(
        "STOR-E129",
        Severity.ERROR,
        "The cloud has no bucket of this name",
        "A bucket of S3 is called with lower-case letters, digits, dots and hyphens, without two dots in a row and not "
        "like an address. Some endings tell other things than buckets: directory buckets of S3 Express, access points, "
        "tables. They are reached in other ways, which nodes are not allowed here. Cloud Storage has no bucket called "
        "like an address, and gives nobody else a name that begins with goog or contains google.",
        "datasets: {kind: object, existing: {name: acme-corpora}}",
        (
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
            "https://github.com/awslabs/mountpoint-s3/issues/712",
            "https://cloud.google.com/storage/docs/buckets#naming",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the name of every bucket that stands already."""
        for place in _standing(subject):
            wrong = _unnamed(place)
            if wrong is not None:
                yield self.problem.at((*place.path, "existing", "name"), wrong)


def _unnamed(place: StoragePlace) -> str | None:
    """Return why no bucket of a cloud has a name; None where one may."""
    given = place.storage.existing if isinstance(place.storage, ObjectStorage) else None
    found = (why for form, why in NO_BUCKET[place.at.cloud].items() if given and re.search(form, given.name))
    return next((f"'{given.name}' {why}" for why in found if given), None)


class StandingTaken(Rule[Blueprint]):
    """What existing storage must have, and nothing here can see."""

    problem = Problem(
        "STOR-N127",
        Severity.NOTE,
        "Taken for granted of existing storage",
        "On AWS a bucket that stands already is in the region of the site, its policy admits the nodes' role, and so "
        "does the key of its objects. A file system has a mount target in every zone with hosts, whose security group "
        "admits NFS from the site's storage clients (output storage_clients_security_group_id). On Google Cloud "
        "whoever deploys may add the nodes to the policy of the bucket; a Filestore or Managed Lustre instance is "
        "reached from the site's network.",
        "datasets: {kind: object, existing: {name: acme-corpora}}",
        (
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
            "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
            "https://docs.cloud.google.com/storage/docs/access-control/iam-permissions",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at everything that stands already."""
        for place in (one for one in _standing(subject) if _wrong(one) is None and _unnamed(one) is None):
            bucket, files = NEEDED[place.at.cloud]
            needed = bucket if place.storage.kind == "object" else files
            if isinstance(place.storage, ObjectStorage) and place.storage.existing and place.storage.existing.region:
                needed = needed.removeprefix(IN_REGION)
            yield self.problem.at((*place.path, "existing"), f"needed of it: {needed}", of_key=True)


def _standing(blueprint: Blueprint) -> Iterator[StoragePlace]:
    for place in storages(blueprint):
        if getattr(place.storage, "existing", None) is not None:
            yield place


RULES: tuple[Rule[Blueprint], ...] = (StandingStorage(), UnknownForm(), NoBucketName(), StandingTaken())
