"""Images whose operating system cannot be configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.catalog import image, images, machine
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
"""Versions for which the tensorflow role has lock files."""


class UnlockedPython(Rule[Blueprint]):
    """An image with a Python for which nothing can be installed."""

    problem = Problem(
        "SOFT-E103",
        Severity.ERROR,
        "Nothing can be installed for the image's Python",
        "Hosts run the benchmark on the Python of their image, and every package comes from a lock file with its hash. "
        "There are lock files for Python 3.10 to 3.13, as TensorFlow supports them; Amazon Linux 2023 brings 3.9. An "
        "image of your own with a newer Python is no alias, and not judged.",
        "image: ubuntu-24.04",
        ("https://www.tensorflow.org/install/pip", "https://docs.aws.amazon.com/linux/al2023/ug/python.html"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines with an image alias."""
        for place, cluster in machine_clusters(subject):
            cloud, host = place.at.cloud, machine(place.at.cloud, cluster.machine)
            arch = host.arch if host else "amd64"
            known = image(cloud, cluster.image, arch)
            if known and known.python and known.python not in PYTHONS:
                message = f"{known.alias} brings Python {known.python}; served are {PYTHONS[0]} to {PYTHONS[-1]}"
                others = [one.alias for one in images(cloud) if one.arch == arch and one.python in PYTHONS]
                yield self.problem.at((*place.path, "image"), message, f"take one of {', '.join(others)}")


RULES: tuple[Rule[Blueprint], ...] = (UnlockedPython(),)
