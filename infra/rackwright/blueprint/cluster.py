"""Clusters: alike machines, or TPU slices, that are created and destroyed together."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag

from rackwright.blueprint.capacity import MachineCapacity, OnDemand, OnDemandMachines, SliceCapacity
from rackwright.blueprint.model import RELEASE, REQUIREMENT, TOPOLOGY, Model, MountPath, Name, Overrides, Size
from rackwright.blueprint.scheduler import Scheduler
from rackwright.blueprint.validation import Validation

Count = Annotated[int, Field(ge=1, le=10_000)]
GPU = re.compile("(nvidia|tesla|gb[0-9]|rtx|v100|[abhlpt][0-9]).*", re.IGNORECASE)
"""How GPUs are called, and TPU slices are not: H100:8."""


class Nodes(Model):
    """How many machines, and which numbers are left out."""

    count: Count
    """Machines numbered 0 to count-1."""
    without: tuple[Annotated[int, Field(ge=0)], ...] = Field(default=(), strict=False)
    """Numbers to leave out (a bad machine given back); the other machines keep their names."""

    @property
    def left(self) -> int:
        """How many machines are left."""
        return self.count - len({number for number in self.without if number < self.count})


def _count(given: Any) -> Any:
    """Return `nodes: 16` as {count: 16}; what is no number is refused as a count."""
    return given if isinstance(given, (dict, list, Nodes)) else {"count": given}


class Software(Model):
    """What is installed for training."""

    framework: Literal["tensorflow"] = "tensorflow"
    """Deep-learning framework."""
    version: Annotated[str, StringConstraints(pattern=RELEASE)] | None = None
    """Release of the framework; default: the catalog's for the accelerator."""
    containers: Literal["none", "docker"] = "none"
    """What runs containers on the nodes: `docker`, from the packages of their distribution."""
    requirements: tuple[Annotated[str, StringConstraints(pattern=REQUIREMENT)], ...] = Field(default=(), strict=False)
    """Python packages of your own beside it, each at one version, as einops==0.8.1; what they need follows the lock."""


class ClusterBase(Model):
    """What machine clusters and TPU slices share."""

    renamed_from: Name | None = None
    """Name that it had before; its stack is renamed, its machines stay."""
    zone: str | None = None
    """Zone the cluster lives in; default: the first zone of the network."""
    mounts: dict[MountPath, Name] = Field(default_factory=dict)
    """Mount point on the hosts to a key of the site's storage."""
    read_mbs: Annotated[int, Field(ge=1)] | None = None
    """Megabytes a second that each host must be able to read from the parallel file system it mounts."""
    software: Software = Software()
    """What is installed for training."""
    validate_: Annotated[Validation, Field(alias="validate")] = Validation()
    """How the cluster proves itself."""
    labels: dict[str, str] = Field(default_factory=dict)
    """Tags (AWS) or labels (GCP) on every resource of the cluster."""
    overrides: Overrides = Field(default_factory=dict)
    """Arguments of the cluster's resources, by their role in plan and program; a last resort."""


class MachinesBase(ClusterBase):
    """What clusters of machines share, however the machines are named."""

    provision: Literal["instances", "group"] = "instances"
    """`instances`: one resource per node, named; `group`: one for all, which the cloud keeps at their number."""
    capacity: MachineCapacity = OnDemandMachines()
    """Where the machines come from."""
    placement: Literal["auto", "cluster", "none"] = "auto"
    """`cluster` packs the machines close together; `auto` does where the machine has a fabric and there are several."""
    image: str = "ubuntu-24.04"
    """Image alias from the catalog, or an image id of the cloud."""
    disk: Size = "200GiB"
    """Boot disk."""
    disk_type: str | None = None
    """What the boot disk is, as hyperdisk-balanced; default: gp3 on AWS, the catalog's for the machine on GCP."""
    local_scratch: MountPath | None = None
    """Where the machine's own NVMe disks are mounted as one; what is on them is lost when the machine stops."""
    scheduler: Scheduler = None
    """`slurm`, or its settings: a head node beside the nodes gives jobs their nodes. Default: `none`."""


class Attached(Model):
    """Accelerators that are attached to machines whose type has none."""

    type: str
    """Name of the accelerator in the catalog, as T4."""
    count: int = Field(ge=1)
    """How many each machine gets."""


class MachineCluster(MachinesBase):
    """Alike GPU or CPU machines."""

    machine: str
    """Machine type of the cloud, as p5.48xlarge or a3-megagpu-8g."""
    nodes: Annotated[Nodes, BeforeValidator(_count, json_schema_input_type=Count | Nodes)]
    """How many: a number, or {count, without}."""
    attached: Attached | None = None
    """Accelerators that each machine gets, where its type has none of its own (N1 of GCP)."""
    bandwidth: Literal["default", "tier-1"] = "default"
    """`tier-1` buys more of what large machines of some series may send (GCP); its price is not estimated."""
    local_disks: int | None = Field(default=None, ge=1)
    """How many of its own disks each machine is made with, where its type leaves that to you (local SSDs of GCP)."""


class Accelerators(Model):
    """So many accelerators of one type, in whole machines."""

    type: str
    """Name of the accelerator in the catalog, as H100."""
    count: Count
    """How many in all; a multiple of what one machine has."""


class AcceleratorCluster(MachinesBase):
    """Machines that follow from their accelerators."""

    accelerator: Accelerators
    """What the machines must have; the machine with most of them, sold in the region, is taken."""


class SliceCluster(ClusterBase):
    """TPU slices (GCP)."""

    accelerator: str
    """Slice type, as v5litepod-16 or v6e-16; hosts and topology follow from it."""
    topology: Annotated[str, StringConstraints(pattern=TOPOLOGY)] | None = None
    """How the chips stand, as 4x4 or 2x2x4; default: the catalog's for the slice."""
    slices: int = Field(default=1, ge=1, le=256)
    """How many slices."""
    capacity: SliceCapacity = OnDemand()
    """Where the slices come from."""
    runtime: str | None = None
    """TPU software version; default: the catalog's for the generation."""


def _cluster_kind(given: Any) -> str:
    """Return which kind of cluster is meant by its keys, misspelled or not."""
    keys = given if isinstance(given, dict) else getattr(type(given), "model_fields", {})
    asked = given.get("accelerator") if isinstance(given, dict) else getattr(given, "accelerator", None)
    of_slice = isinstance(asked, str) and not GPU.match(asked)
    if "machine" in keys or ("nodes" in keys and not of_slice):
        return "machines"
    if asked is not None and not of_slice:
        return "accelerators"
    of_slices = ("accelerator", "slices", "topology", "runtime")
    like = (key for key in map(str, keys) for _ in get_close_matches(key, of_slices, n=1))
    return "slices" if any(like) else "machines"


def _aws_kind(given: Any) -> str:
    """Return which kind of cluster is meant on AWS, where an accelerator is always in a machine."""
    keys = given if isinstance(given, dict) else getattr(type(given), "model_fields", {})
    return "accelerators" if "accelerator" in keys and not {"machine", "nodes"} & set(keys) else "machines"


AwsCluster: TypeAlias = Annotated[
    Annotated[MachineCluster, Tag("machines")] | Annotated[AcceleratorCluster, Tag("accelerators")],
    Discriminator(_aws_kind),
]
GcpCluster: TypeAlias = Annotated[
    Annotated[MachineCluster, Tag("machines")]
    | Annotated[AcceleratorCluster, Tag("accelerators")]
    | Annotated[SliceCluster, Tag("slices")],
    Discriminator(_cluster_kind),
]
Cluster: TypeAlias = MachineCluster | SliceCluster
