"""Rebuilding the AWS tables from what AWS itself publishes: EC2's descriptions and offerings, price lists, spot prices.

Pure: parsed documents and the present rows in, new rows out. Facts named in data/aws-kept.csv are left as they are.
"""

from __future__ import annotations

import csv
import difflib
import io
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from rackwright.catalog.reading import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Row = dict[str, str]

MACHINES, LIMITS, OFFERS = "aws-machines", "aws-limits", "aws-offers"
SOURCES = "sources"
PRICE_LIST = "aws-price-list"
PRICE_LIST_SOURCE = {
    "key": PRICE_LIST,
    "title": "AWS price list of AmazonEC2",
    "url": "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/index.json",
}
NAMES = {"RTX PRO Server 6000": "RTX-PRO-6000", "RTX PRO 4500": "RTX-PRO-4500", "T4g": "T4G"}
"""EC2's name of an accelerator -> the catalog's."""
VARIANTS = {("A100", 80): "A100-80GB", ("V100", 32): "V100-32GB"}
"""(name, GiB) -> the catalog's name of the larger one."""
ROUNDED_GIB = 0.06
"""How far the catalog's memory of an accelerator, with one decimal, may be from EC2's MiB."""


@dataclass(slots=True)
class Published:
    """What the given documents say. Prices are USD an hour, on demand with `date`, spot of the cheapest zone."""

    types: dict[str, dict[str, Any]] = field(default_factory=dict)
    offerings: dict[str, set[str]] = field(default_factory=dict)
    on_demand: dict[str, str] = field(default_factory=dict)
    spot: dict[str, str] = field(default_factory=dict)
    date: str = ""
    spot_date: str = ""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """The new rows by table, and the names of described types that the catalog does not list."""

    tables: dict[str, list[Row]]
    unlisted: tuple[str, ...]


def refresh(published: Published, region: str, add: Iterable[str] = ()) -> Refreshed:
    """Return the AWS tables with what was published; `add` are patterns of types to take in (m8g.*), else none is."""
    patterns = tuple(add)
    machines = rows(MACHINES)
    listed = {row["name"] for row in machines}
    new = sorted(
        name for name in published.types if name not in listed and any(fnmatchcase(name, each) for each in patterns)
    )
    machines += [dict.fromkeys(machines[0], "") | {"name": name, "boot_disk": "gp3", "verified": "yes"} for name in new]
    refreshed = [_machine(row, published, region) for row in machines]
    names = [row["name"] for row in refreshed]
    return Refreshed(
        tables={
            MACHINES: refreshed,
            LIMITS: _merged(LIMITS, names, {name: limit_row(each) for name, each in published.types.items()}),
            OFFERS: _merged(OFFERS, names, _offers(published.offerings)),
            SOURCES: _sources(published),
        },
        unlisted=tuple(sorted(set(published.types) - set(names))),
    )


def render(table: list[Row]) -> str:
    """Return a table as the text of its file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue()


def diff(name: str, old: str, new: str) -> str:
    """Return a unified diff of a table's file, empty where nothing changed."""
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}.csv", f"b/{name}.csv", n=0
    )
    return "".join(lines)


def _machine(row: Row, published: Published, region: str) -> Row:
    name = row["name"]
    described = published.types.get(name)
    facts = {} if described is None else _facts(row, described)
    kept = {each["column"] for each in rows("aws-kept") if each["name"] == name}
    changed = {column: value for column, value in facts.items() if column not in kept}
    return row | changed | _prices(row, published, region)


def _facts(row: Row, described: Mapping[str, Any]) -> Row:
    network = described["NetworkInfo"]
    efa = network.get("EfaInfo", {}).get("MaximumEfaInterfaces", 0) if network["EfaSupported"] else 0
    fabrics = {each["name"] for each in rows("fabrics")}
    facts = {
        "family": described["InstanceType"].partition(".")[0],
        "vcpus": str(described["VCpuInfo"]["DefaultVCpus"]),
        "memory_gib": number(described["MemoryInfo"]["SizeInMiB"] / 1024),
        "arch": "arm64" if "arm64" in described["ProcessorInfo"]["SupportedArchitectures"] else "amd64",
        "network_gbps": _near(row, sum(card["BaselineBandwidthInGbps"] for card in network["NetworkCards"])),
        "local_nvme_gb": str(described.get("InstanceStorageInfo", {}).get("TotalSizeInGB", 0)),
        **_accelerator(row, described),
    }
    if not row["fabric"] and f"efa-{efa}" in fabrics:
        facts["fabric"] = f"efa-{efa}"
    if not row["sources"]:
        facts["sources"] = "ec2-types"
    return facts


def _near(row: Row, gbps: float) -> str:
    """Return a bandwidth; the present figure where it is the same but for rounding."""
    present = float(row["network_gbps"] or 0)
    return row["network_gbps"] if present and abs(present - gbps) <= 0.01 * gbps else number(round(gbps, 3))


