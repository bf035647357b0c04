"""Everything the catalog knows of one machine or slice: as data, and as labeled sections for people."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from rackwright.catalog.accelerators import accelerator
from rackwright.catalog.attachments import attachables, attachments
from rackwright.catalog.limits import limits
from rackwright.catalog.offers import offerings
from rackwright.catalog.power import host_watts
from rackwright.catalog.proofs import proof_of
from rackwright.catalog.query import price_per_accelerator
from rackwright.catalog.quotas import UNITS, quota_demand
from rackwright.catalog.releases import driver_for
from rackwright.catalog.software import software_for
from rackwright.catalog.sources import source
from rackwright.catalog.thresholds import thresholds
from rackwright.catalog.types import Machine, SliceType
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog.limits import Limits
    from rackwright.catalog.quotas import Demand
    from rackwright.catalog.thresholds import Threshold
    from rackwright.catalog.types import Fabric, Interface

UNKNOWN = "not known"
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX"}


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what is said under it: (label, value)."""

    title: str
    facts: tuple[tuple[str, str], ...]


def record(thing: Machine | SliceType) -> dict[str, Any]:
    """Return all facts of a machine or slice as JSON-ready data; unknown is None."""
    cloud = thing.cloud if isinstance(thing, Machine) else "gcp"
    return {
        "machine" if isinstance(thing, Machine) else "slice": dataclasses.asdict(thing),
        "accelerator": _data(accelerator(thing.accelerator)) if thing.accelerator else None,
        "limits": _data(limits(cloud, _host(thing))),
        "offerings": _list(offerings(cloud, _offered_as(thing))),
        "quotas": [_data(each) for each in (quota_demand(thing, "on-demand"), quota_demand(thing, "spot")) if each],
        "software": _data(software_for(thing.accelerator, thing.arch)),
        "driver": _data(driver_for(thing.accelerator or "")),
        "host_watts": host_watts(thing) if isinstance(thing, Machine) else None,
        "thresholds": [dataclasses.asdict(each) for each in _thresholds(thing)],
        "attachments": _list(attachments(cloud, thing.name)),
        "proof": _data(proof_of(thing.name)),
        "sources": [_data(source(key)) for key in thing.sources],
    }


def sections(thing: Machine | SliceType) -> tuple[Section, ...]:
    """Return the facts of a machine or slice as labeled sections."""
    parts = _machine_parts(thing) if isinstance(thing, Machine) else _slice_parts(thing)
    common = (
        ("Quota", tuple(_quota(thing))),
        ("Offered", tuple(_offered(thing))),
        ("Software", tuple(_software(thing))),
        ("Accepted when", tuple(_accepted(thing))),
        ("Price", tuple(_price(thing))),
        ("Proved", (("family", str(proof_of(thing.name) or "not proved")),)),
        ("Sources", tuple(_sources(thing))),
    )
    return tuple(Section(title, facts) for title, facts in (*parts, *common) if facts)


def _machine_parts(each: Machine) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    found = limits(each.cloud, each.name)
    return (
        ("Compute", tuple(_compute(each, found))),
        ("Accelerators", tuple(_accelerators(each))),
        ("Attachable", tuple(_attachable(each))),
        ("Memory", (("memory", _number(each.memory_gib, "GiB")),)),
        ("Network", tuple(_network(each, found))),
        ("Storage", tuple(_storage(each, found))),
    )


def _slice_parts(each: SliceType) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return (
        (
            "Slice",
            (
                ("chips", f"{each.chips} x {each.accelerator}, topology {each.topology}"),
                ("hosts", f"{each.hosts} with {each.chips_per_host} chips each ({each.host_machine or UNKNOWN})"),
                ("memory of a chip", _number(each.chip_memory_gib, "GiB")),
                ("runtime version", each.runtime_version or UNKNOWN),
            ),
        ),
        ("Each host", (("vCPUs", _number(each.vcpus)), ("memory", _number(each.memory_gib, "GiB")))),
    )


def _compute(each: Machine, found: Limits | None) -> Iterator[tuple[str, str]]:
    yield "vCPUs", _number(each.vcpus)
    if found and found.cores:
        yield "cores", str(found.cores)
    yield "architecture", each.arch
    if found and found.hypervisor:
        yield "hypervisor", found.hypervisor
    if found and found.placement:
        yield "placement groups", ", ".join(found.placement)
    watts = host_watts(each)
    if watts is not None:
        yield "power, estimate", f"{watts:,.0f} W without accelerators"


