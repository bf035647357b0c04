"""Hosts behind a proxy install through it, and reach their own network and the cloud's storage directly."""

from __future__ import annotations

import pytest
from tests.planning.plans import site_plans

from rackwright.emit.inventory import host_vars

MACHINES = {"aws": "g6.xlarge", "gcp": "g2-standard-4"}
PROXY = "http://proxy.acme.example:3128"


def variables(cloud: str, **network: object) -> dict[str, str]:
    """Return the environment in which hosts of a site install."""
    clusters = {"train": {"machine": MACHINES[cloud], "nodes": 1}}
    _, plan = site_plans(cloud, network=network, clusters=clusters)
    found: dict[str, str] = host_vars(plan.host_sets[0]).get("rackwright_environment", {})
    return found


@pytest.mark.parametrize(
    ("cloud", "direct"),
    [
        ("aws", ["s3.us-east-1.amazonaws.com", "10.40.0.0/16"]),
        ("gcp", ["metadata.google.internal", ".googleapis.com", "10.80.0.0/16"]),
    ],
)
def test_a_proxy_is_in_the_inventory(cloud: str, direct: list[str]) -> None:
    """Both spellings of each variable are set; metadata, storage and the site's own addresses are never asked of it."""
    found = variables(cloud, proxy={"url": PROXY, "bypass": [".acme.example"]})

    assert found["https_proxy"] == found["HTTPS_PROXY"] == found["http_proxy"] == found["HTTP_PROXY"] == PROXY
    assert found["no_proxy"] == found["NO_PROXY"]
    assert {*direct, "169.254.169.254", ".acme.example"} - set(found["no_proxy"].split(",")) == set()


def test_a_mirror_is_in_the_inventory() -> None:
    """Pip asks the mirror; without proxy and mirror the inventory says nothing of an environment."""
    assert variables("aws", package_index="https://pypi.acme.example/simple") == {
        "PIP_INDEX_URL": "https://pypi.acme.example/simple"
    }
    assert variables("aws") == {}
