"""Storage of a site: what outlives every cluster."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from rackwright.blueprint.model import (
    BUCKET,
    FILE_SYSTEM,
    INSTANCE,
    KMS_KEY,
    PREFIX,
    Days,
    Model,
    MountPath,
    Name,
    Size,
)

Prefix = Annotated[str, StringConstraints(pattern=PREFIX)]


class Lifecycle(Model):
    """What becomes of objects as they age."""

    infrequent_after_days: Days | None = None
    """Days after which they move to the class for what is seldom read (STANDARD_IA, NEARLINE)."""
    expire_after_days: Days | None = None
    """Days after which they are deleted; in a versioned bucket they become an earlier version first."""


class Backup(Model):
    """A vault of the site's own, and a plan that fills it every day (AWS Backup, Backup and DR)."""

    keep_days: int = Field(default=35, ge=1, le=36_500)
    """Days for which a backup is kept; AWS Backup takes a hundred years at most."""
    hour: int = Field(default=5, ge=0, le=23)
    """Hour of the day, UTC, at which backups begin."""
    lock: Literal["none", "governance", "compliance"] = "none"
    """Who may delete a backup before its days are over: `governance` leaves it to those who may remove the lock (AWS),
    `compliance` to nobody, not even the account's owner; on AWS from the fourth day on."""


class ExistingBucket(Model):
    """A bucket that stands already: read, mounted and linked, never changed."""

    name: Annotated[str, StringConstraints(pattern=BUCKET)]
    """Name of the bucket."""
    region: str | None = None
    """Region that it is in, where you want it compared with the site's; on Google Cloud its location, as US."""
    key: Annotated[str, StringConstraints(pattern=KMS_KEY)] | None = None
    """ARN of the key that encrypts its objects (S3), where that is one that nodes must be let use."""


class ObjectStorage(Model):
    """A bucket (S3, GCS): encrypted with the site's key, no public access."""

    kind: Literal["object"]
    existing: ExistingBucket | None = None
    """A bucket that stands already; default: one of the site's own."""
    renamed_from: Name | None = None
    """Name that it had before; it stays with its data."""
    versioned: bool = True
    """Keep earlier versions of objects."""
    expire_noncurrent_days: Days = 90
    """Days after which an earlier version is deleted."""
    lifecycle: dict[Prefix, Lifecycle] = Field(default_factory=dict)
    """What becomes of objects as they age, by the beginning of their names."""
    hierarchical: bool = False
    """Real folders with atomic renames, for checkpoints (GCS); excludes versions."""
    backups: bool = False
    """Back it up every day (S3, through AWS Backup), as the site's `backup` says; needs versions."""
    autoclass: bool = False
    """Objects move to cheaper classes when nobody reads them, and back when somebody does (GCS)."""
    soft_delete_days: int = Field(default=7, ge=0, le=90)
    """Days for which deleted objects can be restored (GCS): 0, or 7 to 90."""
    cached_in: tuple[str, ...] = Field(default=(), strict=False)
    """Zones in which what is read is kept on SSD beside the machines (Anywhere Cache of GCS)."""
    deletion: Literal["protect", "retain", "delete"] = "protect"
    """What happens on destroy: refuse, leave it in the cloud, or delete it with its data."""


