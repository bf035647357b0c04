"""What a blueprint needs of quotas: added up by account and place, reserved machines left out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import SITE

from rackwright.blueprint import Blueprint
from rackwright.derive.choice import settled
from rackwright.derive.quotas import needs, undetermined

P5 = {"machine": "p5.48xlarge", "nodes": 4}
V6E = {"accelerator": "v6e-32", "slices": 2}


def blueprint(cloud: str, *sites: dict[str, Any]) -> Blueprint:
    """Return a settled blueprint with sites of these clusters."""
    owner = {"team": "ml-platform", "cost_center": "4711"}
    found = {f"s{index}": {**SITE[cloud], "clusters": clusters} for index, clusters in enumerate(sites)}
    return settled(Blueprint.model_validate({"blueprint": 1, "name": "dc", "owner": owner, "sites": found}))


def needed(cloud: str, *sites: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return key, place and amount of every quota that is needed."""
    return [(one.quota.key, one.place, one.amount) for one in needs(blueprint(cloud, *sites))]


def test_clusters_of_an_account_share_a_quota() -> None:
    """Sites of one account and region draw on the same quota, spare machines on another one."""
    spot = {**P5, "capacity": {"kind": "spot"}}
    found = needed("aws", {"aa": P5, "bb": {"accelerator": {"type": "H100", "count": 8}}}, {"aa": P5, "cc": spot})

    assert found == [("L-417A185B", "us-east-1", 9 * 192), ("L-C4BD4855", "us-east-1", 4 * 192)]


@pytest.mark.parametrize(
    "capacity",
    [
        {"reservation": "cr-12345678"},
        {"kind": "block", "reservation": "cr-12345678", "starts": "2027-01-01", "ends": "2027-01-02"},
    ],
)
def test_reserved_machines_drew_when_they_were_reserved(capacity: dict[str, Any]) -> None:
    """Launching into a reservation takes nothing more."""
    assert needed("aws", {"aa": {**P5, "capacity": capacity}}) == []


def test_slices_draw_in_their_zone() -> None:
    """Quotas of TPUs are granted per zone, and count chips or cores."""
    key = "TPUV6EPerProjectPerZoneForTPUAPI"

    assert needed("gcp", {"aa": V6E, "bb": {**V6E, "zone": "us-central1-b"}, "cc": {**V6E, "slices": 1}}) == [
        (key, "us-central1-a", 96),
        (key, "us-central1-b", 64),
    ]


def test_an_unknown_quota_is_said_to_be_unknown() -> None:
    """Sources disagree on the quota of spare P6 machines."""
    found = blueprint("aws", {"aa": {"machine": "p6-b200.48xlarge", "nodes": 2, "capacity": {"kind": "spot"}}})

    assert needs(found) == ()
    assert undetermined(found) == ("p6-b200.48xlarge, spot",)
