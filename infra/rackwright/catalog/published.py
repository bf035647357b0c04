"""Reading what AWS publishes: EC2's own answers as its command line prints them, and the public price lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rackwright.catalog.refresh import Published, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

KINDS = (
    "InstanceTypes (describe-instance-types)",
    "InstanceTypeOfferings (describe-instance-type-offerings --location-type availability-zone-id)",
    "SpotPriceHistory (describe-spot-price-history)",
    "PriceList (pricing get-products --service-code AmazonEC2)",
    "products and terms (the public price list of AmazonEC2)",
)
PLAIN = {"operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA", "capacitystatus": "Used"}
"""What a product must be so that its price is that of the machine alone."""


def read(documents: Iterable[Mapping[str, Any]], region: str) -> Published:
    """Return what documents say together, prices of one region; raise ValueError for a document of no known kind."""
    found = Published()
    for document in documents:
        _read(document, region, found)
    return found


def _read(document: Mapping[str, Any], region: str, found: Published) -> None:
    if "InstanceTypes" in document:
        found.types |= {each["InstanceType"]: each for each in document["InstanceTypes"]}
    elif "InstanceTypeOfferings" in document:
        for each in document["InstanceTypeOfferings"]:
            found.offerings.setdefault(each["InstanceType"], set()).add(each["Location"])
    elif "SpotPriceHistory" in document:
        _read_spot(document["SpotPriceHistory"], region, found)
    elif "PriceList" in document:
        entries = [json.loads(each) if isinstance(each, str) else each for each in document["PriceList"]]
        for entry in entries:
            _read_product(entry["product"], entry["terms"].get("OnDemand", {}), region, found)
            found.date = max(found.date, entry.get("publicationDate", "")[:10])
    elif "products" in document and "terms" in document:
        for sku, product in document["products"].items():
            _read_product(product, document["terms"].get("OnDemand", {}).get(sku, {}), region, found)
        found.date = max(found.date, document.get("publicationDate", "")[:10])
    else:
        raise ValueError(f"none of: {'; '.join(KINDS)}")


def _read_spot(history: list[Mapping[str, Any]], region: str, found: Published) -> None:
    """Take the cheapest zone of the newest price of each zone."""
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for each in history:
        zone = each["AvailabilityZone"]
        if each["ProductDescription"] == "Linux/UNIX" and zone.startswith(region):
            key = (each["InstanceType"], zone)
            newest[key] = max(newest.get(key, each), each, key=lambda one: one["Timestamp"])
    for (name, _), each in newest.items():
        price = float(each["SpotPrice"])
        found.spot[name] = number(min(price, float(found.spot.get(name, price))))
        found.spot_date = max(found.spot_date, each["Timestamp"][:10])


def _read_product(product: Mapping[str, Any], terms: Mapping[str, Any], region: str, found: Published) -> None:
    attributes = product["attributes"]
    if attributes.get("regionCode") != region or any(attributes.get(name) != value for name, value in PLAIN.items()):
        return
    for usd in _rates(terms):
        if usd > 0:
            found.on_demand[attributes["instanceType"]] = number(usd)


def _rates(terms: Mapping[str, Any]) -> Iterator[float]:
    for term in terms.values():
        for dimension in term["priceDimensions"].values():
            if dimension["unit"] == "Hrs":
                yield float(dimension["pricePerUnit"]["USD"])
