"""Releases and packages that a cluster pins: what cannot be installed, or not beside each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, MachineCluster
from rackwright.catalog import image, slice_type
from rackwright.catalog.pins import locked, pinnable, pinned, stack_for, unfit
from rackwright.catalog.software import software_for
from rackwright.derive.choice import host
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import ClusterPlace, clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
"""Versions of Python that locks are made for."""
RIVALS = frozenset(
    ("intel-tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-intel", "tensorflow-rocm", "tf-nightly")
)
"""Packages that hold a module `tensorflow` as well."""


class UnknownRelease(Rule[Blueprint]):
    """A release that there are no locks of."""

    problem = Problem(
        "SOFT-E105",
        Severity.ERROR,
        "This release cannot be installed",
        "Hosts install TensorFlow from locks that hold the hash of every file, so that a cluster of next year is the "
        "cluster that was reviewed. Locks are kept of the releases that the catalog lists as locked: "
        "`rackwright catalog software` prints them.",
        "software: {version: 2.20.0}",
        ("https://www.tensorflow.org/install/source#tested_build_configurations",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every release that is asked for."""
        for place, version in _asked(subject):
            if version not in pinnable():
                message = f"there are no locks of TensorFlow {version}"
                alike = [one for one in pinnable() if one.rpartition(".")[0] == version.rpartition(".")[0]]
                hint = f"take {' or '.join(alike)}" if alike else f"take one of {', '.join(pinnable())}"
                yield self.problem.at((*place.path, "software", "version"), message, hint)


class UnfitRelease(Rule[Blueprint]):
    """A release that does not run on the cluster's accelerators, or not on the Python of its image."""

    problem = Problem(
        "SOFT-E106",
        Severity.ERROR,
        "The release does not run on these hosts",
        "A build of TensorFlow holds kernels for some generations of GPUs and is made for some versions of Python. "
        "Where no build serves the accelerator the benchmark runs on JAX, whose TensorFlow is not for you to choose; "
        "TPU slices bring their software with `runtime`.",
        "software: {version: 2.19.1}\nimage: ubuntu-24.04",
        ("https://www.tensorflow.org/install/pip", "https://github.com/tensorflow/tensorflow/issues/89272"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every release that is asked for and known."""
        for place, version in _asked(subject):
            why = _why_not(place, version) if version in pinnable() else ""
            if why:
                fit = [one for one in pinnable() if not _why_not(place, one)]
                hint = f"take {' or '.join(fit)}" if fit else "remove version"
                message = f"TensorFlow {version} cannot be installed: {why}"
                yield self.problem.at((*place.path, "software", "version"), message, hint)


class PinnedTwice(Rule[Blueprint]):
    """A package at two versions."""

    problem = Problem(
        "SOFT-E107",
        Severity.ERROR,
        "A package is pinned twice",
        "One environment holds one version of a package. Upper and lower case, hyphens, dots and underscores are the "
        "same to package indexes.",
        "software: {requirements: [einops==0.8.1]}",
        ("https://packaging.python.org/en/latest/specifications/name-normalization/",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every package."""
        for place in clusters(subject):
            seen: dict[str, str] = {}
            for path, name, _ in _packages(place):
                if name in seen:
                    yield self.problem.at(path, f"{name} is pinned already: {seen[name]}", "remove one of the two")
                seen.setdefault(name, _text(place, path))


class AgainstTheLock(Rule[Blueprint]):
    """A package at another version than the framework's lock has it."""

    problem = Problem(
        "SOFT-E108",
        Severity.ERROR,
        "A package contradicts the framework's lock",
        "What TensorFlow or JAX and the benchmark need is installed from a lock first, and packages of your own must "
        "stand beside it. Replacing one of its packages would make another environment than the one that is validated; "
        "so would tensorflow-cpu and others, which bring the same files under another name.",
        "software: {requirements: [einops==0.8.1]}",
        ("https://docs.astral.sh/uv/pip/compile/", "https://www.tensorflow.org/install/pip"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every package that the locks of the cluster's hosts hold as well."""
        for place in clusters(subject):
            locks = list(_locks(place)) if place.cluster.software.requirements else []
            for path, name, version in _packages(place):
                held = {lock[name] for lock in locks if name in lock}
                if held and version not in held and all(name in lock for lock in locks):
                    message = f"the lock holds {name} {' or '.join(sorted(held))}"
                    yield self.problem.at(path, message, f"remove {_text(place, path)}: it is installed anyway")
                elif name in RIVALS and not held and any("tensorflow" in lock for lock in locks):
                    message = f"{name} puts files of another TensorFlow in place of the lock's"
                    yield self.problem.at(path, message, "remove it; version: says which TensorFlow is installed")


def _asked(blueprint: Blueprint) -> Iterator[tuple[ClusterPlace, str]]:
    """Yield every cluster that asks for a release, and which."""
    for place in clusters(blueprint):
        if place.cluster.software.version:
            yield place, place.cluster.software.version


def _accelerator(place: ClusterPlace) -> tuple[str | None, str]:
    """Return the accelerator of a cluster (None: it has none, or is not known), and its architecture."""
    if isinstance(place.cluster, MachineCluster):
        found = host(place.at.cloud, place.cluster)
        return (found.accelerator, found.arch) if found else (None, "amd64")
    known = slice_type(place.cluster.accelerator)
    return (known.accelerator, known.arch) if known else (None, "amd64")


def _python(place: ClusterPlace) -> str | None:
    """Return the Python of a cluster's image, None where it is not known."""
    if not isinstance(place.cluster, MachineCluster):
        return None
    known = image(place.at.cloud, place.cluster.image, _accelerator(place)[1])
    return known.python if known else None


def _why_not(place: ClusterPlace, version: str) -> str:
    """Return why a release is not for a cluster; "" where it is, or nothing is, which is another rule's business."""
    chip, arch = _accelerator(place)
    stack = software_for(chip, arch)
    if stack is None or stack.refused:
        return ""
    python, most = _python(place), pinned(stack, version).python_max
    old = python and most and PYTHONS.index(python) > PYTHONS.index(most)
    of_image = f"the image brings Python {python}, and it is built for {most} at most"
    return unfit(stack, version) or (of_image if old else "")


def _locks(place: ClusterPlace) -> Iterator[dict[str, str]]:
    """Yield what may be installed on a cluster's hosts: one lock, or one for each Python its image may have."""
    version, (chip, arch), python = place.cluster.software.version, _accelerator(place), _python(place)
    stacks = (stack_for(chip, arch, version), stack_for(None, arch, version))
    variant = next((one.variant for one in stacks if one and one.variant), "")
    found = (locked(variant, one) for one in ([python] if python else PYTHONS))
    yield from (one for one in found if one)


def _packages(place: ClusterPlace) -> Iterator[tuple[Path, str, str]]:
    """Yield where each package of a cluster stands, its name as indexes write it, and its version."""
    for number, one in enumerate(place.cluster.software.requirements):
        name, version = one.split("==")
        bare = re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()
        yield (*place.path, "software", "requirements", number), bare, version


def _text(place: ClusterPlace, path: Path) -> str:
    """Return a package as it was written."""
    return place.cluster.software.requirements[int(path[-1])]


RULES: tuple[Rule[Blueprint], ...] = (UnknownRelease(), UnfitRelease(), PinnedTwice(), AgainstTheLock())
