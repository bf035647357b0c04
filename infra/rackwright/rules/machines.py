"""Machines, slices and images: names that the catalog does not know, or knows in the other cloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, SliceCluster
from rackwright.catalog import CLOUDS, machine, machine_names, slice_type, slice_types
from rackwright.catalog.images import image, image_aliases
from rackwright.catalog.software import software_for
from rackwright.derive.bastion import bastion_image, bastion_machine
from rackwright.derive.choice import host
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.meant import image_meant, machine_meant, slice_meant
from rackwright.rules.places import ClusterPlace, clusters, machine_clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog.software import Software

AWS_TYPES = "https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html"
GCP_TYPES = "https://cloud.google.com/compute/docs/gpus"
IMAGE_IDS = {
    "aws": re.compile("ami-([0-9a-f]{8}|[0-9a-f]{17})"),
    "gcp": re.compile("projects/[a-z][a-z0-9.:-]+/global/images/(family/)?[a-z][a-z0-9-]{0,62}"),
}


class UnknownMachine(Rule[Blueprint]):
    """A machine type nobody sells."""

    problem = Problem(
        "MACH-E101",
        Severity.ERROR,
        "Unknown machine type",
        "The catalog holds what rackwright knows about a machine: network cards, accelerators, placement, price. "
        "Without it no correct program can be written. `rackwright catalog` lists the machines.",
        "machine: p5.48xlarge",
        (AWS_TYPES, GCP_TYPES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every machine type that is named."""
        for path, cloud, name in _machines(subject):
            if not any(machine(each, name) for each in CLOUDS):
                message = f"{cloud.upper()} has no machine type '{name}' in the catalog"
                yield self.problem.at((*path, "machine"), message, machine_meant(name, machine_names(cloud)))


