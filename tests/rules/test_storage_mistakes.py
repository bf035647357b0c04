"""Mistakes that users of other tools made with storage: found by name, not to be written, or planned right.

The comment of a row says where it was made; what no blueprint can know (a bucket's policy, a quota) is not here.
"""

from __future__ import annotations

import pytest
from tests.planning.plans import Data, asked, site_plans
from tests.rules.blueprints import AWS, GCP, codes

from rackwright.blueprint.load import loads
from rackwright.diagnostics import FindingsError

LUSTRE = "4800GiB, linked_to: datasets"
FILESTORE = "{kind: file, size: 1TiB"
FOUND = {
    # amazon-eks-autonomous-driving-data-service 12
    "3600 GiB of scratch": (AWS, (LUSTRE, "3600GiB, lifetime: scratch"), "STOR-E101"),
    "3600 GiB that last": (AWS, (LUSTRE, "3600GiB"), "STOR-E101"),
    # aws-parallelcluster 3960
    "throughput of scratch": (AWS, (LUSTRE, "4800GiB, lifetime: scratch, throughput: 250"), "STOR-E107"),
    # FSx API, DataRepositoryAssociation
    "a link inside another": (AWS, (LUSTRE, "4800GiB, linked_to: datasets, links: {more: /datasets/2}"), "STOR-E110"),
    # cluster-toolkit, filestore
    "BASIC_SSD of 1 TiB": (GCP, (FILESTORE, f"{FILESTORE}, tier: BASIC_SSD"), "STOR-E102"),
    # cluster-toolkit, cloud-storage-bucket
    "folders with versions": (
        GCP,
        ("datasets: {kind: object", "datasets: {kind: object, hierarchical: true"),
        "STOR-E112",
    ),
}
UNWRITABLE = {
    # terraform-provider-aws 24341: a tier of the generation before
    "200 MB/s per TiB": (AWS, (LUSTRE, "1200GiB, throughput: 200")),
    # terraform-provider-aws 22656: a link of the generation before
    "an import path": (AWS, (LUSTRE, "4800GiB, import_path: s3://datasets")),
    # terraform-provider-google 12458 and 18009: replaced at every change, or overlapping
    "a reserved range": (GCP, (FILESTORE, f"{FILESTORE}, reserved_ip_range: 172.19.30.0/29")),
    # cluster-toolkit, filestore: NFS 4.1 on a basic tier
    "a protocol that a tier lacks": (GCP, (FILESTORE, f"{FILESTORE}, protocol: NFS_V4_1")),
    # cluster-toolkit, slurm-troubleshooting: a share named like the path it is mounted at
    "a share's name": (GCP, (FILESTORE, f"{FILESTORE}, share: home")),
    # cluster-toolkit 4210: servers on the port of GKE, clients on the other one
    "Lustre on the port of GKE": (GCP, ("36000GiB", "36000GiB, gke: true")),
    # cluster-toolkit 5949: a new name for the range behind live storage
    "a name for the private range": (GCP, ("36000GiB", "36000GiB, private_range: other")),
}


@pytest.mark.parametrize("mistake", FOUND)
def test_a_mistake_of_others_is_found_by_name(mistake: str) -> None:
    """What can be written wrong is found, and nothing beside it."""
    text, change, code = FOUND[mistake]
    text = text.replace("    storage:\n", "    storage:\n      more: {kind: object}\n", 1)

    assert codes(text, change) == [code]


@pytest.mark.parametrize("mistake", UNWRITABLE)
def test_a_mistake_of_others_cannot_be_written(mistake: str) -> None:
    """What would always be wrong is no part of the language."""
    text, (old, new) = UNWRITABLE[mistake]
    assert old in text

    with pytest.raises(FindingsError):
        loads(text.replace(old, new))


def test_lustre_answers_on_all_of_its_ports() -> None:
    """Servers and clients admit each other on 988 and 1018-1023 (aws-hpc-recipes 50, aws-fsx-csi-driver 32)."""
    storage: Data = {"scratch": {"kind": "parallel", "size": "4800GiB"}}
    (site,) = site_plans("aws", storage=storage)
    rules = [one for one in asked(site, "SecurityGroupIngressRule") if "scratch" in one.name]

    assert sorted(one.name for one in rules) == sorted(
        f"{who}-{ports}"
        for who in ("scratch-clients", "scratch-servers", "clients-scratch")
        for ports in ("988", "1018-1023")
    )


def test_efs_is_reached_from_every_zone() -> None:
    """There is a mount target in every zone of the network (efs-utils 90)."""
    (site,) = site_plans("aws", storage={"home": {"kind": "file"}})

    assert [one.name for one in asked(site, "mountTarget:MountTarget")] == [
        "home-us-east-1a",
        "home-us-east-1b",
        "home-us-east-1c",
    ]


def test_machines_write_to_their_buckets() -> None:
    """What nodes may do to a bucket is their role's business, not that of narrow scopes (gcsfuse 174 and 1189)."""
    clusters = {"train": {"machine": "g2-standard-8", "nodes": 1}}
    _, plan = site_plans("gcp", storage={"datasets": {"kind": "object"}}, clusters=clusters)
    (node,) = asked(plan, "compute/instance:Instance")

    assert node.inputs["service_account"]["scopes"] == ["https://www.googleapis.com/auth/cloud-platform"]
