"""What is installed on hosts follows from their accelerators."""

from __future__ import annotations

import pytest
from tests.planning.plans import site_plans

from rackwright.emit.inventory import host_vars
from rackwright.plan import Installed

FABRIC, IMEX = ("nvidia-fabricmanager",), ("nvidia-imex",)


@pytest.mark.parametrize(
    ("cloud", "machine", "expected"),
    [
        ("aws", "c7i.4xlarge", Installed()),
        ("aws", "c7g.4xlarge", Installed()),
        ("aws", "g6.xlarge", Installed("cuda", "580", "open")),
        ("aws", "g6f.large", Installed("cuda", "580", "open")),
        ("aws", "p3.8xlarge", Installed("cuda-volta", "580", "proprietary")),
        ("aws", "p5.4xlarge", Installed("cuda", "580", "open")),
        ("aws", "p5.48xlarge", Installed("cuda", "580", "open", FABRIC)),
        ("aws", "p6-b200.48xlarge", Installed("jax-cuda", "580", "open", (*FABRIC, "nvlsm"))),
        ("aws", "g7e.48xlarge", Installed("jax-cuda", "580", "open")),
        ("aws", "p6e-gb200.36xlarge", Installed("jax-cuda-arm64", "580", "open", IMEX)),
        ("gcp", "g2-standard-8", Installed("cuda", "580", "open")),
        ("gcp", "a2-highgpu-1g", Installed("cuda", "580", "open")),
        ("gcp", "a2-megagpu-16g", Installed("cuda", "580", "open", FABRIC)),
        ("gcp", "a4x-highgpu-4g", Installed("jax-cuda-arm64", "580", "open", IMEX)),
    ],
)
def test_driver_daemons_and_locks_follow_from_the_accelerator(cloud: str, machine: str, expected: Installed) -> None:
    """Old GPUs get proprietary modules, switched ones a fabric manager, those joined across hosts the daemon for it."""
    _, plan = site_plans(cloud, clusters={"train": {"machine": machine, "nodes": 1}})

    assert plan.host_sets[0].installed == expected


def test_roles_are_told_what_is_installed_and_nothing_of_what_is_not() -> None:
    """A variable that would say nothing is left out, so that the role's own default holds."""
    of = {
        name: host_vars(site_plans("aws", clusters={"train": {"machine": name, "nodes": 1}})[1].host_sets[0])
        for name in ("p3.8xlarge", "p5.48xlarge", "c7i.4xlarge")
    }
    told = {
        name: {key: one for key, one in found.items() if key.startswith(("accelerator_driver", "rackwright_variant"))}
        for name, found in of.items()
    }

    assert told["p3.8xlarge"] == {
        "rackwright_variant": "cuda-volta",
        "accelerator_driver_branch": "580",
        "accelerator_driver_modules": "proprietary",
    }
    assert told["p5.48xlarge"]["accelerator_driver_daemons"] == ["nvidia-fabricmanager"]
    assert told["c7i.4xlarge"] == {}
