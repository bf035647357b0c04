"""A large blueprint, made and not committed: 20 clusters with 5,000 nodes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CLUSTERS = 20
NODES = 5000


def fleet(root: Path) -> Path:
    """Return the file of a blueprint of the fleet, written below `root`."""
    clusters = {f"train{n}": {"machine": "g6.48xlarge", "nodes": NODES // CLUSTERS} for n in range(CLUSTERS)}
    site = {
        "cloud": "aws",
        "account": "210987654321",
        "region": "us-east-1",
        "network": {"cidr": "10.0.0.0/16", "zones": ["us-east-1a"]},
        "clusters": clusters,
    }
    owner = {"team": "ml-platform", "cost_center": "4711"}
    path = root / "blueprint.yaml"
    path.write_text(json.dumps({"blueprint": 1, "name": "fleet", "owner": owner, "sites": {"use1": site}}), "utf-8")
    return path
