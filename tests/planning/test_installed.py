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
        ("aws", "p3.8xlarge", Installed("cuda-2.19.1", "580", "proprietary")),
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
        "rackwright_variant": "cuda-2.19.1",
        "accelerator_driver_branch": "580",
        "accelerator_driver_modules": "proprietary",
    }
    assert told["p5.48xlarge"]["accelerator_driver_daemons"] == ["nvidia-fabricmanager"]
    assert told["c7i.4xlarge"] == {}


@pytest.mark.parametrize(
    ("machine", "version", "expected"),
    [
        ("c7i.4xlarge", "2.20.0", Installed(bare="cpu-2.20.0")),
        ("c7g.4xlarge", "2.18.1", Installed(bare="cpu-arm64-2.18.1")),
        ("g6.xlarge", "2.20.0", Installed("cuda-2.20.0", "580", "open", bare="cpu-2.20.0")),
        ("g6.xlarge", "2.21.0", Installed("cuda", "580", "open", bare="cpu")),
        ("p3.8xlarge", "2.18.1", Installed("cuda-2.18.1", "580", "proprietary", bare="cpu-2.18.1")),
        ("p3.8xlarge", "2.19.1", Installed("cuda-2.19.1", "580", "proprietary", bare="cpu-2.19.1")),
    ],
)
def test_a_release_that_is_asked_for_is_installed_with_and_without_accelerators(
    machine: str, version: str, expected: Installed
) -> None:
    """Hosts whose device does not answer get the same release for their processor."""
    cluster = {"machine": machine, "nodes": 1, "software": {"version": version}}
    _, plan = site_plans("aws", clusters={"train": cluster})

    assert plan.host_sets[0].installed == expected


def test_packages_of_the_team_reach_the_hosts_in_their_order() -> None:
    """Machines and slices alike."""
    pins = ["einops==0.8.1", "transformers==4.57.1"]
    asked = {"software": {"requirements": pins}}
    clusters = {
        "aws": {"machine": "c7i.4xlarge", "nodes": 1, **asked},
        "gcp": {"accelerator": "v5litepod-16", **asked},
    }
    told = [host_vars(site_plans(cloud, clusters={"train": one})[1].host_sets[0]) for cloud, one in clusters.items()]

    assert [one["rackwright_requirements"] for one in told] == [pins, pins]
