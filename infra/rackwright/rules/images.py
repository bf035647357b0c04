"""Images that cannot be configured, whose driver is not their machine's, or that nobody mends any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.catalog import image, images
from rackwright.catalog.images import no_client
from rackwright.catalog.releases import driver_for
from rackwright.catalog.software import software_for
from rackwright.derive.choice import host
from rackwright.derive.images import aliases
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.dated import Dated
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import Image
    from rackwright.catalog.releases import Driver

NOTICE = 90
"""Days before the end of an image from which on it is told."""
DRIVERS = "https://docs.nvidia.com/datacenter/tesla/driver-installation-guide/"
LIFE = ("https://endoflife.date/", "https://cloud.google.com/compute/docs/images/os-image-lifecycle")


class UnservedPython(Rule[Blueprint]):
    """An image with a Python for which nothing can be installed."""

    problem = Problem(
        "SOFT-E103",
        Severity.ERROR,
        "Nothing can be installed for the image's Python",
        "Hosts run the benchmark on the Python of their image, or on the one that is installed where that is too old, "
        "and every release of TensorFlow is built for some versions alone. Volta GPUs stay with TensorFlow 2.19, the "
        "last whose libraries serve them, and that ends with Python 3.12. An image of your own is not judged.",
        "image: ubuntu-24.04",
        ("https://www.tensorflow.org/install/pip",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines with an image alias."""
        for path, known, accelerator in _known(subject):
            served = software_for(accelerator, known.arch)
            if served and known.python and not is_served(known, accelerator):
                for_whom = f" for {accelerator}" if accelerator else ""
                message = f"{known.alias} brings Python {known.python}; served{for_whom} are {served.python_min} to "
                alike = (one for one in images(known.cloud) if one.arch == known.arch and is_served(one, accelerator))
                hint = f"take one of {', '.join(one.alias for one in alike)}"
                yield self.problem.at((*path, "image"), f"{message}{served.python_max}", hint)


