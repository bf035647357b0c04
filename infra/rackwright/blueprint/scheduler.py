"""Schedulers: who gives jobs their nodes."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from rackwright.blueprint.model import Model, Name, Size


class Partition(Model):
    """A queue of jobs for the nodes of the cluster, with limits of its own."""

    hours: int | None = Field(default=None, ge=1, le=8760)
    """Longest that a job may run; default: no limit."""
    nodes: int | None = Field(default=None, ge=1)
    """Most nodes that one job may take; default: all of them."""
    priority: int = Field(default=1, ge=1, le=65533)
    """Jobs of a partition with a higher number are given nodes first."""


class Slurm(Model):
    """Slurm from the distribution's packages, with a head node of its own that people submit from."""

    kind: Literal["slurm"]
    machine: str | None = None
    """The head's machine type, without accelerators; default: a small one of the architecture of the nodes."""
    disk: Size = "100GiB"
    """The head's boot disk, which holds the queue."""
    partitions: dict[Name, Partition] = Field(default_factory=dict)
    """Queues by name, the first for jobs that name none; default: one, called batch, without limits."""


def _scheduler(given: Any) -> Any:
    """Return `scheduler: slurm` as {kind: slurm}, and `scheduler: none` as no scheduler."""
    if given == "none":
        return None
    return {"kind": given} if isinstance(given, str) else given


Scheduler: TypeAlias = Annotated[
    Slurm | None, BeforeValidator(_scheduler, json_schema_input_type=Literal["none", "slurm"] | Slurm | None)
]