def _accelerators(each: Machine) -> Iterator[tuple[str, str]]:
    if each.accelerator is None:
        return
    share = "" if each.accelerator_share == 1 else f" (each {each.accelerator_share:g} of one)"
    yield "accelerators", f"{each.accelerators} x {each.accelerator}{share}"
    yield "memory of each", _number(each.accelerator_memory_gib, "GiB")
    chip = accelerator(each.accelerator)
    if chip is None:
        return
    capability = f", compute capability {chip.compute_capability}" if chip.compute_capability else ""
    yield "architecture", f"{chip.vendor} {chip.architecture}{capability}"
    if chip.nvlinks and chip.nvlink_gbs:
        yield "NVLink", f"{chip.nvlinks} links, {chip.nvlinks * chip.nvlink_gbs:.0f} GB/s per direction"
    yield "power limit of each", _number(chip.tdp_watts, "W")


def _attachable(each: Machine) -> Iterator[tuple[str, str]]:
    known = attachables(each.cloud, each.family)
    for name in dict.fromkeys(one.accelerator for one in known):
        fits = [one for one in known if one.accelerator == name and (each.vcpus or 0) <= one.most_vcpus]
        yield f"takes {name}", " or ".join(str(one.count) for one in fits)
    for one in attachments(each.cloud, each.name):
        usd = UNKNOWN if one.on_demand_usd_hour is None else f"{one.on_demand_usd_hour:,.4f} USD an hour with the host"
        yield f"{one.count} x {one.accelerator}", f"{one.type}, {usd} ({one.price_region}, {one.price_date})"


def _network(each: Machine, found: Limits | None) -> Iterator[tuple[str, str]]:
    yield "bandwidth", _number(each.network_gbps, "Gbit/s")
    if found and found.network_cards:
        yield "network cards", f"{found.network_cards}, {found.interfaces} interfaces in all"
        yield "addresses", f"{found.addresses_per_interface} IPv4 per interface"
    if each.fabric is None:
        yield "fabric", "none"
        return
    ceiling = "" if each.fabric.ceiling_gbs is None else f", at most {each.fabric.ceiling_gbs:g} GB/s per host"
    yield "fabric", f"{each.fabric.name} ({each.fabric.kind}{ceiling})"
    yield from _fabric(each.fabric)


def _fabric(fabric: Fabric) -> Iterator[tuple[str, str]]:
    if fabric.kind == "efa":
        yield "EFA interfaces", str(fabric.efa_interfaces) if fabric.interfaces else UNKNOWN
        if fabric.interfaces:
            yield "layout", _layout(fabric.interfaces)
        return
    nics = (("host", fabric.host_nics), ("data", fabric.data_nics), ("RDMA", fabric.rdma_nics))
    yield "interfaces", ", ".join(f"{count} {name}" for name, count in nics if count)
    yield "type and MTU", f"{fabric.nic_type}, {fabric.mtu} bytes"
    if fabric.network_profile:
        yield "network profile", f"<zone>-{fabric.network_profile}"


def _layout(interfaces: tuple[Interface, ...]) -> str:
    """Return a launch template's layout with alike interfaces folded: efa-only on cards 1-31 device 0."""
    groups: dict[tuple[str, int], list[int]] = {}
    for each in interfaces:
        groups.setdefault((each.kind, each.device), []).append(each.card)
    return "; ".join(f"{kind} on {_cards(cards)} device {device}" for (kind, device), cards in groups.items())


def _cards(cards: list[int]) -> str:
    return f"card {cards[0]}" if len(cards) == 1 else f"cards {cards[0]}-{cards[-1]}"


def _storage(each: Machine, found: Limits | None) -> Iterator[tuple[str, str]]:
    if found and found.nvme_disks:
        yield "instance store", f"{found.nvme_disks} x {found.nvme_disk_gb} GB NVMe"
    elif found and found.nvme_choices:
        counts = " or ".join(map(str, found.nvme_choices))
        yield "instance store", f"{counts} x {found.nvme_disk_gb} GB NVMe, as asked for"
    else:
        yield "instance store", "none" if each.local_nvme_gb == 0 else _number(each.local_nvme_gb, "GB NVMe")
    yield "boot disk", each.boot_disk
    if found and found.disk_types:
        yield "disks of its series", ", ".join(found.disk_types)
    if found and found.volumes:
        slots = "" if found.volume_slots != "shared" else ", shared with interfaces and instance store"
        yield "volumes", f"at most {found.volumes}{slots}"
    if found and found.volume_gbps:
        yield "to volumes", f"{found.volume_gbps:g} Gbit/s"


