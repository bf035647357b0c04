"""What an expert asks of a plan for Google Cloud."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.catalog import machine, machines
from rackwright.plan import Concat, Invoke, Lit, StackOut, expand, host_names
from rackwright.rules.inputs import known

INSTANCE, SLICE = "compute/instance:Instance", "v2Vm:V2Vm"
PLANNED = [one.name for one in machines("gcp") if one.fabric is None or one.fabric.kind != "rdma-roce"]
RDMA = [one.name for one in machines("gcp") if one.fabric is not None and one.fabric.network_profile == "vpc-roce"]


def nodes_of(name: str, nodes: Any = 2, **more: Any) -> list[Any]:
    """Return everything asked for a cluster of machines."""
    return asked(site_plans("gcp", clusters={"train": {"machine": name, "nodes": nodes, **more}})[1])


def only(found: list[Any], kind: str) -> list[Any]:
    """Return the resources whose type ends in `kind`."""
    return [one for one in found if one.kind.endswith(kind)]


@pytest.mark.parametrize("name", PLANNED)
def test_interfaces_are_as_the_catalog_says(name: str) -> None:
    """One interface for the host and one for each data network; no interface has a public address."""
    known = machine("gcp", name)
    data = (known.fabric.data_nics or 0) if known and known.fabric else 0
    found = nodes_of(name)

    for one in only(found, INSTANCE):
        assert len(one.inputs["network_interfaces"]) == 1 + data
        assert [interface.get("access_configs") for interface in one.inputs["network_interfaces"]] == [None] * (
            1 + data
        )
    assert len(only(found, "network:Network")) == len(only(found, "subnetwork:Subnetwork")) == data


@pytest.mark.parametrize("name", RDMA)
def test_rdma_machines_have_two_host_networks_and_a_roce_network_of_their_zone(name: str) -> None:
    """Two gVNIC networks, then one RDMA interface for each subnet of a network whose profile names the zone."""
    known = machine("gcp", name)
    count = (known.fabric.rdma_nics or 0) if known and known.fabric else 0
    found = nodes_of(name, zone="us-central1-b")
    networks = {one.name: one.inputs for one in only(found, "network:Network")}
    interfaces = only(found, INSTANCE)[0].inputs["network_interfaces"]

    assert [one["nic_type"] for one in interfaces] == ["GVNIC", "GVNIC", *["MRDMA"] * count]
    assert networks["rdma"]["network_profile"].endswith("/networkProfiles/us-central1-b-vpc-roce")
    assert {one["mtu"] for one in networks.values()} == {8896}
    assert [one.name for one in only(found, "subnetwork:Subnetwork")] == [
        "host-2",
        *(f"rdma-{number}" for number in range(1, count + 1)),
    ]


def test_a_reservation_says_where_its_machines_stand() -> None:
    """A new placement policy would keep machines out of their reservation; NVLink domains need one all the same."""
    kept = {"capacity": {"reservation": "mega-2026"}}

    assert only(nodes_of("a3-megagpu-8g", **kept), "resourcePolicy:ResourcePolicy") == []
    (policy,) = only(nodes_of("a4x-highgpu-4g", **kept), "resourcePolicy:ResourcePolicy")
    assert policy.inputs["group_placement_policy"] == {"collocation": "COLLOCATED", "gpu_topology": "1x72"}


@pytest.mark.parametrize(
    ("policies", "kept"),
    [(["delete"], (False, False)), (["delete", "retain"], (False, True)), (["retain", "protect"], (True, False))],
)
def test_the_peering_stays_as_long_as_what_it_carries(policies: list[str], kept: tuple[bool, bool]) -> None:
    """The range and the peering behind Managed Lustre are kept like the strictest of the file systems."""
    lustre = {"kind": "parallel", "size": "36000GiB"}
    storage = {f"scratch-{policy}": {**lustre, "deletion": policy} for policy in policies}
    (site,) = site_plans("gcp", storage=storage)
    peering = [*asked(site, "globalAddress:GlobalAddress"), *asked(site, "connection:Connection")]

    assert [(one.options.protect, one.options.retain_on_delete) for one in peering] == [kept, kept]


def test_lustre_waits_for_its_peering_and_its_key() -> None:
    """A file system is made after, and so deleted before, the peering that reaches it and the leave to encrypt."""
    (site,) = site_plans("gcp", storage={"scratch": {"kind": "parallel", "size": "36000GiB", "throughput": 250}})
    (lustre,) = asked(site, "lustre/instance:Instance")
    (rule,) = asked(site, "firewall:Firewall")

    assert lustre.inputs["capacity_gib"] == "36000"
    assert lustre.inputs["per_unit_storage_throughput"] == "250"
    assert "gke_support_enabled" not in lustre.inputs
    assert {ref.node for ref in lustre.options.depends_on} == {"services_connection", "lustre_grant"}
    assert rule.inputs["allows"] == [{"protocol": "tcp", "ports": ["988"]}]


def test_a_network_that_stands_already_brings_its_private_services_access() -> None:
    """In another project's network nothing is made; Filestore goes through private services access, not a peering."""
    storage = {"scratch": {"kind": "parallel", "size": "36000GiB"}, "home": {"kind": "file", "size": "1TiB"}}
    existing = {"network": "shared", "subnetwork": "ai", "host_project": "acme-net-prod"}
    (site,) = site_plans("gcp", storage=storage, network={"existing": existing})
    (home,) = asked(site, "filestore/instance:Instance")

    assert [one for kind in ("GlobalAddress", "Connection", "Firewall") for one in asked(site, kind)] == []
    assert [one["connect_mode"] for one in home.inputs["networks"]] == ["PRIVATE_SERVICE_ACCESS"]


