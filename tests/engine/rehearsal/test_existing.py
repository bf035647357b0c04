"""A site in a network that stands already is rehearsed: what was asked for is found, hosts get addresses of it."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import pytest
from tests.compiler.blueprints import written
from tests.planning.plans import SITE, Data

from rackwright.derive.addresses import existing_blocks
from rackwright.engine.deployment import destroy, up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import RehearsalCloud
from rackwright.system.files import write_tree
from rackwright.workflows import compile as workflow

if TYPE_CHECKING:
    from pathlib import Path

ZONES = {"aws": SITE["aws"]["network"]["zones"], "gcp": SITE["gcp"]["network"]["zones"]}
EXISTING: dict[str, Data] = {
    "aws": {
        "vpc": "vpc-0123456789abcdef0",
        "subnets": {zone: f"subnet-0123456789abcdef{at}" for at, zone in enumerate(ZONES["aws"])},
    },
    "gcp": {"network": "shared", "subnetwork": "ai", "host_project": "acme-net-prod"},
}


@pytest.mark.parametrize(
    ("cloud", "machine", "block"), [("aws", "g6.xlarge", "10.40.32.0/19"), ("gcp", "g2-standard-4", "10.80.0.0/19")]
)
def test_hosts_stand_in_the_network_that_is_there(cloud: str, machine: str, block: str, tmp_path: Path) -> None:
    """Addresses come from the existing subnet of the cluster's zone; destroying the stacks leaves nothing behind."""
    train = {"machine": machine, "nodes": 2, "zone": ZONES[cloud][1]}
    network = {**SITE[cloud]["network"], "existing": EXISTING[cloud]}
    site = {**SITE[cloud], "network": network, "clusters": {"train": train}}
    owner = {"team": "ml", "cost_center": "1"}
    data = {"blueprint": 1, "name": "dc", "owner": owner, "sites": {"one": site}}
    found = workflow.compile_blueprint(written(data, tmp_path))
    blocks = existing_blocks(found.checked.loaded.blueprint.sites["one"])
    rehearsed = RehearsalCloud("111122223333", "us-east-1", existing=blocks)
    states = {}
    for plan in found.checked.plans:
        write_tree(tmp_path / plan.stack, found.stacks[plan.stack])
        program = Program(tmp_path / plan.stack / "program", "acme", plan.stack, cloud)
        done = up(program, rehearsed, stacks={f"organization/acme/{name}": one.exports for name, one in states.items()})
        states[plan.stack] = done.state
    hosts = states["dc.one.train"].exports["hosts"].values()

    assert len(set(hosts)) == 2
    assert all(ip_address(address) in ip_network(block) for address in hosts)
    for state in reversed(states.values()):
        destroy(state, rehearsed)
    assert rehearsed.known() == ()
