"""Where the container images of a cluster come from, and whose the registry is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint.cluster import ClusterBase

HUB = "docker.io"
"""The registry of images whose name begins with none."""
ECR = re.compile(r"([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com")
ARTIFACTS = re.compile(r"([a-z0-9-]+)-docker\.pkg\.dev|([a-z]+\.)?gcr\.io")


@dataclass(frozen=True, slots=True)
class Registry:
    """The registry of an image: its host, and the repository in it.

    Where it is a cloud's that lets in identities of that cloud, `owner` is the account or the project whose it is, and
    `region` the region of an account's.
    """

    host: str
    repository: str
    cloud: str = ""
    owner: str = ""
    region: str = ""


def registry_of(image: str) -> Registry:
    """Return where an image is pulled from."""
    name = image.partition("@")[0]
    first, _, rest = name.partition("/")
    host, path = (first, rest) if rest and (set(".:") & set(first)) else (HUB, name)
    repository = path.partition(":")[0]
    if found := ECR.fullmatch(host):
        return Registry(host, repository, "aws", found[1], found[2])
    if ARTIFACTS.fullmatch(host):
        return Registry(host, repository, "gcp", repository.partition("/")[0])
    return Registry(host, repository)


def is_pinned(image: str) -> bool:
    """Return whether an image is said by its digest, and so is one image for ever."""
    return "@" in image


def images(cluster: ClusterBase) -> Iterator[tuple[str, str]]:
    """Yield the images that a cluster's own commands run in: the name of the command, and the image."""
    for name, asked in cluster.validate_.acceptance.items():
        if asked.image:
            yield name, asked.image


def registries(cluster: ClusterBase, cloud: str, owner: str = "") -> tuple[Registry, ...]:
    """Return the repositories of a cloud that a cluster pulls from, each once; with `owner` those of one alone."""
    found = (registry_of(image) for _, image in images(cluster))
    return tuple(dict.fromkeys(one for one in found if one.cloud == cloud and owner in {"", one.owner}))
