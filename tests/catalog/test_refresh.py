"""Rebuilding the AWS tables from what AWS publishes: moto's recordings stand in for EC2's answers."""

from __future__ import annotations

import copy
import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import moto
import pytest

from rackwright.catalog import refresh as rebuild
from rackwright.catalog.published import read
from rackwright.catalog.reading import DATA, rows

RESOURCES = Path(moto.__file__).parent / "ec2/resources"


@cache
def described() -> dict[str, Any]:
    """Return the answer of describe-instance-types, all pages as one."""
    types = json.loads(gzip.decompress((RESOURCES / "instance_types.json.gz").read_bytes()))
    return {"InstanceTypes": list(types.values())}


def offered(region: str) -> dict[str, Any]:
    """Return the answer of describe-instance-type-offerings for a region."""
    path = RESOURCES / f"instance_type_offerings/availability-zone-id/{region}.json.gz"
    return {"InstanceTypeOfferings": json.loads(gzip.decompress(path.read_bytes()))}


def changed(name: str, **facts: dict[str, Any]) -> dict[str, Any]:
    """Return one described type with parts of it replaced."""
    found = copy.deepcopy(next(each for each in described()["InstanceTypes"] if each["InstanceType"] == name))
    for part, values in facts.items():
        found[part] |= values
    return {"InstanceTypes": [found]}


def product(name: str, usd: str, **attributes: str) -> dict[str, Any]:
    """Return a product of the price list with its on-demand term."""
    plain = {"operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA", "capacitystatus": "Used"}
    return {
        "product": {"attributes": {"instanceType": name, "regionCode": "us-east-1", **plain, **attributes}},
        "terms": {
            "OnDemand": {"t": {"priceDimensions": {"d": {"unit": "Hrs", "pricePerUnit": {"USD": usd}}}}},
        },
        "publicationDate": "2027-01-02T00:00:00Z",
    }


def row(result: rebuild.Refreshed, table: str, name: str) -> dict[str, str]:
    """Return one row of a refreshed table."""
    return next(each for each in result.tables[table] if each["name"] == name)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.stem)
def test_tables_are_written_as_they_are_read(path: Path) -> None:
    """Rendering what was read gives the file, byte for byte: a diff shows facts, never quoting."""
    assert rebuild.render(rows(path.stem)) == path.read_text(encoding="utf-8")


def test_the_catalog_is_what_ec2_says() -> None:
    """The recordings that the catalog was made from change nothing."""
    documents = [described(), *(offered(each) for each in ("us-east-1", "eu-west-1", "ap-northeast-1"))]
    result = rebuild.refresh(read(documents, "us-east-1"), "us-east-1")
    assert {name: table == rows(name) for name, table in result.tables.items()} == {
        "aws-machines": True,
        "aws-limits": True,
        "aws-offers": True,
        "sources": True,
    }
    assert "m9g.large" in result.unlisted


def test_nothing_given_nothing_changes() -> None:
    """No document leaves every table as it is."""
    result = rebuild.refresh(read([], "us-east-1"), "us-east-1")
    assert all(table == rows(name) for name, table in result.tables.items())


def test_a_changed_fact_is_one_line_of_diff() -> None:
    """More memory in m7i.large: its row goes out and comes in, nothing else."""
    result = rebuild.refresh(read([changed("m7i.large", MemoryInfo={"SizeInMiB": 9216})], "us-east-1"), "us-east-1")
    old = (DATA / "aws-machines.csv").read_text(encoding="utf-8")
    lines = rebuild.diff("aws-machines", old, rebuild.render(result.tables["aws-machines"])).splitlines()
    assert [line[:14] for line in lines if not line.startswith("@@")] == [
        "--- a/aws-mach", "+++ b/aws-mach", "-m7i.large,m7i", "+m7i.large,m7i",
    ]  # fmt: skip
    assert row(result, "aws-machines", "m7i.large")["memory_gib"] == "9"


def test_kept_facts_stay() -> None:
    """EC2 gives ENA's bandwidth of p6-b200; the catalog keeps EFA's."""
    result = rebuild.refresh(read([described()], "us-east-1"), "us-east-1")
    assert row(result, "aws-machines", "p6-b200.48xlarge")["network_gbps"] == "3200"


def test_a_type_is_taken_in_on_demand_only() -> None:
    """A pattern adds described types with their limits; without one none is added."""
    published = read([described()], "us-east-1")
    result = rebuild.refresh(published, "us-east-1", ["m9g.large"])
    assert row(result, "aws-machines", "m9g.large") == dict.fromkeys(rows("aws-machines")[0], "") | {
        "name": "m9g.large", "family": "m9g", "accelerators": "0", "vcpus": "2", "memory_gib": "8", "arch": "arm64",
        "network_gbps": "1", "local_nvme_gb": "0", "boot_disk": "gp3", "verified": "yes", "sources": "ec2-types",
    }  # fmt: skip
    assert row(result, "aws-limits", "m9g.large")["hypervisor"] == "nitro"
    assert "m9g.large" not in result.unlisted


