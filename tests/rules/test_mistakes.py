"""Mistakes that real users made: each is found by name, or cannot be written.

The comment of a row names where it was made; what no blueprint can know (a stockout, a project's quota) is not here.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import Asked, Data, asked, site_plans

from rackwright.blueprint.load import loads
from rackwright.diagnostics import FindingsError
from rackwright.plan import host_names
from rackwright.rules import check_blueprint

HEAD = """\
blueprint: 1
name: boreal
owner: {team: ml-platform, cost_center: "4711"}
sites:
  one:
    cloud: gcp
    project: acme-ai-prod
    region: REGION
    network: {cidr: CIDR, zones: [REGION-b]}
    storage:
      datasets: {kind: object}
    clusters:
      train:
        mounts: {/data: datasets}
"""
CENTRAL, OLD = "us-central1", "us-central2"
FLEX, SPOT = "kind: flex-start, hours: 24", "kind: spot"


def found(lines: tuple[str, ...], region: str = CENTRAL, cidr: str = "10.80.0.0/16") -> list[str]:
    """Return the codes of a site on Google Cloud whose one cluster says these lines."""
    head = HEAD.replace("REGION", region).replace("CIDR", cidr)
    try:
        blueprint = loads(head + "".join(f"        {line}\n" for line in lines)).blueprint
    except FindingsError as refused:
        return [finding.code for finding in refused.findings]
    return [finding.code for finding in check_blueprint(blueprint)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        # dstack 2591: N1 machines with a placement policy
        (("machine: n1-standard-1", "nodes: 2", "placement: cluster"), "FAB-E112"),
        # cluster-toolkit 6068: A3 Mega queued for and placed together
        (("machine: a3-megagpu-8g", "nodes: 2", f"capacity: {{{FLEX}}}", "placement: cluster"), "CAP-E112"),
        # cluster-toolkit, slurm-dws-flex: flex-start and a reservation
        (("machine: a4-highgpu-8g", "nodes: 2", f"capacity: {{{FLEX}, reservation: b200}}"), "LANG-E101"),
        # skypilot 9608: flex-start and spot
        (("machine: a4-highgpu-8g", "nodes: 2", f"capacity: {{{SPOT}, hours: 24}}"), "LANG-E101"),
        # skypilot 5351: A3 High on pd-standard
        (("machine: a3-highgpu-8g", "nodes: 2", "disk_type: pd-standard"), "MACH-E114"),
        # aicr 2338: A4X on pd-balanced
        (("machine: a4x-highgpu-4g", "nodes: 2", "capacity: {reservation: r}", "disk_type: pd-balanced"), "MACH-E114"),
        # jax 13260: v5e with the software of older generations
        (("accelerator: v5litepod-4", "runtime: tpu-vm-base"), "MACH-E112"),
        # cloud.google.com/tpu/docs/runtimes: several hosts with the software of one
        (("accelerator: v5p-32", "runtime: tpu-vm-tf-2.16.1-pjrt"), "MACH-E113"),
        # xpk 751: 128 read as chips
        (("accelerator: tpu7x-128", "topology: 4x4x8", "runtime: v2-alpha-tpu7-ubuntu2404"), "MACH-E111"),
    ],
)
def test_a_mistake_is_found_by_name(lines: tuple[str, ...], code: str) -> None:
    """What other tools let through until the cloud refuses it has a code of its own."""
    assert code in found(lines)


def test_a_region_without_the_machine_is_found() -> None:
    """Kinetic 305: us-central2, home of TPU v4, has no E2."""
    assert found(("machine: e2-standard-4", "nodes: 1"), OLD) == ["MACH-W115"]


def test_public_addresses_are_found() -> None:
    """cluster-toolkit 4058: networks of accelerators cut from 192.169.0.0/16, which others own."""
    assert found(("machine: a3-megagpu-8g", "nodes: 2"), cidr="192.169.0.0/16") == ["NET-W105"]


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
