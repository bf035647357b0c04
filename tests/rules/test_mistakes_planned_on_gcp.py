"""Mistakes of others on Google Cloud that no blueprint can hold, because what is planned is right."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import Asked, Data, asked, site_plans

from rackwright.plan import host_names


def resources(cluster: Data, kind: str, stack: int = 1, **site: Any) -> list[Asked]:
    """Return the resources of a cluster's stack (0: its site's)."""
    return asked(site_plans("gcp", clusters={"train": cluster}, **site)[stack], kind)


def instance(machine: str, **more: Any) -> Data:
    """Return what is asked for the first machine of a cluster of two."""
    return resources({"machine": machine, "nodes": 2, **more}, "compute/instance:Instance")[0].inputs


def test_a_shared_reservation_keeps_its_project() -> None:
    """cluster-toolkit 2548: another project's reservation is named in full."""
    name = "projects/acme-shared/reservations/pool"
    affinity = instance("a3-megagpu-8g", capacity={"reservation": name})["reservation_affinity"]

    assert affinity["specific_reservation"]["values"] == [name]


def test_e2_is_never_told_to_end() -> None:
    """terraform-infra-common 935: E2 takes TERMINATE as spot machine only."""
    assert instance("e2-standard-4")["scheduling"]["on_host_maintenance"] == "MIGRATE"


@pytest.mark.parametrize(
    "cluster", [{"machine": "g2-standard-8"}, {"machine": "n1-standard-8", "attached": {"type": "T4", "count": 1}}]
)
def test_machines_with_accelerators_end_for_maintenance(cluster: Data) -> None:
    """Devpod 973, karpenter-provider-gcp 167, jenkins 63: guest accelerators do not migrate."""
    assert instance(**cluster)["scheduling"]["on_host_maintenance"] == "TERMINATE"


def test_machines_with_accelerators_load_modules_that_nobody_signed() -> None:
    """gpu-operator 1726, initialization-actions 933: Secure Boot refuses drivers that are built on the host."""
    assert instance("g2-standard-8")["shielded_instance_config"]["enable_secure_boot"] is False


@pytest.mark.parametrize("machine", ["c3-highmem-176", "n2-standard-8", "a3-highgpu-8g"])
def test_the_first_interface_is_gvnic(machine: str) -> None:
    """cluster-toolkit 1942: what needs bandwidth needs gVNIC; no machine is left at virtio."""
    assert instance(machine)["network_interfaces"][0]["nic_type"] == "GVNIC"


@pytest.mark.parametrize(("machine", "count"), [("a3-highgpu-8g", 4), ("a3-megagpu-8g", 8)])
def test_every_accelerator_interface_has_its_network(machine: str, count: int) -> None:
    """Dstack 2447 and its guide: one VPC alone is slow without an error, four networks are half of A3 Mega's."""
    assert len(resources({"machine": machine, "nodes": 2}, "network:Network")) == count
    assert len(instance(machine)["network_interfaces"]) == 1 + count


def test_the_rdma_network_is_of_the_clusters_zone() -> None:
    """cluster-toolkit, a3ultra-slurm-blueprint: the profile is tied to one zone."""
    networks = resources({"machine": "a3-ultragpu-8g", "nodes": 2, "zone": "us-central1-b"}, "network:Network")

    assert {one.name: str(one.inputs.get("network_profile")).rpartition("/")[2] for one in networks} == {
        "host-2": "None",
        "rdma": "us-central1-b-vpc-roce",
    }


def test_hosts_without_public_address_reach_google() -> None:
    """cluster-toolkit, nodeset_tpu: without Private Google Access the set-up stalls."""
    (hosts,) = resources({"accelerator": "v6e-4"}, "subnetwork:Subnetwork", 0)

    assert hosts.inputs["private_ip_google_access"] is True


def test_hosts_follow_from_chips() -> None:
    """Xpk 751: a tpu7x-128 has 64 chips on 16 hosts."""
    cluster = {"accelerator": "tpu7x-128", "runtime": "v2-alpha-tpu7-ubuntu2404"}
    _, plan = site_plans("gcp", clusters={"train": cluster})

    assert len(host_names(plan.host_sets[0])) == 16


def test_a_slice_of_one_chip_takes_no_placement() -> None:
    """Xpk 595: topologies of one chip are refused together with a placement."""
    (one,) = resources({"accelerator": "v6e-1"}, "v2Vm:V2Vm")

    assert {"accelerator_config", "resource_policies"} & set(one.inputs) == set()
    assert resources({"accelerator": "v6e-1"}, "resourcePolicy:ResourcePolicy") == []


@pytest.mark.parametrize("cluster", [{"machine": "g2-standard-8", "nodes": 1}, {"accelerator": "v6e-4"}])
def test_scopes_never_stand_before_roles(cluster: Data) -> None:
    """Gcsfuse 1189: with default scopes a bucket mounts and the first checkpoint fails."""
    (host,) = [one for one in resources(cluster, "") if one.kind.endswith((":Instance", ":V2Vm"))]

    assert host.inputs["service_account"]["scopes"] == ["https://www.googleapis.com/auth/cloud-platform"]


def test_filestore_in_a_shared_vpc_is_not_peered_directly() -> None:
    """terraform-provider-google 10116: direct peering with the network of a host project is refused."""
    existing = {"network": "shared", "subnetwork": "ai", "host_project": "acme-net-prod"}
    (site,) = site_plans("gcp", network={"existing": existing}, storage={"home": {"kind": "file", "size": "1TiB"}})
    (home,) = asked(site, "filestore/instance:Instance")

    assert [one["connect_mode"] for one in home.inputs["networks"]] == ["PRIVATE_SERVICE_ACCESS"]


def test_machines_write_to_their_buckets() -> None:
    """What nodes may do to a bucket is their role's business, not that of narrow scopes (gcsfuse 174 and 1189)."""
    clusters = {"train": {"machine": "g2-standard-8", "nodes": 1}}
    _, plan = site_plans("gcp", storage={"datasets": {"kind": "object"}}, clusters=clusters)
    (node,) = asked(plan, "compute/instance:Instance")

    assert node.inputs["service_account"]["scopes"] == ["https://www.googleapis.com/auth/cloud-platform"]
