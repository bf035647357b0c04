"""Names and places follow from the blueprint alone."""

from __future__ import annotations

from rackwright.blueprint.load import loads
from rackwright.derive import places

TEXT = """\
blueprint: 1
name: aurora
owner: {team: ml, cost_center: "1"}
sites:
  use1:
    cloud: aws
    account: "210987654321"
    region: us-east-1
    network: {cidr: 10.40.0.0/16, zones: [us-east-1b, us-east-1a]}
    storage:
      scratch: {kind: parallel, size: 1200GiB}
      far: {kind: parallel, size: 1200GiB, zone: us-east-1a}
    clusters:
      train: {machine: g6.xlarge, nodes: 2}
      near: {machine: g6.xlarge, nodes: 2, zone: us-east-1a}
"""


def test_stacks_are_named_after_their_place() -> None:
    """Datacenter, site and cluster, joined by dots; labels have hyphens instead."""
    assert places.site_stack("aurora", "use1") == "aurora.use1"
    assert places.cluster_stack("aurora", "use1", "train") == "aurora.use1.train"
    assert places.label("aurora.use1.train") == "aurora-use1-train"


def test_a_zone_that_is_not_said_is_the_first() -> None:
    """Clusters and parallel file systems live in the zone they name, else in the network's first."""
    site = loads(TEXT).blueprint.sites["use1"]
    scratch, far = site.storage["scratch"], site.storage["far"]

    assert scratch.kind == far.kind == "parallel"
    assert places.home_zone(site, scratch) == "us-east-1b"
    assert places.home_zone(site, far) == "us-east-1a"
    assert places.home_zone(site, site.clusters["train"]) == "us-east-1b"
    assert places.home_zone(site, site.clusters["near"]) == "us-east-1a"
