"""Where machines are sold."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import moto
import pytest
from tests.catalog.families import Family, for_each_family

from rackwright.catalog import machines, offered_in, offered_zones, offerings, region, slice_types

RESOURCES = Path(moto.__file__).parent / "ec2/resources/instance_type_offerings/availability-zone-id"


@cache
def recorded(name: str) -> frozenset[tuple[str, str]]:
    """Return (instance type, zone id) of a region as EC2 lists them."""
    listed = json.loads(gzip.decompress((RESOURCES / f"{name}.json.gz").read_bytes()))
    return frozenset((each["InstanceType"], each["Location"]) for each in listed)


def test_zones_of_aws_are_zone_ids() -> None:
    """The letters of zone names differ by account; ids do not."""
    assert offered_zones("aws", "p6-b200.48xlarge", "us-east-1") == ("use1-az6",)


def test_zones_of_google_cloud_are_names() -> None:
    """A3 Ultra is in one zone of us-central1."""
    assert offered_zones("gcp", "a3-ultragpu-8g", "us-central1") == ("us-central1-b",)


def test_unknown_is_not_nowhere() -> None:
    """True, False, and None where no source covers the machine or the region."""
    assert offered_in("gcp", "a4-highgpu-8g", "us-central1") is True
    assert offered_in("gcp", "a4-highgpu-8g", "europe-west2") is False
    assert offered_in("gcp", "a4x-highgpu-4g", "us-central1") is None
    assert offered_in("aws", "m7i.large", "mars-north-1") is None
    assert offerings("azure", "x") is None


def test_a_region_without_zones_has_none() -> None:
    """Where a source names the region only, zones are None and the region is still sold."""
    assert (
        offered_in("gcp", "n2-standard-8", "us-central1"),
        offered_zones("gcp", "n2-standard-8", "us-central1"),
    ) == (
        True,
        None,
    )


@for_each_family(machines())
def test_every_region_and_zone_exists(family: Family) -> None:
    """Regions are the catalog's, and zones of Google Cloud are zones of their region; no region twice."""
    for each in family:
        found = offerings(each.cloud, each.name) or ()
        assert len({one.region for one in found}) == len(found)
        for one in found:
            known = region(each.cloud, one.region)
            assert known is not None
            if each.cloud == "gcp":
                assert set(one.zones) <= set(known.zones)


@pytest.mark.parametrize("name", ["us-east-1", "us-west-2", "eu-north-1", "ap-northeast-1"])
def test_zones_are_ec2s(name: str) -> None:
    """Every machine is offered in exactly the zones that EC2 lists."""
    for each in machines("aws"):
        if offerings("aws", each.name) is not None:
            listed = {zone for kind, zone in recorded(name) if kind == each.name}
            assert set(offered_zones("aws", each.name, name) or ()) == listed


def test_tpus_are_sold_where_their_price_is_from() -> None:
    """The region of a slice's price is one where its chips are sold."""
    priced = [each for each in slice_types() if each.price_region and offerings("gcp", each.accelerator)]
    apart = {
        (each.generation, each.price_region)
        for each in priced
        if each.price_region and not offered_in("gcp", each.accelerator, each.price_region)
    }
    assert apart == set()