def _quota(thing: Machine | SliceType) -> Iterator[tuple[str, str]]:
    yield "on demand", _demand(quota_demand(thing, "on-demand"))
    cloud = thing.cloud if isinstance(thing, Machine) else "gcp"
    found = limits(cloud, thing.name)
    if found and found.offers and "spot" not in found.offers:
        yield "spot", "not sold"
    else:
        yield "spot", _demand(quota_demand(thing, "spot"))
    if found and "capacity-block" in found.offers:
        yield "Capacity Blocks", "sold"


def _demand(demand: Demand | None) -> str:
    if demand is None:
        return UNKNOWN
    code = f" ({demand.quota.code})" if demand.quota.code and demand.quota.code != demand.quota.name else ""
    return f"{demand.amount} {UNITS[demand.quota.unit]} of {demand.quota.name}{code}, per {demand.quota.scope}"


def _offered(thing: Machine | SliceType) -> Iterator[tuple[str, str]]:
    found = offerings(thing.cloud if isinstance(thing, Machine) else "gcp", _offered_as(thing))
    if found is None:
        yield "regions", UNKNOWN
        return
    for each in found:
        if each.zones:
            yield each.region, " ".join(each.zones)
    regions = [each.region for each in found if not each.zones]
    if regions:
        yield "zones not known", " ".join(regions)


def _software(thing: Machine | SliceType) -> Iterator[tuple[str, str]]:
    stack = software_for(thing.accelerator, thing.arch)
    if stack is None:
        return
    if stack.refused:
        yield "benchmark", f"refused: {stack.refused}"
        return
    yield "benchmark", f"Keras on {BACKENDS[stack.backend or '']}: {' '.join(stack.requirements)}"
    if stack.instead_because:
        yield "because", stack.instead_because
    yield "Python", f"{stack.python_min} to {stack.python_max}"
    if stack.driver_branch:
        yield "NVIDIA driver", f"branch {stack.driver_branch}, {stack.kernel_modules} kernel modules"
    driver = driver_for(thing.accelerator or "")
    if driver and driver.daemons:
        yield "daemons", f"{', '.join(driver.daemons)} at the driver's version"


def _accepted(thing: Machine | SliceType) -> Iterator[tuple[str, str]]:
    for each in _thresholds(thing):
        size = f" of {each.size}" if each.size else ""
        hosts = f" on {each.nodes} hosts or more" if each.nodes and each.nodes > 1 else ""
        ceiling = "" if each.ceiling is None else f"; at most {each.ceiling:,.9g} is possible"
        provisional = "; provisional" if each.provisional else ""
        yield each.check, f"{each.comparison} {each.fail:,.9g} {each.unit}{size}{hosts}{ceiling}{provisional}"


def _thresholds(thing: Machine | SliceType) -> tuple[Threshold, ...]:
    count = thing.accelerators if isinstance(thing, Machine) else thing.chips
    subjects = {thing.name, f"{thing.accelerator}", f"{thing.accelerator}x{count}"}
    return tuple(each for each in thresholds() if each.subject in subjects)


def _price(thing: Machine | SliceType) -> Iterator[tuple[str, str]]:
    where = f"{thing.price_region}, {thing.price_date}"
    for label, usd in (("on demand", thing.on_demand_usd_hour), ("spot", thing.spot_usd_hour)):
        yield label, UNKNOWN if usd is None else f"{usd:,.4f} USD an hour ({where})"
    each = price_per_accelerator(thing) if isinstance(thing, Machine) else None
    if each is not None:
        yield "per accelerator", f"{each:,.4f} USD an hour, on demand"


def _sources(thing: Machine | SliceType) -> Iterator[tuple[str, str]]:
    yield "verified", "yes" if thing.verified else "no: part of the row rests on one source or on memory"
    for key in thing.sources:
        found = source(key)
        if found:
            yield key, f"{found.title} ({found.date})"
    if thing.notes:
        yield "notes", thing.notes


def _host(thing: Machine | SliceType) -> str:
    return thing.name if isinstance(thing, Machine) else thing.host_machine or ""


def _offered_as(thing: Machine | SliceType) -> str:
    return thing.name if isinstance(thing, Machine) else thing.accelerator


def _number(value: float | None, unit: str = "") -> str:
    return UNKNOWN if value is None else f"{value:,.9g} {unit}".strip()


def _data(found: Any) -> dict[str, Any] | None:
    return None if found is None else dataclasses.asdict(found)


def _list(found: tuple[Any, ...] | None) -> list[dict[str, Any]] | None:
    return None if found is None else [dataclasses.asdict(each) for each in found]
