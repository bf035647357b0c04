"""Installing software and fetching data from hosts that cannot reach the internet; thresholds without meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, MachineCluster
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.machines import is_image_id
from rackwright.rules.places import ClusterPlace, clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


def bare(place: ClusterPlace) -> bool:
    """Return whether the hosts come without the software: from the plain image of an alias or a TPU runtime."""
    return not isinstance(place.cluster, MachineCluster) or not is_image_id(place.at.cloud, place.cluster.image)


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
            if at.site.network.nat == "none" and names:
                message = f"without NAT, hosts of {', '.join(names)} cannot install their software"
                hint = "set nat: single, or give the cluster an image id that holds the software"
                yield self.problem.at((*at.path, "network", "nat"), message, hint)


class UnreachableDataset(Rule[Blueprint]):
    """A data set that must be fetched by hosts that cannot fetch."""

    problem = Problem(
        "VAL-W101",
        Severity.WARNING,
        "Hosts cannot download the data set",
        "MNIST is downloaded when no copy is mounted. With `nat: none` nothing can be downloaded; mount a bucket that "
        "holds mnist.npz, or use the digits that ship with scikit-learn.",
        "validate: {dataset: digits}",
        ("https://keras.io/api/datasets/mnist/",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster without a way out that brings its own software and mounts nothing."""
        for place in clusters(subject):
            closed = place.at.site.network.nat == "none" and not bare(place)
            if closed and place.cluster.validate_.dataset == "mnist" and not place.cluster.mounts:
                message = f"without NAT, hosts of {place.name} cannot download MNIST"
                hint = "mount storage that holds mnist.npz, or set dataset: digits"
                yield self.problem.at((*place.path, "validate", "dataset"), message, hint)


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


RULES: tuple[Rule[Blueprint], ...] = (NothingToInstallFrom(), UnreachableDataset(), MeaninglessAccuracy())
