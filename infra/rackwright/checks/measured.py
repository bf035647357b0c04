"""What hosts returned, read strictly: whatever is not exactly a result of this run is no measurement."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rackwright.diagnostics.record import dataclass

Fraction = Annotated[float, Field(ge=0, le=1)]
Rate = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Result(BaseModel):
    """What every result has: the format's version and the run it belongs to."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal[1]
    run_id: str


class Device(BaseModel):
    """One accelerator as its driver names it; memory in MiB."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    uuid: str
    memory_mib: float
    driver_version: str


class Node(Result):
    """node.json: what a host is; None where it could not be found out."""

    machine_id: str | None
    boot_id: str | None
    accelerators: tuple[Device, ...] | None
    tensorflow: dict[str, Any] | None


class Images(BaseModel):
    """Images a second over windows."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    median: Rate


class Speed(BaseModel):
    """One timed phase."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    images_per_second: Images


class Benchmark(Result):
    """benchmark.json of a job that ran; `accuracy` is None for data without meaning."""

    status: Literal["ok"]
    dataset: str
    accuracy: Fraction | None
    f1: Fraction | None = None
    training: Speed
    inference: Speed


class MountedVolume(BaseModel):
    """What is mounted at a path; `type` is None where there is nothing, or, with a reason, where nobody knows.

    `reason` says why it is unknown, cannot be written to or has no speed.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: str
    type: str | None
    writable: bool | None
    reason: str
    bytes: Annotated[int, Field(ge=0)] | None = None
    free_bytes: Annotated[int, Field(ge=0)] | None = None
    write_mib_s: Rate | None = None
    read_mib_s: Rate | None = None


class Mounted(Result):
    """mounts.json: what a host found at every path it mounts something at."""

    mounts: tuple[MountedVolume, ...]


class Command(Result):
    """acceptance-NAME.json: how a command of the team's own ended; `code` is None where it could not begin."""

    code: int | None
    stdout: str
    stderr: str


class ScheduledNode(BaseModel):
    """A node as its scheduler sees it: state and reason in its own words."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    state: str
    reason: str


class Job(BaseModel):
    """How one job over all nodes ended: its code (None: not in time), and the accelerators that each node saw."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: int | None
    seen: dict[str, int]
    said: str


class Scheduled(Result):
    """slurm.json: what a scheduler gives out; `nodes` is None where its controller does not answer."""

    nodes: tuple[ScheduledNode, ...] | None
    job: Job


@dataclass(frozen=True, slots=True)
class Nothing:
    """No measurement, and why."""

    reason: str


Kind = TypeVar("Kind", bound=Result)


def read(text: str | None, kind: type[Kind], run_id: str) -> Kind | Nothing:
    """Return a result, or why there is none: missing, cut off, failed, of another run, of another shape."""
    if text is None:
        return Nothing("the host returned no result")
    try:
        result = kind.model_validate_json(text)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        return Nothing(
            _failed(text) or f"the result is not one: {'.'.join(map(str, first['loc']))} {first['msg']}".strip()
        )
    if result.run_id != run_id:
        return Nothing(f"the result is of another run ({result.run_id})")
    return result


def _failed(text: str) -> str:
    """Return what a result says of its own failure; empty where it is no such result."""
    import json

    try:
        document = json.loads(text)
    except ValueError:
        return ""
    if isinstance(document, dict) and document.get("status") == "failed":
        return f"the benchmark failed: {document.get('reason', 'no reason given')}"
    return ""
