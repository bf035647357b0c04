"""Which quota of the account or project a machine or a slice draws on, and how much."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from rackwright.catalog.reading import rows, words, yes
from rackwright.catalog.types import CORES_PER_CHIP, Cloud, Machine
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from rackwright.catalog.types import SliceType

Use: TypeAlias = Literal["on-demand", "spot"]
Unit: TypeAlias = Literal["vcpu", "gpu", "chip", "core"]
UNITS: dict[Unit, str] = {"vcpu": "vCPUs", "gpu": "GPUs", "chip": "chips", "core": "TensorCores"}
"""What quotas count, in words."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota, granted per `scope`. `code` is the cloud's own (L-417A185B, NVIDIA_H100_GPUS), None where not known.

    A family of `families` is a machine's family or the beginning of its name; empty: any machine with one of
    `accelerators`.
    """

    cloud: Cloud
    use: Use
    unit: Unit
    scope: Literal["region", "zone"]
    code: str | None
    name: str
    families: tuple[str, ...]
    accelerators: tuple[str, ...]
    verified: bool
    sources: tuple[str, ...]
    notes: str

    @property
    def key(self) -> str:
        """What a blueprint calls it: its code, or its name where no code is known."""
        return self.code or self.name


@dataclass(frozen=True, slots=True)
class Demand:
    """What one machine or one slice takes of a quota, in the quota's unit."""

    quota: Quota
    amount: int


def quotas(cloud: str | None = None) -> tuple[Quota, ...]:
    """Return all quotas of one cloud, or of both."""
    return tuple(each for each in _quotas() if cloud in {None, each.cloud})


def quota_demand(thing: Machine | SliceType, use: Use = "on-demand") -> Demand | None:
    """Return the quota that one machine or slice draws on, None where the catalog does not know which or how much."""
    cloud = thing.cloud if isinstance(thing, Machine) else "gcp"
    found = next((each for each in _quotas() if each.cloud == cloud and each.use == use and _covers(each, thing)), None)
    amount = None if found is None else _amount(found.unit, thing)
    return None if found is None or amount is None else Demand(found, amount)


def _covers(quota: Quota, thing: Machine | SliceType) -> bool:
    if quota.accelerators and thing.accelerator not in quota.accelerators:
        return False
    if not quota.accelerators and quota.cloud == "gcp" and thing.accelerator is not None:
        return False
    if not quota.families:
        return True
    return isinstance(thing, Machine) and any(
        thing.family == family or thing.name.startswith(f"{family}-") for family in quota.families
    )


def _amount(unit: Unit, thing: Machine | SliceType) -> int | None:
    match unit:
        case "vcpu":
            return thing.vcpus
        case "gpu":
            return thing.accelerators if isinstance(thing, Machine) else None
        case "chip":
            return None if isinstance(thing, Machine) else thing.chips
        case "core":
            return None if isinstance(thing, Machine) else thing.chips * CORES_PER_CHIP[thing.generation]


@cache
def _quotas() -> tuple[Quota, ...]:
    return tuple(_quota(row) for row in rows("quotas"))


def _quota(row: dict[str, str]) -> Quota:
    return Quota(
        cloud=cast("Cloud", row["cloud"]),
        use=cast("Use", row["use"]),
        unit=cast("Unit", row["unit"]),
        scope=cast('Literal["region", "zone"]', row["scope"]),
        code=row["code"] or None,
        name=row["name"],
        families=words(row["families"]),
        accelerators=words(row["accelerators"]),
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )
