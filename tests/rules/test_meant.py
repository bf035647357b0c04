"""Hints for names of machines, slices and accelerators that the catalog does not have."""

from __future__ import annotations

import pytest

from rackwright.catalog import image_aliases, machine_names, slice_types
from rackwright.rules.meant import accelerator_meant, image_meant, machine_meant, slice_meant

SLICES = [one.name for one in slice_types()]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("v5litepod-12", "next to it are v5litepod-8 and v5litepod-16"),
        ("v6e-2", "next to it are v6e-1 and v6e-4"),
        ("v6e-4x4", "did you mean 'v6e-16', topology: 4x4?"),
        ("v5p-4x4x4", "did you mean 'v5p-128', topology: 4x4x4?"),
        ("h100-mega-80gb-8", "GPUs are written accelerator: {type: H100, count: NUMBER}"),
    ],
)
def test_a_slice_is_meant(name: str, hint: str) -> None:
    """Sizes and sides lead to the slices that there are; GPUs are no slices."""
    assert slice_meant(name, SLICES) == hint


@pytest.mark.parametrize(
    ("cloud", "name", "hint"),
    [
        ("aws", "g4ad.4xlarge", "its GPUs are AMD's, for which nothing is planned: take g4dn or g6"),
        ("aws", "p2.xlarge", "nothing is planned for GPUs older than Volta: take g4dn or g6"),
        ("aws", "Standard_ND96isr_H100_v5", "this is a machine of Azure"),
        ("gcp", "n2-custom-8-32768", "custom machine types are not planned: take a predefined one"),
        ("gcp", "m1-ultramem-40", "the catalog has no series m1; `rackwright catalog machines` lists all"),
        ("aws", "p5.24xlarge", "did you mean 'p5.4xlarge'?"),
    ],
)
def test_a_machine_is_meant(cloud: str, name: str, hint: str) -> None:
    """A machine that nothing is planned for is not taken for one of another make with a name alike."""
    assert machine_meant(name, machine_names(cloud)) == hint


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("MI300X", "nothing is planned for AMD's GPUs"),
        ("RTX4090", "neither cloud has machines with it"),
        ("v6e", "TPUs are slices: write accelerator: v6e-16, as an example"),
        ("nvidia-h100-80gb", "did you mean 'H100'?"),
    ],
)
def test_an_accelerator_is_meant(name: str, hint: str) -> None:
    """What nobody rents out is said to be that."""
    assert accelerator_meant(name, ["A100", "B300", "H100", "RTX-PRO-4500"]) == hint


@pytest.mark.parametrize(
    ("cloud", "name", "hint"),
    [
        ("aws", "alinux2023", "did you mean 'amazon-linux-2023'?"),
        ("aws", "ubuntu2204", "did you mean 'ubuntu-22.04'?"),
        ("gcp", "ubuntu-2404-lts-amd64", "did you mean 'ubuntu-24.04'?"),
        ("aws", "alinux2", "nothing is planned for a system that old: take ubuntu-24.04"),
        ("aws", "ami-12345", "an id is ami- and 8 or 17 hexadecimal digits"),
        ("gcp", "nvcr.io/nvidia/tensorflow:24.10", "hosts start from images of machines, not of containers"),
        ("gcp", "debian-cloud/debian-11", "write projects/debian-cloud/global/images/family/debian-11"),
        ("aws", "ubuntu-24.40", "did you mean 'ubuntu-24.04'?"),
    ],
)
def test_an_image_is_meant(cloud: str, name: str, hint: str) -> None:
    """Names that other tools have for the same system, and for what is no image of a machine."""
    assert image_meant(cloud, name, image_aliases(cloud)) == hint
