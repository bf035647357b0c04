"""Image aliases: how each is looked up in its cloud, who logs in, which Python it brings."""

from __future__ import annotations

from functools import cache
from typing import cast

from rackwright.catalog.reading import rows, words, yes
from rackwright.catalog.types import Arch, Cloud
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Image:
    """How an image alias is looked up, for one architecture.

    AWS: newest image of `owner` whose name matches `name_filter`, or the public parameter `parameter`.
    GCP: newest image of `family` in `project`. `user` is the login that the image makes by itself (None: users come
    from metadata), `root_device` the name of its boot disk (AWS), `python` the interpreter of its operating system,
    `driver` whether an accelerator driver is in it.
    """

    cloud: Cloud
    alias: str
    arch: Arch
    owner: str | None
    name_filter: str | None
    parameter: str | None
    project: str | None
    family: str | None
    user: str | None
    root_device: str | None
    python: str | None
    driver: bool
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


@cache
def _images() -> dict[tuple[str, str, str], Image]:
    return {(row["cloud"], row["alias"], row["arch"]): _image(row) for row in rows("images")}


def _image(row: dict[str, str]) -> Image:
    return Image(
        cloud=cast("Cloud", row["cloud"]),
        alias=row["alias"],
        arch=cast("Arch", row["arch"]),
        owner=row["owner"] or None,
        name_filter=row["name_filter"] or None,
        parameter=row["parameter"] or None,
        project=row["project"] or None,
        family=row["family"] or None,
        user=row["user"] or None,
        root_device=row["root_device"] or None,
        python=row["python"] or None,
        driver=yes(row["driver"]),
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
