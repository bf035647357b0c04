"""Regions and zones."""

from __future__ import annotations

import botocore.session
import pytest
from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

from rackwright.catalog import Region, region, regions


def test_aws_regions_are_botocores() -> None:
    """The regions of EC2, all of them."""
    known = botocore.session.Session().get_available_regions("ec2")
    assert [each.name for each in regions("aws")] == known


@pytest.mark.parametrize("each", regions("aws"), ids=lambda each: each.name)
def test_aws_zones_are_the_recorded_ones(each: Region) -> None:
    """Zones as EC2 listed them when they were recorded."""
    recorded = RegionsAndZonesBackend.zones[each.name]
    assert each.zones == tuple(zone.name for zone in recorded if zone.zone_type == "availability-zone")


@pytest.mark.parametrize("each", regions("gcp"), ids=lambda each: each.name)
def test_gcp_zones_belong_to_their_region(each: Region) -> None:
    """A zone is its region and a letter, and the grid is known."""
    assert each.zones
    assert all(zone.rpartition("-")[0] == each.name for zone in each.zones)
    assert each.grid_gco2e_kwh is not None


def test_irregular_zones_are_known() -> None:
    """us-east1 has no zone a, us-central1 has an f."""
    east, central = region("gcp", "us-east1"), region("gcp", "us-central1")
    assert east is not None
    assert central is not None
    assert east.zones == ("us-east1-b", "us-east1-c", "us-east1-d")
    assert central.zones[-1] == "us-central1-f"


def test_unknown_region_is_none() -> None:
    """A region of the other cloud is not found."""
    assert (region("aws", "us-central1"), region("gcp", "us-east-1")) == (None, None)
