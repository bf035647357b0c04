"""Limits at launch, against EC2's own description."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import moto
from tests.catalog.families import Family, for_each_family

from rackwright.catalog import limits, machines


@cache
def recorded() -> dict[str, Any]:
    """Instance types as EC2 describes them, by name."""
    path = Path(moto.__file__).parent / "ec2/resources/instance_types.json.gz"
    types: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return types


AWS = for_each_family(each for each in machines("aws") if each.name in recorded())


def test_limits_of_p5en() -> None:
    """Sixteen cards with four interfaces each, eight disks, 64 volumes in slots of their own, Capacity Blocks."""
    found = limits("aws", "p5en.48xlarge")
    assert found is not None
    assert (found.network_cards, found.interfaces, found.efa_interfaces) == (16, 64, 16)
    assert (found.nvme_disks, found.nvme_disk_gb) == (8, 3800)
    assert (found.volumes, found.volume_slots, found.hypervisor) == (64, "dedicated", "nitro")
    assert found.offers == ("capacity-block", "on-demand", "spot")


def test_disk_types_follow_the_series_on_google_cloud() -> None:
    """A3 takes no pd-standard, A4X no Persistent Disk at all."""
    a3, a4x = limits("gcp", "a3-highgpu-8g"), limits("gcp", "a4x-highgpu-4g")
    assert a3 is not None
    assert a4x is not None
    assert ("pd-balanced" in a3.disk_types, "pd-standard" in a3.disk_types) == (True, False)
    assert [name for name in a4x.disk_types if name.startswith("pd-")] == []


def test_unknown_is_none() -> None:
    """Another cloud's machine, or one that no source describes."""
    assert (limits("aws", "p3.2xlarge"), limits("azure", "x"), limits("gcp", "zz9-standard-4")) == (None, None, None)


@AWS
def test_limits_are_ec2s(family: Family) -> None:
    """Interfaces, addresses, volumes, offers and placement as EC2 describes them."""
    for each in family:
        found, described = limits("aws", each.name), recorded()[each.name]
        assert found is not None
        network = described["NetworkInfo"]
        assert (found.network_cards, found.interfaces, found.addresses_per_interface) == (
            network["MaximumNetworkCards"],
            network["MaximumNetworkInterfaces"],
            network["Ipv4AddressesPerInterface"],
        )
        assert found.volumes == described["EbsInfo"].get("MaximumEbsAttachments")
        assert found.volume_iops == described["EbsInfo"].get("EbsOptimizedInfo", {}).get("BaselineIops")
        assert set(found.offers) == set(described["SupportedUsageClasses"])
        assert set(found.placement) == set(described.get("PlacementGroupInfo", {}).get("SupportedStrategies", []))


@for_each_family(machines())
def test_disks_sum_up_to_the_machines(family: Family) -> None:
    """Instance-store disks times their size is what the machine says; EFA layouts fit the maximum."""
    for each in family:
        found = limits(each.cloud, each.name)
        if found is not None and found.nvme_disks is not None:
            assert found.nvme_disks * (found.nvme_disk_gb or 0) == each.local_nvme_gb
        if found is not None and found.efa_interfaces is not None and each.fabric is not None:
            assert each.fabric.efa_interfaces <= found.efa_interfaces
            assert len(each.fabric.interfaces or ()) <= (found.interfaces or 0)


@for_each_family(machines("gcp"))
def test_boot_disk_is_one_that_the_series_attaches(family: Family) -> None:
    """The default boot disk of a machine is among the disks of its series."""
    for each in family:
        found = limits("gcp", each.name)
        assert found is not None
        assert each.boot_disk in found.disk_types
