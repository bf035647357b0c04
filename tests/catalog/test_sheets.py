"""Everything of one machine, as data and as sections."""

from __future__ import annotations

import json

import pytest
from tests.catalog.families import families

from rackwright.catalog import Machine, SliceType, machine, machines, slice_type, slice_types
from rackwright.catalog.sheets import record, sections

EVERY = pytest.mark.parametrize("family", [*families(machines()).values(), slice_types()])
"""The machines of a family, or all slices."""


def facts(thing: Machine | SliceType, title: str) -> dict[str, str]:
    """Return the facts of one section."""
    return dict(next(section.facts for section in sections(thing) if section.title == title))


def test_sections_of_an_efa_machine() -> None:
    """Compute, accelerators, memory, network, storage, quota, offers, software, price, sources, in that order."""
    p5en = machine("aws", "p5en.48xlarge")
    assert p5en is not None
    assert [section.title for section in sections(p5en)] == [
        "Compute", "Accelerators", "Memory", "Network", "Storage", "Quota", "Offered", "Software",
        "Accepted when", "Price", "Proved", "Sources",
    ]  # fmt: skip
    assert facts(p5en, "Network")["layout"] == (
        "interface on card 0 device 0; efa-only on card 0 device 1; efa-only on cards 1-15 device 0"
    )
    assert facts(p5en, "Storage")["instance store"] == "8 x 3800 GB NVMe"
    assert facts(p5en, "Price")["on demand"] == "63.2960 USD an hour (us-east-1, 2026-07-20)"
    assert facts(p5en, "Proved")["family"] == "moto"
    assert facts(p5en, "Quota")["Capacity Blocks"] == "sold"


def test_sections_of_a_rdma_machine() -> None:
    """Host and RDMA interfaces, MTU and the network profile."""
    a4 = machine("gcp", "a4-highgpu-8g")
    assert a4 is not None
    network = facts(a4, "Network")
    assert (network["interfaces"], network["type and MTU"]) == ("2 host, 8 RDMA", "GVNIC, 8896 bytes")
    assert network["network profile"] == "<zone>-vpc-roce"


def test_a_cpu_machine_has_no_accelerator_section() -> None:
    """Sections without a fact are left out."""
    m7i = machine("aws", "m7i.large")
    assert m7i is not None
    assert "Accelerators" not in [section.title for section in sections(m7i)]


def test_refused_software_says_why() -> None:
    """Trainium: no TensorFlow."""
    trn = machine("aws", "trn1.32xlarge")
    assert trn is not None
    assert facts(trn, "Software") == {"benchmark": "refused: the Neuron SDK no longer supports TensorFlow"}


def test_what_is_accepted_says_size_hosts_and_ceiling() -> None:
    """A floor without what it was measured with is not a fact."""
    mega = machine("gcp", "a3-megagpu-8g")
    assert mega is not None
    assert facts(mega, "Accepted when")["nccl.all_gather"] == (
        ">= 150 GB/s of 2-8 GiB on 2 hosts or more; at most 200 is possible"
    )


def test_attachable_accelerators_of_n1() -> None:
    """GPUs that are no part of the machine type, with the price of both."""
    n1 = machine("gcp", "n1-highmem-8")
    assert n1 is not None
    assert facts(n1, "Attachable")["1 x T4"] == (
        "nvidia-tesla-t4, 0.8232 USD an hour with the host (us-central1, 2026-06-23)"
    )


def test_machines_without_spot_say_so() -> None:
    """HPC types are sold on demand only."""
    hpc = machine("aws", "hpc7g.16xlarge")
    assert hpc is not None
    assert facts(hpc, "Quota")["spot"] == "not sold"


def test_sections_of_a_slice() -> None:
    """Chips, hosts, runtime."""
    found = slice_type("v5litepod-16")
    assert found is not None
    assert facts(found, "Slice")["hosts"] == "4 with 4 chips each (ct5lp-hightpu-4t)"


def test_a_record_holds_the_thresholds_of_its_accelerators() -> None:
    """Those of the machine, of the accelerator, and of that many in one host."""
    p5 = machine("aws", "p5.48xlarge")
    assert p5 is not None
    subjects = {each["subject"] for each in record(p5)["thresholds"]}
    assert subjects == {"p5.48xlarge", "H100", "H100x8"}


@EVERY
def test_every_record_is_json_and_every_section_says_something(family: tuple[Machine | SliceType, ...]) -> None:
    """No machine breaks the sheet; every fact has a label and a value."""
    for each in family:
        assert json.loads(json.dumps(record(each)))["software"]
        found = sections(each)
        assert all(label and value for section in found for label, value in section.facts)
