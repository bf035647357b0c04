"""Where machines come from: bought when needed, spare, reserved, a block of days, or queued for."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints, Tag

from rackwright.blueprint.model import DATE, Model

Date = Annotated[str, StringConstraints(pattern=DATE)]
"""A day in UTC, as 2027-01-31; whether the calendar has it is a rule's business."""
Reserved = Annotated[int, Field(ge=1, le=10_000)]
"""How many machines were reserved."""


class OnDemand(Model):
    """Capacity bought when it is needed."""

    kind: Literal["on-demand"] = "on-demand"


class OnDemandMachines(OnDemand):
    """Machines bought when they are needed."""

    reserve: bool = False
    """Hold them in a capacity reservation of the cluster's own (AWS): all are had or none, and a machine that is
    replaced finds its place; the reservation is paid for like its machines, with and without them."""


class Spot(Model):
    """Spare capacity that the cloud may take back."""

    kind: Literal["spot"]


class SpotMachines(Spot):
    """Spare machines that the cloud may take back."""

    interruption: Literal["terminate", "stop"] | None = None
    """What becomes of a machine that is taken back; default: terminate on AWS, stop on GCP."""


class Reservation(Model):
    """Capacity that was reserved beforehand."""

    kind: Literal["reservation"] = "reservation"
    reservation: str
    """AWS: the capacity reservation's id (cr-...), or the ARN of a group of them. GCP: the reservation's name."""
    group: str | None = None
    """AWS: the placement group that the reservation was made in, by name; the machines are launched into it."""
    zone: str | None = None
    """Zone the reservation is in, where you want it compared with the cluster's."""
    count: Reserved | None = None
    """How many machines it holds, where you want it compared with all clusters that use it."""


class Block(Model):
    """An ML capacity block of AWS: machines bought beforehand, from one day to another."""

    kind: Literal["block"]
    reservation: str
    """The capacity block's reservation id (cr-...)."""
    starts: Date
    """First day, in UTC."""
    ends: Date
    """Last day, in UTC; the machines are taken back on it."""
    zone: str | None = None
    """Zone the block is in, where you want it compared with the cluster's."""
    count: Reserved | None = None
    """How many machines it holds, where you want it compared with all clusters that use it."""


class FlexStart(Model):
    """Machines of GCP that are queued for and run for a limited time."""

    kind: Literal["flex-start"]
    hours: int = Field(ge=1, le=168)
    """How long the machines run before they are deleted; at most seven days."""


class ReservedSlices(Model):
    """Slices of a reservation that the project has in the zone; none is named, there is one for each kind of chip."""

    kind: Literal["reserved"]


def capacity_kind(given: Any) -> str:
    """Return which kind of capacity is meant: what `kind` says, or a reservation where one is named."""
    if isinstance(given, dict):
        return str(given.get("kind", "reservation" if "reservation" in given else "on-demand"))
    return str(getattr(given, "kind", "on-demand"))


def _kind_alone(given: Any) -> Any:
    """Return `capacity: spot` as {kind: spot}."""
    return {"kind": given} if isinstance(given, str) else given


_OfMachines: TypeAlias = Annotated[
    Annotated[OnDemandMachines, Tag("on-demand")]
    | Annotated[SpotMachines, Tag("spot")]
    | Annotated[Reservation, Tag("reservation")]
    | Annotated[Block, Tag("block")]
    | Annotated[FlexStart, Tag("flex-start")],
    Discriminator(capacity_kind),
]
_OfSlices: TypeAlias = Annotated[
    Annotated[OnDemand, Tag("on-demand")] | Annotated[Spot, Tag("spot")] | Annotated[ReservedSlices, Tag("reserved")],
    Discriminator(capacity_kind),
]
MachineCapacity: TypeAlias = Annotated[
    _OfMachines,
    BeforeValidator(_kind_alone, json_schema_input_type=Literal["on-demand", "spot"] | _OfMachines),
]
SliceCapacity: TypeAlias = Annotated[
    _OfSlices,
    BeforeValidator(_kind_alone, json_schema_input_type=Literal["on-demand", "spot", "reserved"] | _OfSlices),
]
