"""Storage of a site: what outlives every cluster."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from rackwright.blueprint.model import Model, Name, Size


class ObjectStorage(Model):
    """A bucket (S3, GCS): encrypted with the site's key, no public access."""

    kind: Literal["object"]
    versioned: bool = True
    """Keep earlier versions of objects."""
    expire_noncurrent_days: int = Field(default=90, ge=1)
    """Days after which an earlier version is deleted."""
    deletion: Literal["protect", "retain", "delete"] = "protect"
    """What happens on destroy: refuse, leave it in the cloud, or delete it with its data."""


class FileStorage(Model):
    """A shared NFS file system (EFS, Filestore) for homes and code."""

    kind: Literal["file"]
    size: Size | None = None
    """Capacity; EFS grows by itself and takes none, Filestore needs one."""
    tier: Literal["BASIC_SSD", "ZONAL", "REGIONAL"] = "ZONAL"
    """Filestore tier; without meaning on AWS."""
    deletion: Literal["protect", "retain", "delete"] = "protect"
    """What happens on destroy: refuse, leave it in the cloud, or delete it with its data."""


class ParallelStorage(Model):
    """A parallel file system (FSx for Lustre, Managed Lustre) that feeds accelerators."""

    kind: Literal["parallel"]
    size: Size
    """Capacity; AWS rounds nothing: 1.2TiB steps are written as 1200GiB, 2400GiB, 4800GiB ..."""
    throughput: Literal[125, 250, 500, 1000] = 250
    """Throughput in MB/s per TiB."""
    zone: str | None = None
    """Zone it lives in; default: the first zone of the network."""
    linked_to: Name | None = None
    """Object storage of this site that it imports from and exports to."""
    deletion: Literal["protect", "retain", "delete"] = "protect"
    """What happens on destroy: refuse, leave it in the cloud, or delete it with its data."""


class BlockStorage(Model):
    """A volume that every node of the clusters mounting it gets for itself (EBS, Persistent Disk)."""

    kind: Literal["block"]
    size: Size
    """Capacity of each node's volume."""
    iops: int | None = Field(default=None, ge=3000)
    """Provisioned IO operations a second; default: the volume type's baseline."""
    throughput: int | None = Field(default=None, ge=125)
    """Provisioned throughput in MiB/s; default: the volume type's baseline."""


Storage: TypeAlias = Annotated[
    ObjectStorage | FileStorage | ParallelStorage | BlockStorage,
    Field(discriminator="kind"),
]
