"""Where machines come from, as a launch template says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Block, OnDemandMachines, Reservation, SpotMachines
from rackwright.plan import out

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.plan import Plain


def capacity(cluster: MachineCluster) -> dict[str, Plain]:
    """Return what a launch template says of capacity; nothing for machines bought on demand."""
    match cluster.capacity:
        case SpotMachines(interruption=interruption):
            return {"instance_market_options": {"market_type": "spot", "spot_options": _spot(interruption)}}
        case Reservation(reservation=reservation):
            kind = "resource_group_arn" if reservation.startswith("arn:") else "id"
            return _target({f"capacity_reservation_{kind}": reservation})
        case OnDemandMachines(reserve=True):
            return _target({"capacity_reservation_id": out("reservation")})
        case Block(reservation=reservation):
            block: dict[str, Plain] = {"instance_market_options": {"market_type": "capacity-block"}}
            return block | _target({"capacity_reservation_id": reservation})
        case _:
            return {}


def is_held(cluster: MachineCluster) -> bool:
    """Return whether the cluster's own stack reserves its machines."""
    return isinstance(cluster.capacity, OnDemandMachines) and cluster.capacity.reserve


def is_reserved(cluster: MachineCluster) -> bool:
    """Return whether machines were reserved beforehand: a placement group of the cluster's own would be in the way."""
    return isinstance(cluster.capacity, (Reservation, Block))


def reserved_group(cluster: MachineCluster) -> str | None:
    """Return the placement group that the machines were reserved in."""
    return cluster.capacity.group if isinstance(cluster.capacity, Reservation) else None


def _spot(interruption: str | None) -> dict[str, Plain]:
    """Return the options of spot machines: EC2 stops only those whose request persists."""
    kind = "persistent" if interruption == "stop" else "one-time"
    return {"spot_instance_type": kind, "instance_interruption_behavior": interruption or "terminate"}


def _target(target: dict[str, Plain]) -> dict[str, Plain]:
    return {"capacity_reservation_specification": {"capacity_reservation_target": target}}