def _accelerator(row: Row, described: Mapping[str, Any]) -> Row:
    gpus = described.get("GpuInfo", {}).get("Gpus", [])
    chips = described.get("NeuronInfo", {}).get("NeuronDevices", [])
    device = next(iter((*gpus, *chips)), None)
    if device is None:
        return {"accelerators": "0"}
    gib = device["MemoryInfo"]["SizeInMiB"] / 1024
    name = NAMES.get(device["Name"], device["Name"])
    share = device.get("GpuPartitionSize", 1.0)
    present = row["accelerator_memory_gib"]
    same = present and abs(float(present) - gib) <= ROUNDED_GIB
    return {
        "accelerator": row["accelerator"] or VARIANTS.get((name, round(gib)), name),
        "accelerators": str(device["Count"] or device["LogicalGpuCount"]),
        "accelerator_share": "" if share == 1 else number(share),
        "accelerator_memory_gib": present if same else number(round(gib, 1)),
    }


def _prices(row: Row, published: Published, region: str) -> Row:
    on_demand, spot = published.on_demand.get(row["name"]), published.spot.get(row["name"])
    if on_demand is None and spot is None:
        return {}
    date = published.date if on_demand is not None else published.spot_date
    changed = {"price_region": region, "price_date": date}
    if on_demand is not None:
        changed["on_demand_usd_hour"] = on_demand
        changed["notes"] = "" if row["notes"] == f"no {region} on-demand price" else row["notes"]
        changed["sources"] = " ".join(dict.fromkeys([*(row["sources"] or "ec2-types").split(), PRICE_LIST]))
    if spot is not None:
        changed["spot_usd_hour"] = spot
    return changed


def _sources(published: Published) -> list[Row]:
    """Return the sources, the price list among them where one was read."""
    found = {row["key"]: row for row in rows(SOURCES)}
    if published.on_demand:
        found[PRICE_LIST] = {**PRICE_LIST_SOURCE, "date": published.date}
    return [found[key] for key in sorted(found)]


def limit_row(described: Mapping[str, Any]) -> Row:
    """Return the limits of an instance type as a row of data/aws-limits.csv."""
    network, ebs = described["NetworkInfo"], described["EbsInfo"]
    disks = described.get("InstanceStorageInfo", {}).get("Disks", [])
    efa = network.get("EfaInfo", {}).get("MaximumEfaInterfaces", 0) if network["EfaSupported"] else 0
    optimized = ebs.get("EbsOptimizedInfo", {})
    baseline = optimized.get("BaselineBandwidthInMbps")
    return {
        "name": described["InstanceType"],
        "cores": str(described["VCpuInfo"].get("DefaultCores", "")),
        "nvme_disks": str(sum(disk["Count"] for disk in disks)),
        "nvme_disk_gb": str(disks[0]["SizeInGB"]) if disks else "",
        "network_cards": str(network["MaximumNetworkCards"]),
        "interfaces": str(network["MaximumNetworkInterfaces"]),
        "addresses_per_interface": str(network["Ipv4AddressesPerInterface"]),
        "efa_interfaces": str(efa),
        "volumes": str(ebs.get("MaximumEbsAttachments", "")),
        "volume_slots": ebs.get("AttachmentLimitType", ""),
        "volume_gbps": "" if baseline is None else number(baseline / 1000),
        "volume_iops": str(optimized.get("BaselineIops", "")),
        "hypervisor": "metal" if described["BareMetal"] else described["Hypervisor"],
        "offers": " ".join(sorted(described["SupportedUsageClasses"])),
        "placement": " ".join(described.get("PlacementGroupInfo", {}).get("SupportedStrategies", [])),
        "sources": "ec2-types",
    }


def _merged(table: str, names: list[str], new: Mapping[str, Row]) -> list[Row]:
    """Return a table in the order of the machines, new rows in place of old ones."""
    old = {row["name"]: row for row in rows(table)}
    return [new[name] if name in new else old[name] for name in names if name in new or name in old]


def _offers(offerings: Mapping[str, set[str]]) -> dict[str, Row]:
    """Return rows of data/aws-offers.csv: regions that the documents cover are replaced, the others stay."""
    prefixes = {row["zone_ids"]: row["name"] for row in rows("regions") if row["zone_ids"]}
    covered = {prefixes[_prefix(zone)] for zones in offerings.values() for zone in zones if _prefix(zone) in prefixes}
    old = {row["name"]: row for row in rows(OFFERS)}
    found: dict[str, Row] = {}
    for name in {*offerings, *(old if covered else ())}:
        cells = dict(word.split(":") for word in old.get(name, {"offered": ""})["offered"].split())
        kept = {region: marks for region, marks in cells.items() if region not in covered}
        for zone in sorted(offerings.get(name, ())):
            region = prefixes.get(_prefix(zone))
            if region is not None:
                kept[region] = kept.get(region, "") + zone.rpartition("-az")[2]
        offered = " ".join(f"{region}:{kept[region]}" for region in sorted(kept))
        found[name] = {"name": name, "offered": offered, "sources": "ec2-offerings"}
    return found


def _prefix(zone: str) -> str:
    return zone.rpartition("-az")[0]


def number(value: float) -> str:
    """Return a number as the tables write it: no trailing zeros, no exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
