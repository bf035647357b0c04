"""How the machines of a cluster are bought, and what becomes of them when their host is repaired or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FlexStart, Reservation, SpotMachines
from rackwright.catalog import limits
from rackwright.planning.gcp.context import CLOUD

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.plan import Plain

SECONDS_PER_HOUR = 3600


def bought(cluster: MachineCluster) -> dict[str, Plain]:
    """Return the arguments of an instance that say where it comes from."""
    match cluster.capacity:
        case SpotMachines(interruption=interruption):
            return {"scheduling": _spot("DELETE" if interruption == "terminate" else "STOP")}
        case FlexStart(hours=hours):
            return {"scheduling": _queued(hours)}
        case Reservation(reservation=reservation):
            specific: Plain = {"key": "compute.googleapis.com/reservation-name", "values": [reservation]}
            affinity: Plain = {"type": "SPECIFIC_RESERVATION", "specific_reservation": specific}
            return {"scheduling": {**_kept(cluster), **_bound(cluster)}, "reservation_affinity": affinity}
        case _:
            return {"scheduling": _kept(cluster)}


def _kept(cluster: MachineCluster) -> dict[str, Plain]:
    """Return the scheduling of machines that stay: without accelerators they move where their series can."""
    known = limits(CLOUD, cluster.machine)
    allowed = known.maintenance if known else ()
    can_move = "migrate" in allowed and cluster.attached is None
    moves: dict[str, Plain] = {"on_host_maintenance": "MIGRATE" if can_move else "TERMINATE"}
    return {**(moves if allowed else {}), "automatic_restart": True}


def _bound(cluster: MachineCluster) -> dict[str, Plain]:
    """Return what binds machines that nobody sells on demand to their reservation: they end when it does."""
    known = limits(CLOUD, cluster.machine)
    if known is None or not known.offers or "on-demand" in known.offers:
        return {}
    return {"provisioning_model": "RESERVATION_BOUND", "instance_termination_action": "DELETE"}


def _spot(action: str) -> dict[str, Plain]:
    return {
        "on_host_maintenance": "TERMINATE",
        "automatic_restart": False,
        "provisioning_model": "SPOT",
        "preemptible": True,
        "instance_termination_action": action,
    }


def _queued(hours: int) -> dict[str, Plain]:
    return {
        "on_host_maintenance": "TERMINATE",
        "automatic_restart": False,
        "provisioning_model": "FLEX_START",
        "max_run_duration": {"seconds": hours * SECONDS_PER_HOUR},
        "instance_termination_action": "DELETE",
    }
