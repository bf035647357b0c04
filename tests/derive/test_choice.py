"""Machines follow from accelerators: which one, how many, and when nobody can say."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import SITE

from rackwright.blueprint import Blueprint, MachineCluster
from rackwright.catalog import machine, machines
from rackwright.derive.choice import settled

PAIRS = sorted({(one.cloud, one.accelerator) for one in machines() if one.accelerator and one.accelerator_share == 1})


def chosen(cloud: str, accelerator: str, count: int) -> list[tuple[str, int]]:
    """Return machine and number of nodes of the cluster that so many accelerators become, if any."""
    site = {**SITE[cloud], "clusters": {"train": {"accelerator": {"type": accelerator, "count": count}}}}
    owner = {"team": "ml-platform", "cost_center": "4711"}
    blueprint = Blueprint.model_validate({"blueprint": 1, "name": "dc", "owner": owner, "sites": {"one": site}})
    found = settled(blueprint).sites["one"].clusters.values()
    return [(one.machine, one.nodes.left) for one in found if isinstance(one, MachineCluster)]


@pytest.mark.parametrize(
    ("accelerator", "count", "expected"),
    [
        ("H100", 128, [("p5.48xlarge", 16)]),
        ("H100", 8, [("p5.48xlarge", 1)]),
        ("H100", 7, [("p5.4xlarge", 7)]),
        ("H100", 9, []),
        ("A100", 8, [("p4d.24xlarge", 1)]),
        ("L4", 16, [("g6.48xlarge", 2)]),
        ("L4", 4, []),
        ("Z100", 8, []),
    ],
)
def test_the_machine_with_most_accelerators_is_taken(accelerator: str, count: int, expected: Any) -> None:
    """Of the machines that the number fills, the one with most accelerators; nothing where several have them."""
    assert chosen("aws", accelerator, count) == expected


@pytest.mark.parametrize(("cloud", "accelerator"), PAIRS)
def test_exactly_as_many_accelerators_as_asked_are_planned(cloud: str, accelerator: str) -> None:
    """Whatever is chosen has the accelerator, and machines and accelerators multiply to the number asked for."""
    for count in (1, 2, 4, 8, 16, 64):
        for name, nodes in chosen(cloud, accelerator, count):
            known = machine(cloud, name)

            assert known is not None
            assert (known.accelerator, known.accelerators * nodes) == (accelerator, count)
