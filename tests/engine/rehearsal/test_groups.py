"""A group deploys to the rehearsal cloud, and its members are found as they would be in an account."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

import pytest
from tests.compiler.blueprints import written
from tests.planning.plans import SITE

from rackwright.engine.deployment import up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.plan import by_name
from rackwright.system import files
from rackwright.workflows.compile import compile_blueprint
from rackwright.workflows.members import with_members

if TYPE_CHECKING:
    from pathlib import Path


IMAGES = {"aws": "ami-0123456789abcdef0", "gcp": "projects/acme-ai-prod/global/images/golden-1"}


@pytest.mark.parametrize(
    ("site", "machine", "block"),
    [("aws", "g6.xlarge", "10.40.0.0/16"), ("gcp", "g2-standard-4", "10.80.0.0/16")],
)
def test_the_members_of_a_group_are_found(tmp_path: Path, site: str, machine: str, block: str) -> None:
    """Two groups of one site: each cluster has as many hosts as asked, in its subnet, none of them twice."""
    clusters: dict[str, Any] = {
        name: {"machine": machine, "nodes": nodes, "provision": "group", "image": IMAGES[site]}
        for name, nodes in (("train", 12), ("tune", 3))
    }
    owner = {"team": "ml-platform", "cost_center": "4711"}
    sites = {"one": {**SITE[site], "clusters": clusters}}
    compiled = compile_blueprint(written({"blueprint": 1, "name": "dc", "owner": owner, "sites": sites}, tmp_path))
    cloud, exports = RehearsalCloud("111122223333", "us-east-1"), {}
    for stack, artifacts in compiled.stacks.items():
        files.write_tree(tmp_path / stack, artifacts)
        done = up(Program(tmp_path / stack / "program", "acme", stack, site), cloud, stacks=exports)
        exports[f"organization/acme/{stack}"] = done.state.exports

    hosts = {
        name: address
        for plan in compiled.checked.plans
        for one in plan.host_sets
        for found in [with_members(plan, exports[f"organization/acme/{plan.stack}"], cloud.members)["hosts"]]
        for name, address in by_name(one, found, found).items()
    }
    assert list(hosts) == [f"train-{number}" for number in range(12)] + [f"tune-{number}" for number in range(3)]
    assert len(set(hosts.values())) == 15
    assert all(ip_address(address) in ip_network(block) for address in hosts.values())