class ForeignMachine(Rule[Blueprint]):
    """A machine type of the other cloud."""

    problem = Problem(
        "MACH-E102",
        Severity.ERROR,
        "A machine type of the other cloud",
        "The machine exists, but not in this site's cloud.",
        "use1: {cloud: aws, clusters: {train: {machine: p5.48xlarge, nodes: 4}}}",
        (AWS_TYPES, GCP_TYPES),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every machine type that is named."""
        for path, cloud, name in _machines(subject):
            other = next((each for each in CLOUDS if each != cloud and machine(each, name)), None)
            if other is not None and machine(cloud, name) is None:
                message = f"'{name}' is a machine type of {other.upper()}, this site is on {cloud.upper()}"
                yield self.problem.at((*path, "machine"), message, _equivalent(cloud, other, name))


class UnknownSlice(Rule[Blueprint]):
    """A TPU slice nobody sells."""

    problem = Problem(
        "MACH-E103",
        Severity.ERROR,
        "Unknown TPU slice type",
        "Slices come in fixed sizes. The number counts chips for v5e and v6e, TensorCores (two per chip) for the other "
        "generations.",
        "accelerator: v6e-16",
        ("https://cloud.google.com/tpu/docs/system-architecture-tpu-vm",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices."""
        for place in clusters(subject):
            if isinstance(place.cluster, SliceCluster) and slice_type(place.cluster.accelerator) is None:
                name = place.cluster.accelerator
                message = f"there is no TPU slice type '{name}' in the catalog"
                hint = slice_meant(name, [one.name for one in slice_types()])
                yield self.problem.at((*place.path, "accelerator"), message, hint)


class UnknownImage(Rule[Blueprint]):
    """An image that is neither an alias nor an id of the cloud."""

    problem = Problem(
        "MACH-E104",
        Severity.ERROR,
        "Unknown image",
        "An image is an alias of the catalog, as ubuntu-24.04, which is looked up for the machine's architecture, or "
        "the cloud's own name for one image: ami-... on AWS, projects/PROJECT/global/images/NAME on GCP.",
        "image: ubuntu-24.04",
        ("https://cloud.google.com/compute/docs/images/os-details",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every image that is named, said or by default."""
        for path, cloud, name, given in _named(subject):
            known = machine(cloud, name)
            found = image(cloud, given, known.arch if known else "amd64")
            if found is None and not is_image_id(cloud, given):
                aliases = image_aliases(cloud)
                arch = f" for {known.arch}" if known and given in aliases else ""
                message = f"{cloud.upper()} has no image '{given}'{arch} in the catalog"
                yield self.problem.at((*path, "image"), message, image_meant(cloud, given, aliases))


class UnknownRuntime(Rule[Blueprint]):
    """A TPU slice whose software version nobody says."""

    problem = Problem(
        "MACH-E105",
        Severity.ERROR,
        "No software version is known for the TPU slice",
        "A TPU virtual machine is created with a software version. The catalog names one for most generations; for "
        "the others the blueprint must.",
        "accelerator: v6e-16\nruntime: v2-alpha-tpuv6e",
        ("https://cloud.google.com/tpu/docs/runtimes",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices that leaves its runtime to the catalog."""
        for place in clusters(subject):
            if isinstance(place.cluster, SliceCluster) and not place.cluster.runtime:
                known = slice_type(place.cluster.accelerator)
                if known is not None and known.runtime_version is None:
                    message = f"the catalog knows no software version for {known.name}"
                    yield self.problem.at((*place.path, "accelerator"), message, "add runtime: VERSION")


class RefusedSoftware(Rule[Blueprint]):
    """A framework that cannot be installed for an accelerator."""

    problem = Problem(
        "SOFT-E101",
        Severity.ERROR,
        "TensorFlow does not run on this accelerator",
        "No build of TensorFlow supports the accelerator, so the cluster could be paid for but never validated.",
        "machine: p5.48xlarge\nsoftware: {framework: tensorflow}",
        ("https://www.tensorflow.org/install/pip", "https://awsdocs-neuron.readthedocs-hosted.com/"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster whose accelerator the catalog knows."""
        for place, accelerator, key, software in _software(subject):
            if software.refused:
                yield self.problem.at((*place.path, key), f"no TensorFlow for {accelerator}: {software.refused}")


class OtherBackend(Rule[Blueprint]):
    """A framework that leaves the accelerator idle."""

    problem = Problem(
        "SOFT-W102",
        Severity.WARNING,
        "TensorFlow cannot use this accelerator",
        "TensorFlow has no build for the accelerator, so the benchmark's Keras model runs on JAX there. TensorFlow "
        "itself is installed for the CPU at most, and your own TensorFlow jobs will not use the accelerator. On TPUs "
        "that TensorFlow left behind nothing is installed yet that uses them.",
        "machine: p5.48xlarge\nsoftware: {framework: tensorflow}",
        ("https://www.tensorflow.org/install/pip", "https://keras.io/getting_started/"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster whose accelerator the catalog knows; SOFT-E106 judges those that ask for a release."""
        for place, accelerator, key, software in _software(subject):
            unasked = place.cluster.software.version is None
            if software.instead_because and not software.refused and unasked:
                with_jax = f"the benchmark runs on Keras with {(software.backend or '').upper()}"
                hint = with_jax if software.variant else "the benchmark runs on the CPU of its hosts"
                message = f"TensorFlow cannot use {accelerator}: {software.instead_because}"
                yield self.problem.at((*place.path, key), message, hint)


def is_image_id(cloud: str, name: str) -> bool:
    """Return whether a name is a cloud's own name of one image."""
    return IMAGE_IDS[cloud].fullmatch(name) is not None


def _named(blueprint: Blueprint) -> Iterator[tuple[Path, str, str, str]]:
    """Yield path, cloud, machine type and image of every cluster of machines and of every bastion."""
    for place, cluster in machine_clusters(blueprint):
        yield place.path, place.at.cloud, cluster.machine, cluster.image
    for at in sites(blueprint):
        if at.site.access.kind == "bastion":
            yield (*at.path, "access"), at.cloud, bastion_machine(at.site), bastion_image(at.site)


def _machines(blueprint: Blueprint) -> Iterator[tuple[Path, str, str]]:
    """Yield path, cloud and machine type of all that have one: what `_named` yields, and heads that say theirs."""
    yield from ((path, cloud, name) for path, cloud, name, _ in _named(blueprint))
    for place, cluster in machine_clusters(blueprint):
        if cluster.scheduler and cluster.scheduler.machine:
            yield (*place.path, "scheduler"), place.at.cloud, cluster.scheduler.machine


def _software(blueprint: Blueprint) -> Iterator[tuple[ClusterPlace, str, str, Software]]:
    """Yield every cluster with its accelerator, the key that chose it, and what to install for it."""
    for place in clusters(blueprint):
        if isinstance(place.cluster, SliceCluster):
            known, key = slice_type(place.cluster.accelerator), "accelerator"
            name, arch = (known.accelerator, known.arch) if known else (None, "amd64")
        else:
            found, key = host(place.at.cloud, place.cluster), "attached" if place.cluster.attached else "machine"
            name, arch = (found.accelerator, found.arch) if found else (None, "amd64")
        software = software_for(name, arch) if name else None
        if name and software:
            yield place, name, key, software


def _equivalent(cloud: str, other: str, name: str) -> str:
    """Return a hint with this cloud's machine that has the same accelerators, if there is one."""
    wanted = machine(other, name)
    for candidate in machine_names(cloud):
        here = machine(cloud, candidate)
        if (
            here
            and wanted
            and wanted.accelerator
            and (here.accelerator, here.accelerators)
            == (
                wanted.accelerator,
                wanted.accelerators,
            )
        ):
            return f"{cloud.upper()} has {wanted.accelerators} x {wanted.accelerator} as {candidate}"
    return ""


RULES: tuple[Rule[Blueprint], ...] = (
    UnknownMachine(),
    ForeignMachine(),
    UnknownSlice(),
    UnknownImage(),
    UnknownRuntime(),
    RefusedSoftware(),
    OtherBackend(),
)
