"""TensorFlow releases and drivers against accelerators."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rackwright.catalog import (
    Software,
    accelerator,
    all_software,
    driver_for,
    machines,
    tensorflow_fit,
    tensorflow_release,
    tensorflow_releases,
)

CHOSEN = [each for each in all_software() if each.tensorflow and each.accelerator]


@pytest.mark.parametrize(
    ("version", "chip", "arch", "works"),
    [
        ("2.21.0", "H100", "amd64", True),
        ("2.21.0", "B200", "amd64", False),
        ("2.21.0", "GB200", "arm64", False),
        ("2.21.0", "T4G", "arm64", False),
        ("2.21.0", "TPU-v4", "amd64", False),
        ("2.20.0", "TPU-v4", "amd64", True),
        ("2.20.0", "TPU-v6e", "amd64", False),
        ("2.21.0", "Trainium2", "amd64", False),
        ("2.21.0", None, "arm64", True),
    ],
)
def test_fit(version: str, chip: str | None, arch: str, works: bool) -> None:  # noqa: FBT001
    """A release runs, or there is a reason why not."""
    found = tensorflow_fit(version, chip, arch)
    assert found is not None
    assert found.works is works
    assert works or found.reason


def test_volta_needs_an_older_cudnn_with_ranges() -> None:
    """2.21 pulls a cuDNN without Volta's kernels unless it is held; 2.19.1 pins one that has them."""
    held, pinned = tensorflow_fit("2.21.0", "V100"), tensorflow_fit("2.19.1", "V100")
    assert held is not None
    assert pinned is not None
    assert ("9.11" in held.reason, pinned.reason) == (True, "")


def test_what_nobody_looked_up_is_none() -> None:
    """A release or an accelerator that the catalog does not know, and old TPU images."""
    assert tensorflow_fit("1.15.0", "H100") is None
    assert tensorflow_fit("2.21.0", "MI300X") is None
    assert tensorflow_fit("2.16.2", "TPU-v4") is None


def minor(python: str) -> int:
    """Return the minor number of a Python, as 10 of 3.10."""
    return int(python.partition(".")[2])


@pytest.mark.parametrize("each", CHOSEN, ids=lambda each: f"{each.accelerator}:{each.arch}")
def test_the_chosen_stack_agrees(each: Software) -> None:
    """Where the matrix runs TensorFlow on the accelerator it fits, and its Pythons are some of the release's."""
    assert each.tensorflow is not None
    release, fit = tensorflow_release(each.tensorflow), tensorflow_fit(each.tensorflow, each.accelerator, each.arch)
    assert release is not None
    assert fit is not None
    assert fit.works == (each.backend == "tensorflow")
    if each.backend == "tensorflow" and each.driver_branch:
        pythons = (release.python_min, each.python_min, each.python_max, release.python_max)
        assert all(one and other and minor(one) <= minor(other) for one, other in pairwise(pythons))


def test_drivers_bound_the_matrix() -> None:
    """The branch and flavor that the matrix installs are ones that the accelerator runs."""
    for each in all_software():
        driver = driver_for(each.accelerator or "")
        if driver is None or each.driver_branch is None:
            continue
        assert (driver.branch_min or 0) <= int(each.driver_branch) <= (driver.branch_max or 10_000)
        assert not driver.only or driver.kernel_modules == each.kernel_modules


def test_every_nvidia_accelerator_has_a_driver() -> None:
    """And nothing else has one."""
    used = {each.accelerator for each in machines() if each.accelerator}
    for name in used:
        chip = accelerator(name)
        assert chip is not None
        assert (driver_for(name) is not None) == (chip.vendor == "nvidia")


def test_releases_are_in_order() -> None:
    """Oldest first, Python ranges the right way round."""
    versions = [tuple(map(int, each.version.split("."))) for each in tensorflow_releases()]
    assert versions == sorted(versions)
    ranges = [
        tuple(tuple(map(int, end.split("."))) for end in (each.python_min, each.python_max))
        for each in tensorflow_releases()
    ]
    assert all(oldest <= newest for oldest, newest in ranges)
