"""Committed programs deploy to the rehearsal cloud, stay the same, and go away again."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from rackwright.diagnostics import StepError
from rackwright.engine.deployment import Done, destroy, up
from rackwright.engine.embedded import Program
from rackwright.engine.rehearsal.cloud import Faults, RehearsalCloud
from rackwright.engine.state import State

ROOT = Path(__file__).resolve().parents[3]
SITE, CLUSTER = "quickstart.use1", "quickstart.use1.train"


def deploy(cloud: RehearsalCloud, stack: str, site: Done | None = None, old: State | None = None) -> Done:
    """Deploy a committed stack through Pulumi's entry."""
    program = Program(ROOT / "infra", "acme", stack, "aws", root=ROOT)
    stacks = {f"organization/acme/{SITE}": site.state.exports} if site else {}
    return up(program, cloud, old=old, stacks=stacks)


@pytest.fixture
def cloud() -> RehearsalCloud:
    """Return an empty rehearsal cloud."""
    return RehearsalCloud("111122223333", "us-east-1")


def test_hosts_get_addresses_inside_their_subnet(cloud: RehearsalCloud) -> None:
    """A cluster's hosts are in the site's private subnet, past what AWS keeps, each with an address of its own."""
    site = deploy(cloud, SITE)
    hosts = deploy(cloud, CLUSTER, site).state.exports["hosts"]

    assert sorted(hosts) == ["train-0", "train-1"]
    assert len(set(hosts.values())) == 2
    assert all(ip_address(address) in ip_network("10.60.0.0/19") for address in hosts.values())


def test_a_second_up_changes_nothing(cloud: RehearsalCloud) -> None:
    """Deploying the same program again finds everything as it is, also after the state was written and read."""
    first = deploy(cloud, SITE)
    second = deploy(cloud, SITE, old=State.from_json(first.state.to_json()))

    assert first.operations == {"create": len(cloud.known())}
    assert second.operations == {"same": len(cloud.known())}


def test_destroy_deletes_dependents_first_and_leaves_nothing(cloud: RehearsalCloud) -> None:
    """The rehearsal cloud refuses to delete what is in use; destroy never meets that."""
    site = deploy(cloud, SITE)
    cluster = deploy(cloud, CLUSTER, site)
    destroy(cluster.state, cloud)
    destroy(site.state, cloud)

    assert cloud.known() == ()


def test_protection_is_asked_about_before_anything_is_deleted(cloud: RehearsalCloud) -> None:
    """A protected resource stops destroy at once: everything is still there."""
    site = up(Program(ROOT / "infra", "acme", "aurora.use1", "aws", root=ROOT), cloud)
    before = cloud.known()

    with pytest.raises(StepError, match=r"protected: .*nothing was deleted"):
        destroy(site.state, cloud)
    assert cloud.known() == before


def test_a_missing_site_stops_the_cluster_with_the_way_out(cloud: RehearsalCloud) -> None:
    """A cluster cannot be deployed before its site, and the message says which stack to deploy."""
    with pytest.raises(StepError) as refused:
        deploy(cloud, CLUSTER)

    assert "unknown stack 'organization/acme/quickstart.use1'" in refused.value.message
    assert refused.value.hint == "deploy quickstart.use1 first"


def test_a_fault_fails_the_deployment_by_name() -> None:
    """An injected shortage stops the deployment and names the resource and the reason."""
    faults = Faults({"aws:ec2/natGateway:NatGateway": "InsufficientCapacity (simulated)"})

    with pytest.raises(StepError, match=r"nat failed: InsufficientCapacity \(simulated\)"):
        deploy(RehearsalCloud("111122223333", "us-east-1", faults), SITE)
