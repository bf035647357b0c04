"""AWS rows against EC2's own description of its instance types, as moto ships it."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import moto
import pytest
from tests.catalog.families import Family, for_each_family

from rackwright.catalog import Machine, machines
from rackwright.catalog.reading import rows

NOT_RECORDED = {
    "p3.2xlarge": "previous generation, left out of the recording",
    "p3.8xlarge": "previous generation, left out of the recording",
    "p3.16xlarge": "previous generation, left out of the recording",
    "p6e-gb200.36xlarge": "sold as part of an UltraServer, left out of the recording",
}
FACTS = {"accelerator_memory_gib": "memory", "network_gbps": "network"}
DISAGREEMENTS = {(row["name"], FACTS[row["column"]]) for row in rows("aws-kept")}
"""(machine, fact) where the catalog does not follow EC2; data/aws-kept.csv says why."""

NAMES = {
    "RTX PRO Server 6000": "RTX-PRO-6000",
    "RTX PRO 4500": "RTX-PRO-4500",
    "T4g": "T4G",
}
"""EC2's name of an accelerator -> the catalog's, where they differ in more than a memory suffix."""


@cache
def recorded() -> dict[str, Any]:
    """Instance types as EC2 describes them, by name."""
    path = Path(moto.__file__).parent / "ec2/resources/instance_types.json.gz"
    types: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return types


KNOWN = tuple(each for each in machines("aws") if each.name in recorded())
EVERY = for_each_family(KNOWN)
FABRIC = for_each_family([each for each in KNOWN if each.fabric and each.fabric.interfaces])


def devices(described: dict[str, Any]) -> tuple[str | None, int, float | None]:
    """Return name, count and memory (GiB per device) of the accelerators that EC2 describes."""
    gpus = described.get("GpuInfo", {}).get("Gpus", [])
    chips = described.get("NeuronInfo", {}).get("NeuronDevices", [])
    for device in (*gpus, *chips):
        count = device["Count"] or device["LogicalGpuCount"]
        return device["Name"], count, device["MemoryInfo"]["SizeInMiB"] / 1024
    return None, 0, None


def test_only_the_named_machines_are_not_recorded() -> None:
    """Every AWS row can be checked, but for those listed with a reason."""
    assert {each.name for each in machines("aws")} - set(recorded()) == set(NOT_RECORDED)


def as_recorded(each: Machine) -> dict[str, object]:
    """Return the facts of a machine as EC2 describes them."""
    described = recorded()[each.name]
    gpus = described.get("GpuInfo", {}).get("Gpus", [{}])
    name, count, memory = devices(described)
    return {
        "vcpus": described["VCpuInfo"]["DefaultVCpus"],
        "host memory": described["MemoryInfo"]["SizeInMiB"] / 1024,
        "disks": described.get("InstanceStorageInfo", {}).get("TotalSizeInGB", 0),
        "architecture": "arm64" if "arm64" in described["ProcessorInfo"]["SupportedArchitectures"] else "amd64",
        "accelerator": None if name is None else NAMES.get(name, name),
        "count": count,
        "share": gpus[0].get("GpuPartitionSize", 1.0),
        "memory": memory,
        "network": sum(card["BaselineBandwidthInGbps"] for card in described["NetworkInfo"]["NetworkCards"]),
    }


def as_listed(each: Machine) -> dict[str, object]:
    """Return the same facts as the catalog has them; memory suffixes of names aside."""
    name = each.accelerator
    return {
        "vcpus": each.vcpus,
        "host memory": each.memory_gib,
        "disks": each.local_nvme_gb,
        "architecture": each.arch,
        "accelerator": name and name.removesuffix("-80GB").removesuffix("-32GB"),
        "count": each.accelerators,
        "share": each.accelerator_share,
        "memory": pytest.approx(each.accelerator_memory_gib, abs=0.06) if each.accelerator_memory_gib else None,
        "network": pytest.approx(each.network_gbps, rel=0.01),
    }


@EVERY
def test_facts_are_ec2s_but_for_the_named_disagreements(family: Family) -> None:
    """Size, accelerators and network agree with EC2, except where a reason is written down; no reason is stale."""
    for each in family:
        listed, described = as_listed(each), as_recorded(each)
        different = {fact for fact, value in described.items() if value != listed[fact]}
        assert different == {fact for name, fact in DISAGREEMENTS if name == each.name}


@EVERY
def test_efa_support_matches(family: Family) -> None:
    """A machine has a fabric exactly when EC2 gives it EFA, with as many EFA interfaces as EC2 allows."""
    for each in family:
        network = recorded()[each.name]["NetworkInfo"]
        assert (each.fabric is not None) == network["EfaSupported"]
        if each.fabric is not None:
            assert each.fabric.efa_interfaces == network["EfaInfo"]["MaximumEfaInterfaces"]


@FABRIC
def test_every_interface_fits_its_card(family: Family) -> None:
    """Each card exists, takes the interface's type, and is given no more interfaces than it has room for."""
    for each in family:
        assert each.fabric is not None
        cards = {card["NetworkCardIndex"]: card for card in recorded()[each.name]["NetworkInfo"]["NetworkCards"]}
        for interface in each.fabric.interfaces or ():
            card = cards[interface.card]
            assert interface.kind in card["InterfaceTypes"]
            assert interface.device < card["MaximumNetworkInterfaces"]


@FABRIC
def test_primary_interface_is_plain_ena(family: Family) -> None:
    """An EFA-only interface cannot be the primary one."""
    for each in family:
        assert each.fabric is not None
        primary = [one for one in each.fabric.interfaces or () if (one.card, one.device) == (0, 0)]
        assert [one.kind for one in primary] == ["interface"]
