"""What a machine allows at launch: interfaces, addresses, disks, how it can be bought and placed."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from rackwright.catalog.reading import real, rows, whole, words
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a machine type; None or empty where no source says it.

    `nvme_disks` instance-store disks of `nvme_disk_gb` (GB) each, or as many of them as one chooses of `nvme_choices`.
    `interfaces` counts over all `network_cards`;
    `addresses_per_interface` are private IPv4 addresses. `volumes` is how many block volumes attach, on Google Cloud
    beside the boot disk: "dedicated" slots of their own, or "shared" with network interfaces and instance-store disks.
    `volume_gbps` and `volume_iops` are the baseline to block storage (Gbit/s, operations a second).
    `offers` are on-demand, spot, capacity-block; `placement`
    the strategies of a placement group, on Google Cloud compact, spread and flex-start (compact for queued machines
    too); `disk_types` the disks that a Google Cloud series attaches, `maintenance` what its machines may do while
    their host is repaired (migrate, terminate), `tier1_vcpus` with how many vCPUs they can have Tier_1 networking,
    `gpu_topology` the shape of its NVLink domains. `hypervisor` is nitro,
    xen or metal.
    """

    cloud: Cloud
    name: str
    cores: int | None
    nvme_disks: int | None
    nvme_disk_gb: int | None
    nvme_choices: tuple[int, ...]
    network_cards: int | None
    interfaces: int | None
    addresses_per_interface: int | None
    efa_interfaces: int | None
    volumes: int | None
    volume_slots: Literal["dedicated", "shared"] | None
    volume_gbps: float | None
    volume_iops: int | None
    hypervisor: str | None
    offers: tuple[str, ...]
    placement: tuple[str, ...]
    disk_types: tuple[str, ...]
    maintenance: tuple[str, ...]
    tier1_vcpus: int | None
    gpu_topology: str | None
    sources: tuple[str, ...]


def limits(cloud: str, name: str) -> Limits | None:
    """Return the limits of a machine type, None where no source says anything of it."""
    row = _rows(cloud).get(name) if cloud in {"aws", "gcp"} else None
    series = _series().get(name.partition("-")[0]) if cloud == "gcp" else None
    return None if row is None and series is None else _limits(cast("Cloud", cloud), name, row or {}, series or {})


@cache
def _rows(cloud: str) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows(f"{cloud}-limits")}


@cache
def _series() -> dict[str, dict[str, str]]:
    return {row["series"]: row for row in rows("gcp-series")}


def _limits(cloud: Cloud, name: str, row: dict[str, str], series: dict[str, str]) -> Limits:
    cell = row.get
    return Limits(
        cloud=cloud,
        name=name,
        cores=whole(cell("cores", "")),
        nvme_disks=whole(cell("nvme_disks", "")),
        nvme_disk_gb=whole(cell("nvme_disk_gb", "")),
        nvme_choices=tuple(map(int, words(cell("nvme_choices", "")))),
        network_cards=whole(cell("network_cards", "")),
        interfaces=whole(cell("interfaces", "")),
        addresses_per_interface=whole(cell("addresses_per_interface", "")),
        efa_interfaces=whole(cell("efa_interfaces", "")),
        volumes=whole(cell("volumes", "") or series.get("volumes", "")),
        volume_slots=cast('Literal["dedicated", "shared"] | None', cell("volume_slots", "") or None),
        volume_gbps=real(cell("volume_gbps", "")),
        volume_iops=whole(cell("volume_iops", "")),
        hypervisor=cell("hypervisor", "") or None,
        offers=words(cell("offers", "") or series.get("offers", "")),
        placement=words(cell("placement", "") or series.get("placement", "")),
        disk_types=words(series.get("disk_types", "")),
        maintenance=words(series.get("maintenance", "")),
        tier1_vcpus=whole(series.get("tier1_vcpus", "")),
        gpu_topology=series.get("gpu_topology") or None,
        sources=tuple(dict.fromkeys((*words(cell("sources", "")), *words(series.get("sources", ""))))),
    )
