"""What hosts draw besides their accelerators: estimates per vCPU and GiB, and what a datacenter adds."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from rackwright.catalog.reading import rows, words, yes
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.catalog.types import Machine, SliceType


@dataclass(frozen=True, slots=True)
class PowerFactors:
    """Mean power of a cloud's hosts: W per vCPU idle and busy, W per GiB of memory.

    `pue` is the power usage effectiveness: what the datacenter draws by what its machines draw.
    """

    cloud: Cloud
    vcpu_watts_idle: float
    vcpu_watts_busy: float
    memory_watts_gib: float
    pue: float
    verified: bool
    sources: tuple[str, ...]
    notes: str


def power_factors(cloud: str) -> PowerFactors | None:
    """Return a cloud's factors."""
    return _factors().get(cloud)


def host_watts(host: Machine | SliceType) -> float | None:
    """Return an estimate (W) of a busy host without its accelerators: vCPUs and memory, None where a size is not known.

    Busy vCPUs times W per vCPU plus GiB times W per GiB; disks, network cards and fans are not in it.
    """
    factors = power_factors(host.cloud)
    if factors is None or host.vcpus is None or host.memory_gib is None:
        return None
    return host.vcpus * factors.vcpu_watts_busy + host.memory_gib * factors.memory_watts_gib


@cache
def _factors() -> dict[str, PowerFactors]:
    return {
        row["cloud"]: PowerFactors(
            cloud=cast("Cloud", row["cloud"]),
            vcpu_watts_idle=float(row["vcpu_watts_idle"]),
            vcpu_watts_busy=float(row["vcpu_watts_busy"]),
            memory_watts_gib=float(row["memory_watts_gib"]),
            pue=float(row["pue"]),
            verified=yes(row["verified"]),
            sources=words(row["sources"]),
            notes=row["notes"],
        )
        for row in rows("power")
    }
