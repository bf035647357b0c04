"""Releases of TensorFlow that a blueprint asks for: what is installed then, and what its lock holds."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rackwright.catalog.releases import tensorflow_fit, tensorflow_release, tensorflow_releases
from rackwright.catalog.software import all_software, software_for
from rackwright.system.shipped import shipped

if TYPE_CHECKING:
    from rackwright.catalog.software import Software

LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ]+)", re.MULTILINE)
PINNED = "{build}-{version}"
"""The variant of a build at another release than the catalog's newest."""


def pinnable() -> tuple[str, ...]:
    """Return the releases that a blueprint can ask for, oldest first."""
    return tuple(one.version for one in tensorflow_releases() if one.locked)


def pinned(stack: Software, version: str) -> Software:
    """Return the stack with another release of TensorFlow: its locks, its libraries, its versions of Python."""
    release = tensorflow_release(version)
    if release is None or stack.tensorflow is None or stack.variant is None or version == stack.tensorflow:
        return stack
    build = stack.variant.removesuffix(f"-{stack.tensorflow}")
    newest = version == pinnable()[-1]
    return replace(
        stack,
        tensorflow=version,
        variant=build if newest else PINNED.format(build=build, version=version),
        requirements=tuple(one.replace(stack.tensorflow, version) for one in stack.requirements),
        cuda=stack.cuda and release.cuda,
        cudnn=stack.cudnn and release.cudnn,
        python_min=release.python_min,
        python_max=release.python_max,
    )


def unfit(stack: Software, version: str) -> str:
    """Return why a release cannot be pinned for a stack; "" where it can."""
    if stack.variant is None:
        return "the software version of a slice brings what uses its chips: `runtime` says which"
    fit = tensorflow_fit(version, stack.accelerator, stack.arch)
    return fit.reason if fit else ""


def variants() -> dict[str, Software]:
    """Return what every lock is made of, by variant: the matrix, and the releases that can be pinned in it."""
    stacks = [one for one in all_software() if one.variant]
    asked = [pinned(one, version) for one in stacks for version in pinnable() if not unfit(one, version)]
    return {str(one.variant): one for one in (*asked, *stacks)}


def stack_for(accelerator: str | None, arch: str, version: str | None = None) -> Software | None:
    """Return what is installed for an accelerator (None: for the CPU) where a blueprint asks for a release or not."""
    stack = software_for(accelerator, arch)
    return pinned(stack, version) if stack and version else stack


@cache
def locked(variant: str, python: str) -> dict[str, str]:
    """Return the packages of a lock with their versions; nothing where there is no such lock."""
    path = shipped("ansible") / f"roles/tensorflow/files/locks/{variant}-py{python.replace('.', '')}.txt"
    return dict(LOCKED.findall(path.read_text(encoding="utf-8"))) if path.exists() else {}