def test_accelerators_of_a_new_type_get_the_catalogs_names() -> None:
    """As if p4de and g7e were new: 80 GB variants and AWS's own spellings are mapped."""
    for name, expected in (("p4de.24xlarge", "A100-80GB"), ("g7e.2xlarge", "RTX-PRO-6000"), ("g6f.large", "L4")):
        document = changed(name)
        document["InstanceTypes"][0]["InstanceType"] = "new.large"
        result = rebuild.refresh(read([document], "us-east-1"), "us-east-1", ["new.*"])
        assert row(result, "aws-machines", "new.large")["accelerator"] == expected


def test_offerings_replace_the_regions_they_cover() -> None:
    """A region's list is replaced as a whole; other regions stay."""
    document = {"InstanceTypeOfferings": [{"InstanceType": "p5.48xlarge", "Location": "use1-az9"}]}
    result = rebuild.refresh(read([document], "us-east-1"), "us-east-1")
    p5 = dict(word.split(":") for word in row(result, "aws-offers", "p5.48xlarge")["offered"].split())
    before = next(each for each in rows("aws-offers") if each["name"] == "p5.48xlarge")["offered"]
    assert p5 == dict(word.split(":") for word in before.split()) | {"us-east-1": "9"}
    assert "us-east-1" not in row(result, "aws-offers", "p4d.24xlarge")["offered"]


def test_the_price_list_sets_price_region_and_date() -> None:
    """Linux, shared tenancy, nothing installed, and the region asked for; zero prices are no prices."""
    listed = [
        product("p5.48xlarge", "50.0000000000"),
        product("p5.48xlarge", "99.0", operatingSystem="Windows"),
        product("p5.48xlarge", "98.0", tenancy="Dedicated"),
        product("m7i.large", "0.09", regionCode="us-west-2"),
        product("c7i.large", "0.0000000000"),
    ]
    published = read([{"PriceList": [json.dumps(each) for each in listed]}], "us-east-1")
    assert (published.on_demand, published.date) == ({"p5.48xlarge": "50"}, "2027-01-02")
    result = rebuild.refresh(published, "us-east-1")
    p5 = row(result, "aws-machines", "p5.48xlarge")
    assert (p5["on_demand_usd_hour"], p5["price_region"], p5["price_date"]) == ("50", "us-east-1", "2027-01-02")
    assert p5["sources"].split()[-1] == "aws-price-list"
    listed_as = next(each for each in result.tables["sources"] if each["key"] == "aws-price-list")
    assert listed_as["date"] == "2027-01-02"


def test_a_new_price_ends_the_note_that_there_is_none() -> None:
    """hpc7a.12xlarge has no price in us-east-1, until the list has one."""
    assert next(each for each in rows("aws-machines") if each["name"] == "hpc7a.12xlarge")["notes"] == (
        "no us-east-1 on-demand price"
    )
    published = read([{"PriceList": [product("hpc7a.12xlarge", "7.2")]}], "us-east-1")
    found = row(rebuild.refresh(published, "us-east-1"), "aws-machines", "hpc7a.12xlarge")
    assert (found["on_demand_usd_hour"], found["notes"]) == ("7.2", "")


def test_the_bulk_price_list_says_the_same() -> None:
    """Products and terms by SKU, as the public file has them."""
    one = product("p5.48xlarge", "50")
    document = {
        "products": {"SKU": one["product"]},
        "terms": {"OnDemand": {"SKU": one["terms"]["OnDemand"]}},
        "publicationDate": "2027-01-02T00:00:00Z",
    }
    found = read([document], "us-east-1")
    assert (found.on_demand, found.date) == ({"p5.48xlarge": "50"}, "2027-01-02")


def test_spot_is_the_cheapest_zones_newest_price() -> None:
    """Older prices of a zone, other products and other regions do not count."""
    history = [
        ("us-east-1a", "20.5", "2027-01-01T00:00:00Z", "Linux/UNIX"),
        ("us-east-1a", "30.5", "2027-01-03T00:00:00Z", "Linux/UNIX"),
        ("us-east-1b", "25.250000", "2027-01-02T00:00:00Z", "Linux/UNIX"),
        ("us-east-1c", "1.0", "2027-01-02T00:00:00Z", "Windows"),
        ("us-west-2a", "2.0", "2027-01-02T00:00:00Z", "Linux/UNIX"),
    ]
    document = {
        "SpotPriceHistory": [
            {
                "InstanceType": "p5.48xlarge",
                "AvailabilityZone": z,
                "SpotPrice": p,
                "Timestamp": t,
                "ProductDescription": d,
            }
            for z, p, t, d in history
        ]
    }
    found = read([document], "us-east-1")
    assert (found.spot, found.spot_date) == ({"p5.48xlarge": "25.25"}, "2027-01-03")


def test_a_document_of_no_known_kind_is_refused() -> None:
    """The message names the kinds that are read."""
    with pytest.raises(ValueError, match="describe-instance-types"):
        read([{"Reservations": []}], "us-east-1")
