"""Machines, fabrics and slices as frozen records: blank is None, never zero, and every record names its sources."""

from __future__ import annotations

from typing import Literal, TypeAlias

from rackwright.diagnostics.record import dataclass

Cloud: TypeAlias = Literal["aws", "gcp"]
Arch: TypeAlias = Literal["amd64", "arm64"]
FabricKind: TypeAlias = Literal["efa", "gpudirect-tcpx", "gpudirect-tcpxo", "rdma-roce"]
InterfaceKind: TypeAlias = Literal["interface", "efa", "efa-only"]

CORES_PER_CHIP = {"v2": 2, "v3": 2, "v4": 2, "v5e": 1, "v5p": 2, "v6e": 1, "v7x": 2}
"""TensorCores of a TPU chip by generation: https://cloud.google.com/tpu/docs/system-architecture-tpu-vm."""


@dataclass(frozen=True, slots=True)
class Interface:
    """One network interface of an AWS launch template: network card, device index on it, interface type."""

    card: int
    device: int
    kind: InterfaceKind


@dataclass(frozen=True, slots=True)
class Fabric:
    """The network that carries collectives between hosts.

    AWS (`kind` efa): `interfaces` is the launch template's layout, None where no source gives one.
    GCP: `host_nics` ordinary interfaces, then `data_nics` on networks of their own (GPUDirect-TCPX, -TCPXO) or
    `rdma_nics` on subnets of one network with the profile `<zone>-<network_profile>`; `mtu` in bytes, of all of them.
    `ceiling_gbs` is what the fabric's links sum up to, GB/s per host.
    """

    name: str
    kind: FabricKind
    interfaces: tuple[Interface, ...] | None
    host_nics: int | None
    data_nics: int | None
    rdma_nics: int | None
    nic_type: str | None
    mtu: int | None
    network_profile: str | None
    ceiling_gbs: float | None
    sources: tuple[str, ...]

    @property
    def efa_interfaces(self) -> int:
        """How many interfaces speak EFA."""
        return sum(1 for interface in self.interfaces or () if interface.kind != "interface")


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine type. Counts are per host, memory is GiB, prices are USD an hour without disks and traffic.

    `accelerators` counts the devices a host sees; `accelerator_share` is the part of a whole device each of them is
    (1 but for fractional GPUs). `boot_disk` is the disk type it boots from by default. `spot_usd_hour` is the
    cheapest zone's on `price_date` and moves daily.
    `verified`: every fact of the row stands in a named source; otherwise some are general knowledge.
    """

    cloud: Cloud
    name: str
    family: str
    accelerator: str | None
    accelerators: int
    accelerator_share: float
    accelerator_memory_gib: float | None
    vcpus: int | None
    memory_gib: float | None
    arch: Arch
    network_gbps: float | None
    local_nvme_gb: int | None
    fabric: Fabric | None
    boot_disk: str
    on_demand_usd_hour: float | None
    spot_usd_hour: float | None
    price_region: str | None
    price_date: str | None
    verified: bool
    sources: tuple[str, ...]
    notes: str


@dataclass(frozen=True, slots=True)
class SliceType:
    """A TPU slice type: one thing to buy, `hosts` virtual machines of `chips_per_host` chips each.

    The number in `name` counts chips (v5e, v6e) or TensorCores, two per chip (v2-v4, v5p, v7x); `chips` is the truth.
    vCPUs and memory are per host; prices are USD an hour for the whole slice.
    """

    name: str
    generation: str
    chips: int
    topology: str
    hosts: int
    chips_per_host: int
    host_machine: str | None
    chip_memory_gib: float | None
    vcpus: int | None
    memory_gib: float | None
    arch: Arch
    runtime_version: str | None
    on_demand_usd_hour: float | None
    spot_usd_hour: float | None
    price_region: str | None
    price_date: str | None
    verified: bool
    sources: tuple[str, ...]
    notes: str

    @property
    def accelerator(self) -> str:
        """The name of its chips among accelerators, as TPU-v5e."""
        return f"TPU-{self.generation}"

    @property
    def cloud(self) -> Cloud:
        """The cloud that sells it: TPUs stand in Google Cloud alone."""
        return "gcp"
