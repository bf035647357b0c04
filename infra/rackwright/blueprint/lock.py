"""blueprint.lock: the id of every image that a blueprint names by alias, so that programs hold ids alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from rackwright.blueprint import problems
from rackwright.blueprint.load import validated
from rackwright.blueprint.model import AMI, GCE_IMAGE, Model, Name
from rackwright.blueprint.reading import read, whole
from rackwright.blueprint.source_map import SourceMap
from rackwright.blueprint.tree import compose

if TYPE_CHECKING:
    from pathlib import Path as File

FILE = "blueprint.lock"
"""Its name, beside the blueprint."""
GLOBAL = "global"
"""The region of images of Google Cloud, which are the same everywhere."""
HEAD = "# Written by `rackwright lock`, reviewed with the blueprint: programs start nodes from these images alone.\n"
ORDER = ("cloud", "region", "arch", "alias", "id", "source")
"""What is said of an image, in the order in which it is written."""


class LockedImage(Model):
    """What clouds share: an alias, its id and where that is from."""

    cloud: str
    region: str
    id: str
    alias: str
    """The image as the blueprint names it."""
    arch: Literal["amd64", "arm64"]
    """Architecture of the machines."""
    source: str
    """What was asked for it."""


class AwsImage(LockedImage):
    """A machine image of a region of AWS."""

    cloud: Literal["aws"]
    region: str
    """AWS region; every region has ids of its own."""
    id: Annotated[str, StringConstraints(pattern=AMI)]
    """The image."""


class GcpImage(LockedImage):
    """An image of Google Cloud."""

    cloud: Literal["gcp"]
    region: Literal["global"]
    """Images are the same in every region."""
    id: Annotated[str, StringConstraints(pattern=GCE_IMAGE)]
    """The image."""


Image: TypeAlias = Annotated[AwsImage | GcpImage, Field(discriminator="cloud")]


class Lock(Model):
    """The images of a datacenter, by cloud, region, architecture and alias."""

    lock: Literal[1]
    """Version of this format."""
    datacenter: Name
    """Name of the datacenter that it belongs to."""
    images: tuple[Image, ...] = Field(default=(), strict=False)
    """Every alias with its id."""


class LoadedLock:
    """A lock with its text and its places; `lock` is None where the datacenter has none."""

    def __init__(self, lock: Lock | None = None, places: SourceMap | None = None) -> None:
        self.lock, self.places = lock, places

    @property
    def text(self) -> str | None:
        """The text of the file, None where there is none."""
        return self.places.source.text if self.places else None


def load_lock(path: File) -> LoadedLock:
    """Return the lock in a file, which need not be there; raises FindingsError with all mistakes in it."""
    if not path.exists():
        return LoadedLock()
    source = read(path)
    root = compose(source)
    if root is None:
        raise whole(source.file, problems.EMPTY, "there is no lock in it", "delete it, and rackwright lock writes one")
    places = SourceMap(source, root)
    return LoadedLock(validated(Lock, places), places)


def written(lock: Lock) -> str:
    """Return the one text of a lock: images sorted, nothing in it that another day would change."""
    images = "images:" if lock.images else "images: []"
    lines = [f"lock: {lock.lock}", f"datacenter: {json.dumps(lock.datacenter)}", images]
    for one in sorted(lock.images, key=lambda one: (one.cloud, one.region, one.arch, one.alias)):
        said = [f"{key}: {json.dumps(getattr(one, key))}" for key in ORDER]
        lines += [f"  {'- ' if at == 0 else '  '}{text}" for at, text in enumerate(said)]
    return HEAD + "\n".join(lines) + "\n"
