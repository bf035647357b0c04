"""What runs the benchmark on which accelerator: TensorFlow x Python x CUDA x cuDNN x driver."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from rackwright.catalog.reading import rows, words
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Software:
    """The validation stack of an accelerator (None: hosts without one) on an architecture.

    `requirements` are what is installed, from the lock files of `variant` (None: there are none, hosts get what serves
    their CPU); `backend` is Keras's. Where it is not TensorFlow, `instead_because` says
    why, and TensorFlow serves on the CPU at most. `refused` says why nothing can be installed: a blueprint error.
    `cuda` and `cudnn` are versions or ranges, `driver_branch` the NVIDIA branch to hold, Python from and to inclusive.
    """

    accelerator: str | None
    arch: str
    tensorflow: str | None
    backend: Literal["tensorflow", "jax"] | None
    variant: str | None
    requirements: tuple[str, ...]
    cuda: str | None
    cudnn: str | None
    driver_branch: str | None
    kernel_modules: Literal["open", "proprietary"] | None
    python_min: str | None
    python_max: str | None
    instead_because: str | None
    refused: str | None
    sources: tuple[str, ...]


def software_for(accelerator: str | None, arch: str = "amd64") -> Software | None:
    """Return what to install for an accelerator, None where the catalog does not know."""
    return _software().get((accelerator or "", arch))


def all_software() -> tuple[Software, ...]:
    """Return the whole matrix."""
    return tuple(_software().values())


@cache
def _software() -> dict[tuple[str, str], Software]:
    return {(row["accelerator"], row["arch"]): _row(row) for row in rows("software")}


def _row(row: dict[str, str]) -> Software:
    return Software(
        accelerator=row["accelerator"] or None,
        arch=row["arch"],
        tensorflow=row["tensorflow"] or None,
        backend=cast('Literal["tensorflow", "jax"] | None', row["backend"] or None),
        variant=row["variant"] or None,
        requirements=words(row["requirements"]),
        cuda=row["cuda"] or None,
        cudnn=row["cudnn"] or None,
        driver_branch=row["driver_branch"] or None,
        kernel_modules=cast('Literal["open", "proprietary"] | None', row["kernel_modules"] or None),
        python_min=row["python_min"] or None,
        python_max=row["python_max"] or None,
        instead_because=row["instead_because"] or None,
        refused=row["refused"] or None,
        sources=words(row["sources"]),
    )