class OtherDriver(Rule[Blueprint]):
    """An image that brings a driver which does not know the machine's accelerators."""

    problem = Problem(
        "SOFT-E104",
        Severity.ERROR,
        "The image's driver does not drive the accelerator",
        "An image with a driver keeps it: nothing is replaced behind your back, and hosts whose accelerators do not "
        "answer are refused. Driver branches after 580 know no GPU before Turing, open kernel modules neither, and "
        "Blackwell GPUs have no other modules than the open ones. On a plain image the branch and the modules "
        "that the accelerator needs are installed.",
        "image: ubuntu-24.04",
        (DRIVERS, "https://docs.aws.amazon.com/dlami/latest/devguide/"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines whose image has a driver."""
        for path, known, accelerator in _known(subject):
            needs = driver_for(accelerator or "") if known.driver else None
            why = _mismatch(known, needs) if needs else ""
            if why:
                modules = f" with {known.driver_modules} kernel modules" if known.driver_modules else ""
                message = f"{known.alias} holds driver {known.driver}{modules}; {accelerator} needs {why}"
                hint = f"take {known.os}: the right driver is installed on it"
                yield self.problem.at((*path, "image"), message, hint)


class NoAgent(Rule[Blueprint]):
    """Sessions to hosts whose image brings no agent for them."""

    problem = Problem(
        "ACC-W115",
        Severity.WARNING,
        "The image is not known to answer sessions",
        "Sessions of Systems Manager are answered by an agent on the host, and a compiled machine brings what its "
        "image brings. AWS lists images of Amazon Linux and Ubuntu with the agent, none of Debian and Rocky Linux: "
        "their hosts are never reached to be configured. An image of your own may hold it, and is not judged.",
        "access: {kind: ssm}\nclusters: {train: {image: ubuntu-24.04}}",
        (
            "https://docs.aws.amazon.com/systems-manager/latest/userguide/ami-preinstalled-agent.html",
            "https://github.com/buildkite/elastic-ci-stack-for-aws/pull/738",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of a site that is reached by sessions."""
        for place, cluster in machine_clusters(subject):
            known = host(place.at.cloud, cluster)
            of_image = image(place.at.cloud, cluster.image, known.arch) if known else None
            why = no_client(of_image, place.at.site.access.kind) if of_image else None
            if why:
                hint = "take an image of Ubuntu or Amazon Linux, or one of your own that holds the agent"
                yield self.problem.at((*place.path, "image"), why, hint)


class EndOfLife(Rule[Dated]):
    """An image that nobody mends any more."""

    problem = Problem(
        "MACH-E141",
        Severity.ERROR,
        "The image is at its end of life",
        "Holes that are found in it from now on stay open, packages leave the mirrors, and clouds withdraw the image. "
        "Judged by `check` alone, by today or by `--now`; `compile` knows no day.",
        "image: ubuntu-24.04",
        LIFE,
    )

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at every image alias in use."""
        for path, known, left in _left(subject):
            if left < 0:
                message = f"{known.alias} has not been mended since {known.eol}"
                yield self.problem.at(path, message, _newer(known, subject.today))


class EndNear(Rule[Dated]):
    """An image that will soon not be mended any more."""

    problem = Problem(
        "MACH-W142",
        Severity.WARNING,
        "The image nears its end of life",
        f"In {NOTICE} days or less nobody mends it any more. Moving a cluster to another image replaces its nodes, so "
        "it wants a plan. Judged by `check` alone, by today or by `--now`.",
        "image: ubuntu-24.04",
        LIFE,
    )

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at every image alias in use."""
        for path, known, left in _left(subject):
            if 0 <= left <= NOTICE:
                message = f"{known.alias} is mended until {known.eol}, {left} more days"
                yield self.problem.at(path, message, _newer(known, subject.today))


def is_served(known: Image, accelerator: str | None) -> bool:
    """Return whether what runs on an accelerator can be installed for the Python of an image; True if not known."""
    served = software_for(accelerator, known.arch)
    if served is None or not (known.python and served.python_min and served.python_max):
        return True
    return _version(served.python_min) <= _version(known.python) <= _version(served.python_max)


def drives(known: Image, accelerator: str | None) -> bool:
    """Return whether the driver in an image, if there is one, drives an accelerator, as far as it is known."""
    needs = driver_for(accelerator or "")
    return needs is None or not _mismatch(known, needs)


def _mismatch(known: Image, needs: Driver) -> str:
    """Return what an accelerator needs and the driver in an image is not; "" where they fit, or there is none."""
    if known.driver is None:
        return ""
    if needs.branch_max is not None and known.driver > needs.branch_max:
        return f"branch {needs.branch_max} at most"
    if needs.branch_min is not None and known.driver < needs.branch_min:
        return f"branch {needs.branch_min} at least"
    other = needs.only and known.driver_modules not in {None, needs.kernel_modules}
    return f"{needs.kernel_modules} ones" if other else ""


def _known(blueprint: Blueprint) -> Iterator[tuple[Path, Image, str | None]]:
    """Yield every cluster of machines with an image alias: its path, the image, the accelerator of its machines."""
    for place, cluster in machine_clusters(blueprint):
        found = host(place.at.cloud, cluster)
        known = image(place.at.cloud, cluster.image, found.arch) if found else None
        if found and known:
            yield place.path, known, found.accelerator


def _left(subject: Dated) -> Iterator[tuple[Path, Image, int]]:
    """Yield every image alias in use with its place and the days that are left of its life."""
    for alias, path in aliases(subject.blueprint):
        known = image(alias.cloud, alias.name, alias.arch)
        if known and known.eol:
            yield path, known, (date.fromisoformat(known.eol) - subject.today).days


def _newer(known: Image, today: date) -> str:
    """Return a hint with the aliases alike that live on."""
    suffix = known.alias.removeprefix(known.os)
    others = (one for one in images(known.cloud) if one.arch == known.arch and one.alias != known.alias)
    alike = (one for one in others if one.alias.removeprefix(one.os) == suffix)
    return f"take one of {', '.join(one.alias for one in alike if (one.eol or '') > today.isoformat())}"


def _version(python: str) -> tuple[int, ...]:
    return tuple(map(int, python.split(".")))


RULES: tuple[Rule[Blueprint], ...] = (UnservedPython(), OtherDriver(), NoAgent())
DATED: tuple[Rule[Dated], ...] = (EndOfLife(), EndNear())
