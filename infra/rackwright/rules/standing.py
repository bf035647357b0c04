"""Buckets and file systems that stand already: what of them is not ours to say, and what is taken for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import StoragePlace, is_aws, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

SAID = frozenset({"kind", "existing", "backups", "renamed_from"})
"""Keys that have a meaning for what stands already."""


class StandingStorage(Rule[Blueprint]):
    """Settings of storage that somebody else manages."""

    problem = Problem(
        "STOR-E126",
        Severity.ERROR,
        "Storage that stands already is not managed",
        "Programs look an existing bucket or EFS file system up and change nothing of it, so that its settings cannot "
        "be said here. On Google Cloud this version looks none up.",
        "datasets: {kind: object, existing: {name: acme-corpora}}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at what is written beside `existing`."""
        for place in _standing(subject):
            if not is_aws(place.at):
                message = f"'{place.name}' would be looked up, which is done on AWS alone"
                yield self.problem.at((*place.path, "existing"), message, "remove existing", of_key=True)
                continue
            for key in sorted(place.storage.model_fields_set - SAID):
                message = f"{key} would change what stands already"
                yield self.problem.at((*place.path, key), message, f"remove {key}: its owner decides")


class StandingTaken(Rule[Blueprint]):
    """What existing storage must have, and nothing here can see."""

    problem = Problem(
        "STOR-N127",
        Severity.NOTE,
        "Taken for granted of existing storage",
        "A bucket that stands already is in the region of the site, its policy admits the nodes' role, and so does the "
        "key of its objects. A file system has a mount target in every zone with hosts, whose security group admits "
        "NFS from the site's storage clients (output storage_clients_security_group_id).",
        "datasets: {kind: object, existing: {name: acme-corpora}}",
        (
            "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
            "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at everything on AWS that stands already."""
        for place in _standing(subject):
            if is_aws(place.at):
                bucket = "it is in the region, and its policy and key admit the nodes' role"
                files = "a mount target in every zone with hosts, admitting NFS from storage clients"
                needed = bucket if place.storage.kind == "object" else files
                yield self.problem.at((*place.path, "existing"), f"needed of it: {needed}", of_key=True)


def _standing(blueprint: Blueprint) -> Iterator[StoragePlace]:
    for place in storages(blueprint):
        if getattr(place.storage, "existing", None) is not None:
            yield place


RULES: tuple[Rule[Blueprint], ...] = (StandingStorage(), StandingTaken())