def test_buckets_have_folders_and_ages_as_asked() -> None:
    """A hierarchical bucket says so and keeps no versions; its objects age by prefix."""
    ages = {"runs/": {"infrequent_after_days": 7, "expire_after_days": 90}}
    bucket = {"kind": "object", "hierarchical": True, "versioned": False, "lifecycle": ages}
    (site,) = site_plans("gcp", storage={"checkpoints": bucket})
    (made,) = asked(site, "bucket:Bucket")

    assert made.inputs["hierarchical_namespace"] == {"enabled": True}
    assert made.inputs["versioning"] == {"enabled": False}
    assert made.inputs["lifecycle_rules"][2:] == [
        {
            "action": {"type": "SetStorageClass", "storage_class": "NEARLINE"},
            "condition": {"age": 7, "matches_prefixes": ["runs/"]},
        },
        {
            "action": {"type": "Delete"},
            "condition": {"age": 90, "matches_prefixes": ["runs/"], "with_state": "LIVE"},
        },
    ]


@pytest.mark.parametrize(
    ("mounts", "expected"), [({}, []), ({"/data": "datasets", "/home/teams": "home"}, ["nodes-datasets"])]
)
def test_nodes_may_use_what_their_cluster_mounts(mounts: dict[str, str], expected: list[str]) -> None:
    """The service account is let in to the buckets that are mounted, and to no others of the site."""
    storage = {"datasets": {"kind": "object"}, "models": {"kind": "object"}, "home": {"kind": "file", "size": "1TiB"}}
    for cluster in ({"machine": "g2-standard-8", "nodes": 1}, {"accelerator": "v6e-8"}):
        _, plan = site_plans("gcp", storage=storage, clusters={"train": {**cluster, "mounts": mounts}})

        assert [one.name for one in asked(plan, "bucketIAMMember:BucketIAMMember")] == expected


def test_storage_that_stands_already_is_looked_up_and_used() -> None:
    """Nothing of it is made, no peering for it either; hosts mount it and may use the bucket."""
    named = "projects/acme-data/locations/us-central1-a/instances/"
    storage = {
        "corpora": {"kind": "object", "existing": {"name": "acme-corpora"}},
        "home": {"kind": "file", "existing": f"{named}team"},
        "scratch": {"kind": "parallel", "existing": f"{named}scratch"},
    }
    mounts = {"/data": "corpora", "/shared": "home", "/scratch": "scratch"}
    train = {"machine": "g2-standard-8", "nodes": 1, "mounts": mounts}
    site, plan = site_plans("gcp", storage=storage, clusters={"train": train})
    invokes = [node for _, node in expand(site) if isinstance(node, Invoke)]
    found = {node.key: {key: known(one) for key, one in node.inputs} for node in invokes}
    made = ("bucket:Bucket", "instance:Instance", "GlobalAddress", "Connection", "ServiceIdentity")

    assert found["corpora"] == {"name": "acme-corpora"}
    assert found["home"] == {"project": "acme-data", "location": "us-central1-a", "name": "team"}
    assert found["scratch"] == {"project": "acme-data", "zone": "us-central1-a", "instance_id": "scratch"}
    assert [one for kind in made for one in asked(site, kind)] == []
    assert [one.name for one in asked(plan, "BucketIAMMember")] == ["nodes-corpora"]
    assert plan.host_sets[0].mounts[1].source == Concat(
        (StackOut("site", ("home_address",)), Lit(":/"), StackOut("site", ("home_share",)))
    )


