"""Image aliases: how each is looked up in its cloud, who logs in, which Python it brings."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from rackwright.catalog.reading import rows, whole, words, yes
from rackwright.catalog.types import Arch, Cloud
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Image:
    """How an image alias is looked up, for one architecture.

    AWS: newest image of `owner` whose name matches `name_filter`, or the public parameter `parameter`.
    GCP: newest image of `family` in `project`. `os` is the operating system in it, `user` the login that the image
    makes by itself (None: users come from metadata), `root_device` the name of its boot disk (AWS), `disk_gib` the
    least that it fits on. `python` is the interpreter that TensorFlow gets: the operating system's own, or that of
    `python_package`, which is installed. `driver` is the branch of the NVIDIA driver that is in it (None: none),
    `driver_modules` the flavor of its kernel modules, `includes` what else is in it. `eol` is the last day on which
    it is mended without a contract.
    """

    cloud: Cloud
    alias: str
    arch: Arch
    os: str
    owner: str | None
    name_filter: str | None
    parameter: str | None
    project: str | None
    family: str | None
    user: str | None
    root_device: str | None
    python: str | None
    python_package: str | None
    driver: int | None
    driver_modules: Literal["open", "proprietary"] | None
    includes: tuple[str, ...]
    disk_gib: int | None
    eol: str | None
    verified: bool
    sources: tuple[str, ...]
    notes: str


def image(cloud: str, alias: str, arch: str = "amd64") -> Image | None:
    """Return an image alias of a cloud for an architecture."""
    return _images().get((cloud, alias, arch))


def images(cloud: str | None = None) -> tuple[Image, ...]:
    """Return all image aliases of one cloud, or of both, per architecture."""
    return tuple(image for image in _images().values() if cloud in {None, image.cloud})


def image_aliases(cloud: str) -> tuple[str, ...]:
    """Return the names of a cloud's image aliases."""
    return tuple(dict.fromkeys(image.alias for image in images(cloud)))


def no_client(known: Image, kind: str) -> str | None:
    """Return why a kind of storage cannot be mounted on an image; None where nothing is known against it."""
    refused = _refused()
    return refused.get((known.cloud, kind, known.os, "")) or refused.get((known.cloud, kind, known.os, known.arch))


@cache
def _refused() -> dict[tuple[str, str, str, str], str]:
    return {(row["cloud"], row["kind"], row["os"], row["arch"]): row["why_not"] for row in rows("clients")}


@cache
def _images() -> dict[tuple[str, str, str], Image]:
    return {(row["cloud"], row["alias"], row["arch"]): _image(row) for row in rows("images")}


def _image(row: dict[str, str]) -> Image:
    return Image(
        cloud=cast("Cloud", row["cloud"]),
        alias=row["alias"],
        arch=cast("Arch", row["arch"]),
        os=row["os"],
        owner=row["owner"] or None,
        name_filter=row["name_filter"] or None,
        parameter=row["parameter"] or None,
        project=row["project"] or None,
        family=row["family"] or None,
        user=row["user"] or None,
        root_device=row["root_device"] or None,
        python=row["python"] or None,
        python_package=row["python_package"] or None,
        driver=whole(row["driver"]),
        driver_modules=cast('Literal["open", "proprietary"] | None', row["driver_modules"] or None),
        includes=words(row["includes"]),
        disk_gib=whole(row["disk_gib"]),
        eol=row["eol"] or None,
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