class FileStorage(Model):
    """A shared NFS file system (EFS, FSx for OpenZFS, Filestore) for homes and code."""

    kind: Literal["file"]
    existing: Annotated[str, StringConstraints(pattern=FILE_SYSTEM)] | None = None
    """An EFS file system (its id) or a Filestore instance (its name) that stands already; default: the site's own."""
    renamed_from: Name | None = None
    """Name that it had before; it stays with its data."""
    size: Size | None = None
    """Capacity; EFS grows by itself and takes none, OpenZFS and Filestore need one."""
    engine: Literal["efs", "openzfs"] = "efs"
    """What serves it on AWS: EFS in all zones, or FSx for OpenZFS in one, bought by size and throughput."""
    deployment: Literal["SINGLE_AZ_1", "SINGLE_AZ_2", "MULTI_AZ_1"] = "SINGLE_AZ_2"
    """Generation of OpenZFS: the second reaches more throughput; MULTI_AZ_1 has a standby in another zone."""
    throughput: int | None = None
    """MB/s of OpenZFS, in steps that depend on its generation."""
    zone: str | None = None
    """Zone that OpenZFS lives in, with its standby in the next; default: the first zone of the network."""
    tier: Literal["BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL", "ENTERPRISE"] = "ZONAL"
    """Filestore tier; without meaning on AWS."""
    backups: bool = False
    """Back it up every day (EFS, OpenZFS, Filestore beyond its basic tiers), as the site's `backup` says."""
    deletion: Literal["protect", "retain", "delete"] = "protect"
    """What happens on destroy: refuse, leave it in the cloud, or delete it with its data."""


class ParallelStorage(Model):
    """A parallel file system (FSx for Lustre, Managed Lustre) that feeds accelerators."""

    kind: Literal["parallel"]
    existing: Annotated[str, StringConstraints(pattern=INSTANCE)] | None = None
    """Name of a Managed Lustre instance that stands already: mounted, never changed; default: the site's own."""
    renamed_from: Name | None = None
    """Name that it had before; it stays with its data."""
    size: Size | None = None
    """Capacity of one of the site's own; AWS rounds nothing: 1.2TiB steps are written as 1200GiB, 2400GiB ..."""
    lifetime: Literal["persistent", "scratch"] = "persistent"
    """Persistent keeps its data when a server fails; scratch (FSx) is cheaper and does not."""
    throughput: Literal[125, 250, 500, 1000] = 250
    """Throughput in MB/s per TiB; scratch has one throughput and takes none."""
    metadata_iops: int | None = None
    """Metadata operations a second (FSx); default: what comes with the size."""
    efa: bool = False
    """Serve it over EFA beside TCP (FSx), in larger steps of size; decided when it is made. Hosts use TCP until EFA is
    set up for Lustre on them, which nothing does by itself."""
    backup_days: int = Field(default=0, ge=0, le=90)
    """Days for which daily backups are kept (FSx); 0: there are none."""
    zone: str | None = None
    """Zone it lives in; default: the first zone of the network."""
    linked_to: Name | None = None
    """Object storage of this site that it imports from and exports to, at /NAME."""
    links: dict[Name, MountPath] = Field(default_factory=dict)
    """More object storage of this site, with the paths in the file system that it appears at."""
    writes_back: bool = True
    """What hosts change is written back to the linked buckets; `false` leaves them as they are (FSx)."""
    deletion: Literal["protect", "retain", "delete"] = "protect"
    """What happens on destroy: refuse, leave it in the cloud, or delete it with its data."""

    @property
    def linked(self) -> dict[str, str]:
        """Every bucket it is linked to, with its path in the file system."""
        return {**({self.linked_to: f"/{self.linked_to}"} if self.linked_to else {}), **self.links}


class BlockStorage(Model):
    """A volume that every node of the clusters mounting it gets for itself (EBS, Persistent Disk)."""

    kind: Literal["block"]
    size: Size
    """Capacity of each node's volume."""
    type: str | None = None
    """What the volume is, as io2 or pd-ssd; default: gp3 on AWS, on GCP the general type that the machine attaches."""
    iops: int | None = Field(default=None, ge=1)
    """Provisioned IO operations a second; default: the volume type's baseline; io1 and io2 have none and need it."""
    throughput: int | None = Field(default=None, ge=1)
    """Provisioned throughput in MiB/s; default: the volume type's baseline."""
    backups: bool = False
    """Take a snapshot of each node's volume every day (Persistent Disk, Hyperdisk), as the site's `backup` says."""


Storage: TypeAlias = Annotated[
    ObjectStorage | FileStorage | ParallelStorage | BlockStorage,
    Field(discriminator="kind"),
]