@pytest.mark.parametrize("kind", ["compute/instance:Instance", "instanceTemplate:InstanceTemplate"])
def test_accelerators_are_attached_to_machines_that_have_none(kind: str) -> None:
    """Named as the cloud does; such machines cannot move, boot unsigned drivers, and must turn out to have them."""
    provision = "group" if "Template" in kind else "instances"
    train = {"machine": "n1-standard-8", "nodes": 2, "attached": {"type": "T4", "count": 4}, "provision": provision}
    plan = site_plans("gcp", clusters={"train": train})[1]
    expect = plan.host_sets[0].expect

    for one in asked(plan, kind):
        assert one.inputs["guest_accelerators"] == [{"type": "nvidia-tesla-t4", "count": 4}]
        assert one.inputs["scheduling"]["on_host_maintenance"] == "TERMINATE"
        assert one.inputs["shielded_instance_config"]["enable_secure_boot"] is False
    assert (expect.accelerator, expect.accelerators, expect.accelerator_memory_gib) == ("T4", 4, 16)
    assert "2 x n1-standard-8 with 4 x T4" in plan.title


@pytest.mark.parametrize("kind", ["compute/instance:Instance", "instanceTemplate:InstanceTemplate"])
@pytest.mark.parametrize("tier", [None, "tier-1"])
def test_more_bandwidth_is_bought_where_it_is_asked_for(kind: str, tier: str | None) -> None:
    """An instance and the template of a group say so, and say nothing otherwise."""
    bought = {"bandwidth": tier} if tier else {}
    found = nodes_of("n2-standard-80", provision="group" if "Template" in kind else "instances", **bought)
    expected = {"total_egress_bandwidth_tier": "TIER_1"} if tier else None

    assert {str(one.inputs.get("network_performance_config")) for one in only(found, kind)} == {str(expected)}


@pytest.mark.parametrize(("tier", "size", "own"), [("BASIC_SSD", "2560GiB", False), ("ZONAL", "1TiB", True)])
def test_filestore_is_encrypted_with_the_sites_key_where_its_tier_can(tier: str, size: str, own: bool) -> None:  # noqa: FBT001 - a case
    """Basic tiers take no customer-managed key; the others wait until their service may use it."""
    (site,) = site_plans("gcp", storage={"home": {"kind": "file", "size": size, "tier": tier}})
    (made,) = asked(site, "filestore/instance:Instance")

    assert ("kms_key_name" in made.inputs) is own
    assert ("file_grant" in {ref.node for ref in made.options.depends_on}) is own


@pytest.mark.parametrize(("nat", "count"), [("none", 0), ("single", 1), ("per-zone", 1)])
def test_one_gateway_serves_the_region(nat: str, count: int) -> None:
    """Cloud NAT is regional: there is one however many zones there are, or none."""
    (site,) = site_plans("gcp", network={"nat": nat})

    assert len(asked(site, "routerNat:RouterNat")) == len(asked(site, "router:Router")) == count


def test_slices_have_no_public_address_and_the_catalogs_runtime() -> None:
    """TPU hosts stay private; the runtime is the generation's where none is given."""
    slices = {"accelerator": "v6e-16", "slices": 3, "capacity": {"kind": "spot"}}
    _, plan = site_plans("gcp", clusters={"serve": slices})
    found = asked(plan, SLICE)

    assert [one.name for one in found] == ["serve-0", "serve-1", "serve-2"]
    assert [one.inputs["network_config"]["enable_external_ips"] for one in found] == [False] * 3
    assert {one.inputs["runtime_version"] for one in found} == {"v2-alpha-tpuv6e"}
    assert {one.inputs["scheduling_config"]["spot"] for one in found} == {True}


