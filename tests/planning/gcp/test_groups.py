"""Groups on Google Cloud: one template, one managed instance group, whatever the number of nodes."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.gcp.test_gcp import INSTANCE, nodes_of, only
from tests.planning.plans import site_plans

from rackwright.estimate import cost

GROUP, TEMPLATE = "instanceGroupManager:InstanceGroupManager", "instanceTemplate:InstanceTemplate"


def test_a_group_stands_for_any_number_of_nodes() -> None:
    """Two nodes and two thousand differ in a number; members keep what they run when the template changes."""
    few, many = (nodes_of("g2-standard-4", count, provision="group") for count in (2, 2000))
    (group,), (template,) = only(many, GROUP), only(many, TEMPLATE)

    assert len(few) == len(many)
    assert (group.inputs["target_size"], group.inputs["zone"]) == (2000, "us-central1-a")
    assert group.inputs["list_managed_instances_results"] == "PAGINATED"
    assert group.inputs["update_policy"]["type"] == "OPPORTUNISTIC"
    assert template.options.ignore_changes == ("disks[0].sourceImage",)


@pytest.mark.parametrize("name", ["n2-standard-8", "g2-standard-4", "a3-megagpu-8g", "a3-ultragpu-8g"])
def test_a_template_says_what_an_instance_says(name: str) -> None:
    """Interfaces, identity, protection, scheduling and metadata of a member are those of an instance."""
    reserved = {"capacity": {"reservation": "kept-2026"}}
    (first, _) = only(nodes_of(name, **reserved), INSTANCE)
    (template,) = only(nodes_of(name, provision="group", **reserved), TEMPLATE)
    alike = (
        "machine_type", "network_interfaces", "service_account", "shielded_instance_config", "scheduling",
        "reservation_affinity", "metadata",
    )  # fmt: skip

    assert {key: template.inputs[key] for key in alike} == {key: first.inputs[key] for key in alike}
    assert template.inputs["labels"] == {"rackwright-group": "dc-one-train"}


@pytest.mark.parametrize(
    ("name", "more", "policy"),
    [
        ("a3-megagpu-8g", {}, {"workload_policy": {"type": "HIGH_THROUGHPUT"}}),
        ("h4d-standard-192", {"placement": "cluster"}, {"workload_policy": {"type": "HIGH_THROUGHPUT"}}),
        ("g2-standard-4", {"placement": "cluster"}, {"group_placement_policy": {"collocation": "COLLOCATED"}}),
        (
            "a4x-highgpu-4g",
            {"capacity": {"reservation": "kept-2026"}},
            {"workload_policy": {"type": "HIGH_THROUGHPUT", "accelerator_topology": "1x72"}},
        ),
    ],
)
def test_a_group_is_placed_by_a_policy_of_its_kind(name: str, more: Any, policy: Any) -> None:
    """Clustered machines take a workload policy on the group, the others a placement policy in the template."""
    found = nodes_of(name, provision="group", **more)
    (made,), (group,), (template,) = (only(found, kind) for kind in ("ResourcePolicy", GROUP, TEMPLATE))

    assert {key: made.inputs[key] for key in policy} == policy
    assert ("resource_policies" in group.inputs) is ("workload_policy" in policy)
    assert ("resource_policies" in template.inputs) is ("workload_policy" not in policy)


def test_a_group_costs_what_its_machines_cost() -> None:
    """Machines and boot disks are counted through the template."""
    shape = {"machine": "g2-standard-4", "nodes": 7}
    plans = [site_plans("gcp", clusters={"train": {**shape, "provision": how}})[1] for how in ("instances", "group")]
    lines = [[(one.item, one.count, one.usd_hour) for one in cost(plan).lines] for plan in plans]

    assert lines[0] == lines[1]
    assert [count for _, count, _ in lines[1]] == [7, 7]


def test_disks_carry_the_labels_of_their_machine() -> None:
    """The provider's default labels do not reach disks that are made with a machine: they are given there too."""
    (first, _) = only(nodes_of("g2-standard-4"), INSTANCE)
    (template,) = only(nodes_of("g2-standard-4", provision="group"), TEMPLATE)
    labels = first.inputs["boot_disk"]["initialize_params"]["labels"]

    assert labels["rackwright-cost-center"] == "4711"
    assert labels["rackwright-cluster"] == "train"
    assert template.inputs["disks"][0]["labels"] == labels
