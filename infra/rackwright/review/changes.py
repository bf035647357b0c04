"""What a change of a plan means for what stands: created, renamed, updated, replaced, deleted, and what is lost."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from rackwright.diagnostics import Path
from rackwright.diagnostics.record import dataclass
from rackwright.review.plain import Key

Action: TypeAlias = Literal["create", "rename", "update", "may-replace", "replace", "delete"]
Effect: TypeAlias = Literal["update", "may-replace", "replace"]
SEVERITY: tuple[Effect, ...] = ("update", "may-replace", "replace")
DATA = {
    "aws:s3/bucket:Bucket": "its objects",
    "aws:efs/fileSystem:FileSystem": "its files",
    "aws:fsx/lustreFileSystem:LustreFileSystem": "its files that were not exported",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": "its files",
    "aws:ebs/volume:Volume": "its blocks",
    "aws:kms/key:Key": "everything encrypted with it",
    "aws:cloudwatch/logGroup:LogGroup": "its logs",
    "gcp:storage/bucket:Bucket": "its objects",
    "gcp:filestore/instance:Instance": "its files",
    "gcp:lustre/instance:Instance": "its files that were not exported",
    "gcp:compute/disk:Disk": "its blocks",
    "gcp:kms/cryptoKey:CryptoKey": "everything encrypted with it",
    "gcp:kms/keyRing:KeyRing": "everything encrypted with its keys",
}
"""Resource type -> what is gone when one of them is deleted or replaced."""
NODES = {
    "aws:ec2/instance:Instance", "aws:autoscaling/group:Group", "gcp:compute/instance:Instance", "gcp:tpu/v2Vm:V2Vm",
    "gcp:tpu/v2QueuedResource:V2QueuedResource", "gcp:compute/instanceGroupManager:InstanceGroupManager",
}  # fmt: skip
"""Resource types on which jobs run."""


@dataclass(frozen=True, slots=True)
class Property:
    """One input that differs. `because` names the resource whose replacement changes it, "" where it itself differs."""

    path: tuple[str, ...]
    old: Any
    new: Any
    effect: Effect
    because: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one resource. `protected`: the engine will refuse; `retained`: it stays in the cloud, unmanaged.

    `origin` is the blueprint path that the resource comes from, `was` the name that it had before, "" if this one.
    """

    stack: str
    key: Key
    action: Action
    properties: tuple[Property, ...]
    origin: Path
    protected: bool = False
    retained: bool = False
    was: str = ""

    @property
    def goes(self) -> bool:
        """Whether what stands now is, or may be, taken away."""
        return self.action in {"replace", "may-replace", "delete"}

    @property
    def loss(self) -> str:
        """What is lost with it: data by name, or the jobs of a node; blank where nothing is."""
        if not self.goes or (self.retained and self.action == "delete"):
            return ""
        if self.key[0] in DATA:
            return f"loses {DATA[self.key[0]]}"
        return "drains the node" if self.key[0] in NODES else ""