def test_the_key_ring_stays() -> None:
    """A key ring cannot be deleted in Google Cloud, so a destroy leaves it."""
    (site,) = site_plans("gcp")

    assert asked(site, "keyRing:KeyRing")[0].options.retain_on_delete


@pytest.mark.parametrize(
    ("access", "sources"),
    [
        ({"kind": "iap"}, [["35.235.240.0/20"]]),
        ({"kind": "direct", "allow_from": ["10.0.0.0/8"]}, [["10.0.0.0/8"]]),
    ],
)
def test_ssh_comes_through_the_proxy_or_from_named_networks(access: Any, sources: list[list[str]]) -> None:
    """Port 22 is open to one of the two and to nobody else, and who came in is logged."""
    _, plan = site_plans("gcp", access=access, clusters={"train": {"machine": "g2-standard-8", "nodes": 2}})
    ssh = [one.inputs for one in asked(plan, "firewall:Firewall") if one.name == "ssh"]

    assert [one["source_ranges"] for one in ssh] == sources
    assert [one["allows"] for one in ssh] == [[{"protocol": "tcp", "ports": ["22"]}]]
    assert all(one["log_config"] for one in ssh)


def test_traffic_between_nodes_is_between_nodes() -> None:
    """Everything is open among the service account of the nodes alone, in the site's network and each data network."""
    rules = [one for one in only(nodes_of("a3-megagpu-8g"), "firewall:Firewall") if one.name != "ssh"]

    assert len(rules) == 1 + 8
    assert all("source_ranges" not in one.inputs for one in rules)
    assert all(one.values["source_service_accounts"] == one.values["target_service_accounts"] for one in rules)


def test_machines_with_accelerators_end_for_maintenance() -> None:
    """GPUs cannot be moved to another host; spot machines are not started again."""
    (first, _) = only(nodes_of("a3-megagpu-8g"), INSTANCE)
    (spot, _) = only(nodes_of("a3-megagpu-8g", capacity={"kind": "spot"}), INSTANCE)

    assert first.inputs["scheduling"] == {"on_host_maintenance": "TERMINATE", "automatic_restart": True}
    assert (spot.inputs["scheduling"]["provisioning_model"], spot.inputs["scheduling"]["automatic_restart"]) == (
        "SPOT",
        False,
    )


def test_a_placement_counts_the_nodes_that_are_left() -> None:
    """The placement policy waits for as many machines as there are, not for those left out."""
    found = nodes_of("a3-megagpu-8g", {"count": 8, "without": [1, 5, 5]})

    assert only(found, "resourcePolicy:ResourcePolicy")[0].inputs["group_placement_policy"]["vm_count"] == 6
    assert len(only(found, INSTANCE)) == 6


@pytest.mark.parametrize(
    ("capacity", "model", "action"),
    [
        ({"kind": "spot"}, "SPOT", "STOP"),
        ({"kind": "spot", "interruption": "terminate"}, "SPOT", "DELETE"),
        ({"kind": "flex-start", "hours": 2}, "FLEX_START", "DELETE"),
    ],
)
def test_machines_that_are_taken_back_end_as_asked(capacity: Any, model: str, action: str) -> None:
    """Spot machines stop unless they are to be deleted; those queued for are deleted when their time is over."""
    (found, _) = only(nodes_of("a3-megagpu-8g", capacity=capacity), INSTANCE)
    scheduling = found.inputs["scheduling"]

    assert (scheduling["provisioning_model"], scheduling["instance_termination_action"]) == (model, action)
    assert scheduling.get("max_run_duration") == ({"seconds": 7200} if model == "FLEX_START" else None)


@pytest.mark.parametrize(("host", "rules"), [(None, ["internal", "ssh"]), ("acme-net-prod", [])])
def test_a_network_that_stands_already_is_read_and_nothing_more(host: str | None, rules: list[str]) -> None:
    """No network, router or NAT is made; the firewall of another project's network is its owner's."""
    existing = {"network": "shared", "subnetwork": "ai", **({"host_project": host} if host else {})}
    machines = {"train": {"machine": "g2-standard-4", "nodes": 1}}
    site, nodes = site_plans("gcp", network={"existing": existing}, clusters=machines)

    assert asked(site, "network:Network") == asked(site, "Subnetwork") == asked(site, "outer:Router") == []
    assert sorted(one.name for one in asked(nodes, "firewall:Firewall")) == rules


