"""The golden stacks are of every machine family and every kind of storage, access and capacity, on both clouds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.compiler.test_coverage import members, reached
from tests.golden.golden import compiled, names
from tests.rules.blueprints import AWS, GCP, codes

from rackwright.blueprint import AwsSite, GcpSite, MachineCluster
from rackwright.catalog import machine, machines, slice_type, slice_types
from rackwright.derive.choice import settled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Cluster

KIND = re.compile(r"^(?!Accelerator).*\.(kind|lifetime|provision)=")
WITHOUT_TENSORFLOW = {"g5g": "g5g.metal", "inf1": "inf1.24xlarge", "inf2": "inf2.48xlarge", "trn1": "trn1.32xlarge",
                      "trn1n": "trn1n.32xlarge", "trn2": "trn2.48xlarge"}  # fmt: skip
"""Families that no blueprint may ask for, with one of their machines: nothing can validate them."""
SITES = {"aws": AwsSite, "gcp": GcpSite}
NODES = "        nodes: 4\n"
NOT_SOLD = {
    ("aws", "FlexStart.kind=flex-start"): (AWS, NODES, f"{NODES}        capacity: {{kind: flex-start, hours: 24}}\n"),
    ("gcp", "Block.kind=block"): (
        GCP, NODES, f"{NODES}        capacity: {{kind: block, reservation: a, starts: 2027-03-01, ends: 2027-03-02}}\n"
    ),
    ("gcp", "ParallelStorage.lifetime=persistent"): (GCP, "size: 36000GiB", "size: 36000GiB, lifetime: persistent"),
    ("gcp", "ParallelStorage.lifetime=scratch"): (GCP, "size: 36000GiB", "size: 36000GiB, lifetime: scratch"),
}  # fmt: skip
"""What the language has for the other cloud alone, with a blueprint that asks for it."""


def golden_sites() -> Iterator[tuple[str, AwsSite | GcpSite]]:
    """Yield every golden site with its cloud, its clusters by machine."""
    for name in names():
        for site in settled(compiled(name).checked.loaded.blueprint).sites.values():
            yield site.cloud, site


def family(cloud: str, cluster: Cluster) -> str:
    """Return the family or generation of a cluster's machines."""
    if isinstance(cluster, MachineCluster):
        found = machine(cloud, cluster.machine)
        return found.family if found else ""
    known = slice_type(getattr(cluster, "accelerator", ""))
    return known.generation if known else ""


def test_there_are_forty_golden_stacks_at_least() -> None:
    """Stacks of sites and of clusters, each with a name of its own."""
    stacks = [stack for name in names() for stack in compiled(name).stacks]

    assert len(set(stacks)) == len(stacks) >= 40


def test_every_family_is_golden() -> None:
    """A family that enters the catalog needs a golden stack, or a rule that refuses it."""
    built = {(cloud, family(cloud, one)) for cloud, site in golden_sites() for one in site.clusters.values()}
    known = {(one.cloud, one.family) for one in machines()} | {("gcp", one.generation) for one in slice_types()}

    assert known - built == {("aws", name) for name in WITHOUT_TENSORFLOW}


@pytest.mark.parametrize("name", WITHOUT_TENSORFLOW.values())
def test_what_is_not_golden_is_refused(name: str) -> None:
    """A family without a golden stack is one that `check` refuses."""
    assert "SOFT-E101" in codes(AWS, ("machine: p5.48xlarge", f"machine: {name}"))


@pytest.mark.parametrize("cloud", SITES)
def test_every_kind_is_golden(cloud: str) -> None:
    """Each kind of storage, access and capacity, each lifetime and each way to provision that a site can hold."""
    fields = [SITES[cloud].model_fields[name].annotation for name in ("storage", "access", "clusters")]
    wanted = {member for one in fields for member in members(one) if KIND.search(member)}
    found = {member for of, site in golden_sites() if of == cloud for member in reached(site)}

    assert wanted - found == {member for of, member in NOT_SOLD if of == cloud}


@pytest.mark.parametrize(("cloud", "member"), NOT_SOLD)
def test_a_kind_that_is_not_golden_is_refused(cloud: str, member: str) -> None:
    """What has no golden stack on a cloud is what `check` refuses there."""
    text, old, new = NOT_SOLD[cloud, member]

    assert codes(text, (old, new)) != []
