"""Where machines and TPUs are sold, as far as sources say: unknown is not the same as nowhere."""

from __future__ import annotations

from functools import cache

from rackwright.catalog.reading import rows, words
from rackwright.catalog.regions import region
from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Offering:
    """A region where something is sold.

    `zones` are zone names on Google Cloud (us-central1-a) and zone ids on AWS (use1-az1: the letters of zone names
    differ by account); empty where the source names the region only.
    """

    region: str
    zones: tuple[str, ...]
    sources: tuple[str, ...]


def offerings(cloud: str, name: str) -> tuple[Offering, ...] | None:
    """Return where a machine type or a kind of TPU (TPU-v5e) is sold, None where no source says it."""
    row = _rows(cloud).get(name) if cloud in {"aws", "gcp"} else None
    if row is None:
        return None
    sources = words(row["sources"])
    return tuple(_offering(cloud, word, sources) for word in words(row["offered"]))


def offered_in(cloud: str, name: str, region_name: str) -> bool | None:
    """Return whether something is sold in a region; None where no source covers the thing or the region."""
    found = offerings(cloud, name)
    if found is None:
        return None
    if any(each.region == region_name for each in found):
        return True
    return False if region_name in _covered(cloud) else None


def offered_zones(cloud: str, name: str, region_name: str) -> tuple[str, ...] | None:
    """Return the zones of a region where something is sold; None where no source names zones for it there."""
    found = next((each for each in offerings(cloud, name) or () if each.region == region_name), None)
    return None if found is None or not found.zones else found.zones


def _offering(cloud: str, word: str, sources: tuple[str, ...]) -> Offering:
    name, _, marks = word.partition(":")
    return Offering(name, tuple(_zone(cloud, name, mark) for mark in marks), sources)


def _zone(cloud: str, region_name: str, mark: str) -> str:
    """Return a zone by its mark in the data: the last letter on Google Cloud, the number of the zone id on AWS."""
    known = region(cloud, region_name)
    if cloud == "aws" and known is not None:
        return f"{known.zone_id_prefix}-az{mark}"
    return f"{region_name}-{mark}"


@cache
def _rows(cloud: str) -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in rows(f"{cloud}-offers")}


@cache
def _covered(cloud: str) -> frozenset[str]:
    return frozenset(word.partition(":")[0] for row in _rows(cloud).values() for word in words(row["offered"]))