@pytest.mark.parametrize(
    ("name", "capacity", "maintenance"),
    [
        ("e2-standard-4", {}, "MIGRATE"),
        ("e2-standard-4", {"kind": "spot"}, "TERMINATE"),
        ("n2-standard-8", {}, "MIGRATE"),
        ("h4d-standard-192", {}, "TERMINATE"),
        ("h3-standard-88", {}, None),
        ("a2-highgpu-1g", {}, "TERMINATE"),
    ],
)
def test_machines_move_where_their_series_can(name: str, capacity: Any, maintenance: str | None) -> None:
    """E2 may only move, GPUs and H4D may only end; what nobody says is left to the cloud."""
    (first, _) = only(nodes_of(name, capacity=capacity), INSTANCE)

    assert first.inputs["scheduling"].get("on_host_maintenance") == maintenance


@pytest.mark.parametrize(("name", "model"), [("a4-highgpu-8g", "RESERVATION_BOUND"), ("a3-megagpu-8g", None)])
def test_machines_that_are_only_reserved_are_bound_to_their_reservation(name: str, model: str | None) -> None:
    """A4 ends with its reservation; A3 Mega, sold on demand too, is an ordinary machine in one."""
    (first, _) = only(nodes_of(name, capacity={"reservation": "kept-2026"}), INSTANCE)

    assert first.inputs["scheduling"].get("provisioning_model") == model


def test_flex_start_is_placed_together_where_that_is_sold() -> None:
    """A4 is queued for with a placement policy, A3 Mega without."""
    queued = {"capacity": {"kind": "flex-start", "hours": 24}}

    assert len(only(nodes_of("a4-highgpu-8g", **queued), "resourcePolicy:ResourcePolicy")) == 1
    assert only(nodes_of("a3-megagpu-8g", **queued), "resourcePolicy:ResourcePolicy") == []


def test_the_boot_disk_is_the_catalogs_or_the_blueprints() -> None:
    """A4X boots from Hyperdisk by itself; a type that is asked for is taken."""
    kinds = [
        only(nodes_of(name, **more), INSTANCE)[0].inputs["boot_disk"]["initialize_params"]["type"]
        for name, more in (("a4x-highgpu-4g", {}), ("g2-standard-8", {}), ("g2-standard-8", {"disk_type": "pd-ssd"}))
    ]

    assert kinds == ["hyperdisk-balanced", "pd-balanced", "pd-ssd"]


@pytest.mark.parametrize(
    ("given", "asks"),
    [
        ({"accelerator": "v4-128"}, {"accelerator_type": "v4-128"}),
        ({"accelerator": "v4-128", "topology": "4x4x4"}, {"accelerator_type": "v4-128"}),
        (
            {"accelerator": "v4-512", "topology": "4x4x16"},
            {"accelerator_config": {"type": "V4", "topology": "4x4x16"}},
        ),
        ({"accelerator": "v6e-1", "topology": "1x1"}, {"accelerator_type": "v6e-1"}),
    ],
)
def test_a_slice_is_named_unless_it_has_another_shape(given: Any, asks: dict[str, Any]) -> None:
    """The name says the shape; another one is written as generation and topology, with the same hosts."""
    _, plan = site_plans("gcp", clusters={"serve": given})
    (found,) = asked(plan, SLICE)
    shape = {key: found.inputs[key] for key in ("accelerator_type", "accelerator_config") if key in found.inputs}

    assert shape == asks
    assert len(host_names(plan.host_sets[0])) == {"v4-128": 16, "v4-512": 64, "v6e-1": 1}[given["accelerator"]]


def test_reserved_slices_come_from_the_projects_reservation() -> None:
    """The provider takes no name of a reservation for TPUs, only that there is one."""
    _, plan = site_plans("gcp", clusters={"serve": {"accelerator": "v6e-4", "capacity": {"kind": "reserved"}}})

    assert asked(plan, SLICE)[0].inputs["scheduling_config"] == {"reserved": True}
