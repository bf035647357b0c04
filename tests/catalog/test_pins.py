"""Releases of TensorFlow that a blueprint can ask for."""

from __future__ import annotations

import pytest

from rackwright.catalog import software_for, tensorflow_releases
from rackwright.catalog.pins import locked, pinnable, pinned, stack_for, unfit, variants


def test_a_release_that_is_asked_for_changes_all_that_hangs_on_it() -> None:
    """Locks, what they are made of, libraries of CUDA, Python; the driver stays the accelerator's."""
    newest, older = stack_for("L4", "amd64"), stack_for("L4", "amd64", "2.19.1")

    assert newest is not None
    assert older is not None
    assert (older.variant, older.requirements) == ("cuda-2.19.1", ("tensorflow[and-cuda]==2.19.1",))
    assert (older.cuda, older.cudnn, older.python_max) == ("12.5", "9.3.0.75", "3.12")
    assert older.driver_branch == newest.driver_branch


def test_the_release_of_the_catalog_is_what_is_installed_anyway() -> None:
    """Asking for it changes nothing, on the newest GPUs and on those that stay with an older one."""
    for chip in ("H100", "V100", None):
        stack = software_for(chip)
        assert stack is not None
        assert stack.tensorflow is not None
        assert pinned(stack, stack.tensorflow) == stack


@pytest.mark.parametrize(
    ("chip", "arch", "fit"),
    [
        (None, "amd64", ["2.18.1", "2.19.1", "2.20.0", "2.21.0"]),
        (None, "arm64", ["2.18.1", "2.19.1", "2.20.0", "2.21.0"]),
        ("H100", "amd64", ["2.18.1", "2.19.1", "2.20.0", "2.21.0"]),
        ("V100", "amd64", ["2.18.1", "2.19.1"]),
        ("B200", "amd64", []),
        ("GB200", "arm64", []),
        ("TPU-v4", "amd64", []),
    ],
)
def test_which_releases_fit(chip: str | None, arch: str, fit: list[str]) -> None:
    """Those whose kernels serve the accelerator without a condition."""
    stack = software_for(chip, arch)
    assert stack is not None
    assert [one for one in pinnable() if not unfit(stack, one)] == fit


def test_locks_hold_the_release_that_they_are_named_by() -> None:
    """Every variant, for every Python that it is locked for."""
    held = {
        (variant, version)
        for variant, stack in variants().items()
        for python in ("3.10", "3.11", "3.12", "3.13")
        for name, version in locked(variant, python).items()
        if name in {"tensorflow", "tensorflow-cpu"} and version != stack.tensorflow
    }

    assert held == set()
    assert all(locked(variant, "3.12") for variant in variants())
    assert locked("cuda", "2.7") == {}


def test_what_is_not_locked_cannot_be_asked_for() -> None:
    """Releases are listed whose libraries are not found, or that nobody tried."""
    assert {one.version for one in tensorflow_releases()} - set(pinnable()) == {"2.16.2", "2.17.1"}
