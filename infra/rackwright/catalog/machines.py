"""Machine types of both clouds and the fabrics between them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from rackwright.catalog.reading import real, rows, whole, words, yes
from rackwright.catalog.types import Fabric, Interface, Machine

if TYPE_CHECKING:
    from rackwright.catalog.types import Arch, Cloud, FabricKind, InterfaceKind

CLOUDS: tuple[Cloud, ...] = ("aws", "gcp")
GBPS_PER_GBS = 8


def machine(cloud: str, name: str) -> Machine | None:
    """Return a machine type, None where the catalog does not know it."""
    return _machines(cloud).get(name) if cloud in CLOUDS else None


def machines(cloud: str | None = None) -> tuple[Machine, ...]:
    """Return all machine types of one cloud, or of both, as the files list them."""
    return tuple(machine for each in CLOUDS if cloud in {None, each} for machine in _machines(each).values())


def machine_names(cloud: str) -> tuple[str, ...]:
    """Return the names of the machine types of a cloud."""
    return tuple(machine.name for machine in machines(cloud))


@cache
def _machines(cloud: str) -> dict[str, Machine]:
    return {row["name"]: _machine(cast("Cloud", cloud), row) for row in rows(f"{cloud}-machines")}


def _machine(cloud: Cloud, row: dict[str, str]) -> Machine:
    network_gbps = real(row["network_gbps"])
    return Machine(
        cloud=cloud,
        name=row["name"],
        family=row["family"],
        accelerator=row["accelerator"] or None,
        accelerators=int(row["accelerators"]),
        accelerator_share=real(row["accelerator_share"]) or 1.0,
        accelerator_memory_gib=real(row["accelerator_memory_gib"]),
        vcpus=whole(row["vcpus"]),
        memory_gib=real(row["memory_gib"]),
        arch=cast("Arch", row["arch"]),
        network_gbps=network_gbps,
        local_nvme_gb=whole(row["local_nvme_gb"]),
        fabric=_fabric(row["fabric"], network_gbps),
        boot_disk=row["boot_disk"],
        on_demand_usd_hour=real(row["on_demand_usd_hour"]),
        spot_usd_hour=real(row["spot_usd_hour"]),
        price_region=row["price_region"] or None,
        price_date=row["price_date"] or None,
        verified=yes(row["verified"]),
        sources=words(row["sources"]),
        notes=row["notes"],
    )


@cache
def _fabric(name: str, network_gbps: float | None) -> Fabric | None:
    """Return a fabric as one machine has it; an EFA's ceiling is the machine's bandwidth, GCP's stands in the data."""
    if not name:
        return None
    row = _fabric_rows()[name]
    ceiling = real(row["ceiling_gbs"])
    if ceiling is None and row["kind"] == "efa" and network_gbps is not None:
        ceiling = network_gbps / GBPS_PER_GBS
    return Fabric(
        name=name,
        kind=cast("FabricKind", row["kind"]),
        interfaces=_interfaces(row["interfaces"]),
        host_nics=whole(row["host_nics"]),
        data_nics=whole(row["data_nics"]),
        rdma_nics=whole(row["rdma_nics"]),
        nic_type=row["nic_type"] or None,
        mtu=whole(row["mtu"]),
        network_profile=row["network_profile"] or None,
        ceiling_gbs=ceiling,
        sources=words(row["sources"]),
    )


@cache
def _fabric_rows() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows("fabrics")}


def _interfaces(cell: str) -> tuple[Interface, ...] | None:
    """Return the layout in a cell: `efa-only@1-3.0` is one EFA-only interface on each of cards 1 to 3, device 0."""
    if not cell:
        return None
    return tuple(interface for word in words(cell) for interface in _cards(word))


def _cards(word: str) -> tuple[Interface, ...]:
    kind, place = word.split("@")
    cards, device = place.split(".")
    first, _, last = cards.partition("-")
    return tuple(
        Interface(card, int(device), cast("InterfaceKind", kind)) for card in range(int(first), int(last or first) + 1)
    )
