"""TPU slices: shapes that do not hold their chips, software of others, slices that do not train together."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, SliceCluster
from rackwright.catalog import SHAPED, runtime_generations, runtime_names, slice_type
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.places import ClusterPlace, clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import SliceType

RUNTIMES = "https://cloud.google.com/tpu/docs/runtimes"
ALONE = re.compile(r"tpu-vm-tf-\d(?!.*-pod)")
"""TensorFlow's software for slices of one host; the one for several has -pod in its name."""
PUBLISHED = re.compile(r"tpu-vm-.+")
"""Software that is published for every release of a framework, so that no list has it all."""
APART = frozenset({"v2", "v3"})
"""Generations whose slices do not train together."""
SIDES = 3
CUBE = 4
SMALL = frozenset({"2x2x1", "2x2x2", "2x2x4", "2x4x4"})
"""Shapes of what is smaller than two cubes and no cube."""


class WrongTopology(Rule[Blueprint]):
    """A topology that is not one of the slice's."""

    problem = Problem(
        "MACH-E111",
        Severity.ERROR,
        "The topology is not one of the slice's",
        "The sides of a topology multiply to the chips of the slice. The number in a slice's name counts chips for v5e "
        "and v6e, but TensorCores, two per chip, for the other generations: tpu7x-128 has 64 chips on 16 hosts. Slices "
        "of v4 and v5p are made of cubes, so that the sides of large ones are multiples of 4; small ones stand as "
        "2x2x1, 2x2x2, 2x2x4 or 2x4x4. The others have one shape each.",
        "accelerator: v5p-128\ntopology: 4x4x4",
        (
            "https://cloud.google.com/tpu/docs/system-architecture-tpu-vm",
            "https://github.com/AI-Hypercomputer/xpk/blob/main/src/xpk/core/system_characteristics.py",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices that says its topology."""
        for place, cluster, known in _slices(subject):
            if cluster.topology is not None and not _holds(known, cluster.topology):
                message = f"{known.name} has {known.chips} chips, which do not stand as {cluster.topology}"
                yield self.problem.at((*place.path, "topology"), message, f"did you mean {known.topology}?")


class ForeignRuntime(Rule[Blueprint]):
    """Software of another TPU generation."""

    problem = Problem(
        "MACH-E112",
        Severity.ERROR,
        "The TPU software is of another generation",
        "Each generation of TPUs has software of its own. With another one the virtual machine boots without a TPU, "
        "and frameworks fail when they count devices.",
        "accelerator: v6e-16\nruntime: v2-alpha-tpuv6e",
        (RUNTIMES, "https://github.com/jax-ml/jax/issues/13260"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices that says its runtime; software nobody describes passes."""
        for place, cluster, known in _slices(subject):
            made_for = runtime_generations(cluster.runtime or "")
            if made_for and known.generation not in made_for:
                message = f"{cluster.runtime} is the software of TPU {' and '.join(made_for)}, not {known.generation}"
                hint = f"leave runtime out, for {known.runtime_version}" if known.runtime_version else ""
                yield self.problem.at((*place.path, "runtime"), message, hint)


class LonelyRuntime(Rule[Blueprint]):
    """Software for one host on a slice of several."""

    problem = Problem(
        "MACH-E113",
        Severity.ERROR,
        "TPU software for one host on a slice of several",
        "TensorFlow's software for TPUs comes in two kinds. Without -pod every host starts by itself, and training on "
        "the whole slice does not form.",
        "accelerator: v4-32\nruntime: tpu-vm-tf-2.16.1-pod-pjrt",
        (RUNTIMES,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices of several hosts."""
        for place, cluster, known in _slices(subject):
            if known.hosts > 1 and ALONE.match(cluster.runtime or ""):
                message = f"{known.name} has {known.hosts} hosts, {cluster.runtime} is for one"
                yield self.problem.at((*place.path, "runtime"), message, "take the -pod software of the same version")


class StrangeRuntime(Rule[Blueprint]):
    """TPU software that the catalog does not know."""

    problem = Problem(
        "MACH-W116",
        Severity.WARNING,
        "TPU software that is not known",
        "Each generation of TPUs has software under a name of its own, in which a letter is easily missed; the TPU "
        "service refuses names that it does not have. Google may have published more since the catalog was made.",
        "accelerator: v6e-16\nruntime: v2-alpha-tpuv6e",
        (RUNTIMES, "https://github.com/pytorch/xla/issues/8295"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of slices that names its software; what only adds to a known name passes."""
        names = runtime_names()
        for place, cluster, known in _slices(subject):
            said = cluster.runtime or known.runtime_version or ""
            if said and not PUBLISHED.fullmatch(said) and not f"{said}-".startswith(tuple(f"{one}-" for one in names)):
                message = f"the catalog knows no TPU software '{said}'"
                yield self.problem.at((*place.path, "runtime"), message, suggest(said, names))


class ApartSlices(Rule[Blueprint]):
    """Several slices of a generation whose slices do not train together."""

    problem = Problem(
        "MACH-W117",
        Severity.WARNING,
        "Slices of this generation do not train together",
        "Training spans several slices (Multislice) from v4 on. Slices of v2 and v3 are made and work each for itself, "
        "so that several of them serve as many jobs, not one that is larger.",
        "accelerator: v4-32\nslices: 2",
        (
            "https://docs.cloud.google.com/tpu/docs/multislice-introduction",
            "https://github.com/AI-Hypercomputer/maxtext/issues/158",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of several slices."""
        for place, cluster, known in _slices(subject):
            if cluster.slices > 1 and known.generation in APART:
                message = f"{cluster.slices} x {known.name} are {cluster.slices} TPUs, each for itself"
                hint = "for one larger job take a larger slice, or a generation from v4 on"
                yield self.problem.at((*place.path, "slices"), message, hint)


def _slices(blueprint: Blueprint) -> Iterator[tuple[ClusterPlace, SliceCluster, SliceType]]:
    """Yield every cluster of slices that the catalog knows."""
    for place in clusters(blueprint):
        known = slice_type(place.cluster.accelerator) if isinstance(place.cluster, SliceCluster) else None
        if known is not None and isinstance(place.cluster, SliceCluster):
            yield place, place.cluster, known


def _holds(known: SliceType, topology: str) -> bool:
    sides = [int(side) for side in topology.split("x")]
    stands = topology in SMALL or all(side % CUBE == 0 for side in sides)
    shaped = known.generation in SHAPED.values() and len(sides) == SIDES and prod(sides) == known.chips
    return topology == known.topology or (shaped and stands)


RULES: tuple[Rule[Blueprint], ...] = (
    WrongTopology(),
    ForeignRuntime(),
    LonelyRuntime(),
    StrangeRuntime(),
    ApartSlices(),
)
