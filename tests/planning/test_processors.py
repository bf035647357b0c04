"""Clusters without accelerators, as for logins and for preparing data, are clusters like any other."""

from __future__ import annotations

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import Instances, host_names

MACHINES = [
    ("aws", "m7i.2xlarge"),
    ("aws", "m7g.xlarge"),
    ("gcp", "n2-standard-8"),
    ("gcp", "c4a-standard-8"),
]
EACH = pytest.mark.parametrize(("cloud", "machine"), MACHINES)


@EACH
def test_hosts_without_accelerators_are_expected_to_have_none(cloud: str, machine: str) -> None:
    """No driver is installed for what is not there; processors and memory are the machine's."""
    (hosts,) = site_plans(cloud, clusters={"login": {"machine": machine, "nodes": 2}})[1].host_sets

    assert isinstance(hosts, Instances)
    assert host_names(hosts) == ("login-0", "login-1")
    assert (hosts.expect.accelerator, hosts.expect.accelerators) == ("", 0)
    assert hosts.expect.vcpus
    assert hosts.expect.memory_gib


@EACH
def test_machines_without_a_fabric_have_one_interface_and_stand_where_they_like(cloud: str, machine: str) -> None:
    """No card is asked for that the machine lacks, and no placement group for a fabric that is not there."""
    plan = site_plans(cloud, clusters={"login": {"machine": machine, "nodes": 2}})[1]
    made = asked(plan, "launchTemplate:LaunchTemplate") or asked(plan, "compute/instance:Instance")

    assert {len(one.inputs["network_interfaces"]) for one in made} == {1}
    assert asked(plan, "placementGroup:PlacementGroup") == asked(plan, "resourcePolicy:ResourcePolicy") == []
