"""TensorFlow releases and NVIDIA drivers: which accelerator runs which, and why another does not."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from rackwright.catalog.accelerators import accelerator as known_accelerator
from rackwright.catalog.reading import rows, whole, words, yes
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Release:
    """A TensorFlow release: Python from and to inclusive, the CUDA libraries its GPU build pulls (version or range).

    The build holds kernels for compute capabilities `capability_min` to `capability_max`. `tpu` says whether there is
    a tensorflow-tpu of this version (None: not looked up); `locked`, whether the role has locks of it, so that a
    blueprint can ask for it.
    """

    version: str
    python_min: str
    python_max: str
    cuda: str
    cudnn: str
    nccl: str
    driver_min: str
    capability_min: str
    capability_max: str
    tpu: bool | None
    locked: bool
    sources: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class Driver:
    """What an NVIDIA accelerator needs of its driver: branches from and to inclusive (None: no bound known).

    `kernel_modules` is the flavor to install; `only` says that the other does not work. `daemons` must run at the
    driver's own version, on hosts with NVLink switches.
    """

    accelerator: str
    kernel_modules: Literal["open", "proprietary"]
    only: bool
    branch_min: int | None
    branch_max: int | None
    daemons: tuple[str, ...]
    sources: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a TensorFlow release runs on an accelerator; `reason` says why not, or under which condition."""

    works: bool
    reason: str
    sources: tuple[str, ...]


def tensorflow_releases() -> tuple[Release, ...]:
    """Return the releases, oldest first."""
    return tuple(_releases().values())


def tensorflow_release(version: str) -> Release | None:
    """Return a release by its version, as 2.21.0."""
    return _releases().get(version)


def driver_for(accelerator: str) -> Driver | None:
    """Return what an accelerator needs of its driver, None where it has none or the catalog does not know."""
    return _drivers().get(accelerator)


def tensorflow_fit(version: str, accelerator: str | None, arch: str = "amd64") -> Fit | None:
    """Return whether a TensorFlow release runs on an accelerator (None: CPU), None where the catalog cannot say."""
    release = tensorflow_release(version)
    if release is None:
        return None
    if accelerator is None:
        return Fit(works=True, reason="", sources=release.sources)
    chip = known_accelerator(accelerator)
    if chip is None:
        return None
    match chip.vendor:
        case "nvidia":
            return _on_gpu(release, chip.compute_capability, arch)
        case "google":
            return _on_tpu(release, accelerator)
        case _:
            return _no("the Neuron SDK no longer supports TensorFlow", "aws-neuron")


def _on_gpu(release: Release, capability: str | None, arch: str) -> Fit | None:
    if arch == "arm64":
        return _no("TensorFlow has no GPU build for arm64", *release.sources)
    if capability is None:
        return None
    if _number(capability) > _number(release.capability_max):
        return _no(f"its wheels hold no kernels for compute capability {capability}", *release.sources, "tf-89272")
    if _number(capability) < _number(release.capability_min):
        return _no(f"its wheels hold no kernels below {release.capability_min}", *release.sources)
    if _number(capability) < (7, 5) and "<10" in release.cudnn:
        reason = "only with cuDNN below 9.11: later ones hold no kernels for Volta and older"
        return Fit(works=True, reason=reason, sources=(*release.sources, "cudnn-feedstock-124"))
    return Fit(works=True, reason="", sources=release.sources)


def _on_tpu(release: Release, accelerator: str) -> Fit | None:
    if release.tpu is None:
        return None
    if not release.tpu:
        return _no(f"there is no tensorflow-tpu {release.version}", "tf-tpu-wheel")
    if accelerator not in {"TPU-v2", "TPU-v3", "TPU-v4"}:
        return _no("the images of this generation document PyTorch and JAX only", "gcp-tpu-runtimes")
    return Fit(works=True, reason="", sources=("tf-tpu-wheel",))


def _no(reason: str, *sources: str) -> Fit:
    return Fit(works=False, reason=reason, sources=tuple(dict.fromkeys(sources)))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@cache
def _releases() -> dict[str, Release]:
    return {
        row["version"]: Release(
            **{name: row[name] for name in _TEXTS},
            tpu=yes(row["tpu"]) if row["tpu"] else None,
            locked=yes(row["locked"]),
            sources=words(row["sources"]),
        )
        for row in rows("tensorflow")
    }


_TEXTS = (
    "version", "python_min", "python_max", "cuda", "cudnn", "nccl", "driver_min", "capability_min", "capability_max",
    "notes",
)  # fmt: skip


@cache
def _drivers() -> dict[str, Driver]:
    return {row["accelerator"]: _driver(row) for row in rows("drivers")}


def _driver(row: dict[str, str]) -> Driver:
    return Driver(
        accelerator=row["accelerator"],
        kernel_modules=cast('Literal["open", "proprietary"]', row["kernel_modules"]),
        only=yes(row["only"]),
        branch_min=whole(row["branch_min"]),
        branch_max=whole(row["branch_max"]),
        daemons=words(row["daemons"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
