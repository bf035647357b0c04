"""Installing software and fetching data from hosts that cannot reach the internet; thresholds without meaning."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, MachineCluster
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.machines import is_image_id
from rackwright.rules.places import ClusterPlace, SitePlace, clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKETS = {"aws": "s3://", "gcp": "gs://"}
"""How each cloud's buckets are addressed; its hosts reach them without a way out."""


def bare(place: ClusterPlace) -> bool:
    """Return whether the hosts come without the software: from the plain image of an alias or a TPU runtime."""
    return not isinstance(place.cluster, MachineCluster) or not is_image_id(place.at.cloud, place.cluster.image)


def is_closed(at: SitePlace) -> bool:
    """Return whether hosts of a site have no way to the internet, not even through a proxy."""
    return at.site.network.nat == "none" and at.site.network.proxy is None


class NothingToInstallFrom(Rule[Blueprint]):
    """Hosts that must install software and cannot reach any."""

    problem = Problem(
        "NET-E121",
        Severity.ERROR,
        "Hosts cannot reach what they must install",
        "With `nat: none` private hosts reach no package index, so drivers and TensorFlow cannot be installed on a "
        "plain image. An image of your own that holds them needs no way out.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], nat: single}",
        ("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site without a way out."""
        for at in sites(subject):
            names = [place.name for place in clusters(subject) if place.at.path == at.path and bare(place)]
            if is_closed(at) and names:
                message = f"without NAT, hosts of {', '.join(names)} cannot install their software"
                hint = "set nat: single, name a proxy, or give the cluster an image id that holds the software"
                yield self.problem.at((*at.path, "network", "nat"), message, hint)


def _reached(source: str | None, cloud: str) -> bool:
    """Return whether hosts without a way out can read MNIST: from a path, or a bucket of their cloud."""
    return (source or "").startswith(("/", BUCKETS[cloud]))


class UnreachableDataset(Rule[Blueprint]):
    """A data set that must be fetched by hosts that cannot fetch."""

    problem = Problem(
        "VAL-W101",
        Severity.WARNING,
        "Hosts cannot download the data set",
        "Without a `source` MNIST is downloaded from where Keras has it. With `nat: none` hosts reach buckets of their "
        "own cloud and nothing else; put mnist.npz into one, or use the digits that ship with scikit-learn.",
        "validate: {dataset: mnist, source: s3://acme-datasets/mnist.npz, sha256: 731c...}",
        ("https://keras.io/api/datasets/mnist/",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster without a way out that brings its own software."""
        for place in clusters(subject):
            closed, asked = is_closed(place.at) and not bare(place), place.cluster.validate_
            if closed and asked.dataset == "mnist" and not _reached(asked.source, place.at.cloud):
                message = f"without NAT, hosts of {place.name} cannot download MNIST"
                hint = f"set source: {BUCKETS[place.at.cloud]}BUCKET/mnist.npz, or dataset: digits"
                key = "source" if asked.source else "dataset"
                yield self.problem.at((*place.path, "validate", key), message, hint)


class SourceOfOtherData(Rule[Blueprint]):
    """A place of MNIST for a data set that is not MNIST."""

    problem = Problem(
        "VAL-E103",
        Severity.ERROR,
        "Only MNIST has a source",
        "`source` and `sha256` say where MNIST's file is and what it must be. The digits ship with scikit-learn and "
        "synthetic data is made on the host, so neither is read from anywhere.",
        "validate: {dataset: mnist, source: s3://acme-datasets/mnist.npz, sha256: 731c...}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster."""
        for place in clusters(subject):
            asked = place.cluster.validate_
            key = "source" if asked.source else "sha256"
            if asked.dataset != "mnist" and (asked.source or asked.sha256):
                message = f"{asked.dataset} data is not read from a file"
                yield self.problem.at((*place.path, "validate", key), message, f"remove {key}, or set dataset: mnist")


class UnverifiedSource(Rule[Blueprint]):
    """A file that decides READY and could be any file."""

    problem = Problem(
        "VAL-W104",
        Severity.WARNING,
        "The data set's file is not verified",
        "Whoever can write to the source decides what hosts are judged by, and a damaged copy is taken for the whole. "
        "With `sha256` another file than the reviewed one is refused. `sha256sum mnist.npz` prints it.",
        "validate: {dataset: mnist, source: s3://acme-datasets/mnist.npz, sha256: 731c...}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster."""
        for place in clusters(subject):
            asked = place.cluster.validate_
            if asked.dataset == "mnist" and asked.source and not asked.sha256:
                message = f"any file at {asked.source} is accepted"
                yield self.problem.at((*place.path, "validate", "source"), message, "add sha256: what sha256sum prints")


class SourceNowhere(Rule[Blueprint]):
    """A path where nothing can be, because nothing is mounted there."""

    problem = Problem(
        "VAL-W105",
        Severity.WARNING,
        "Nothing is mounted where the data set should be",
        "A plain image holds no data set, so a path on its hosts must lie below one of the cluster's mounts. An image "
        "of your own may hold the file.",
        "mounts: {/data: datasets}\nvalidate: {dataset: mnist, source: /data/mnist.npz, sha256: 731c...}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of a plain image."""
        for place in clusters(subject):
            asked, mounts = place.cluster.validate_, place.cluster.mounts
            local = asked.dataset == "mnist" and (asked.source or "").startswith("/")
            if local and bare(place) and not any(PurePosixPath(asked.source or "").is_relative_to(m) for m in mounts):
                message = f"hosts of {place.name} mount nothing at {asked.source}"
                hint = f"move it below {', '.join(mounts)}" if mounts else "mount the storage that holds it"
                yield self.problem.at((*place.path, "validate", "source"), message, hint)


class MeaninglessAccuracy(Rule[Blueprint]):
    """An accuracy asked of noise."""

    problem = Problem(
        "VAL-E102",
        Severity.ERROR,
        "Accuracy cannot be asked of synthetic data",
        "`dataset: synthetic` is random numbers for measuring speed; there is nothing to learn in it, so no accuracy "
        "can be reached.",
        "validate: {dataset: digits, accuracy: 0.95}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster."""
        for place in clusters(subject):
            asked = place.cluster.validate_
            if asked.dataset == "synthetic" and asked.accuracy is not None:
                message = "synthetic data has no accuracy to reach"
                hint = "remove accuracy, or set dataset: digits"
                yield self.problem.at((*place.path, "validate", "accuracy"), message, hint)


RULES: tuple[Rule[Blueprint], ...] = (
    NothingToInstallFrom(),
    UnreachableDataset(),
    MeaninglessAccuracy(),
    SourceOfOtherData(),
    UnverifiedSource(),
    SourceNowhere(),
)
