"""Image aliases."""

from __future__ import annotations

import pytest

from rackwright.catalog import image, image_aliases, images


def test_image_says_how_aws_finds_it_and_who_logs_in() -> None:
    """Owner, name filter, login and Python of an alias."""
    noble = image("aws", "ubuntu-24.04")
    assert noble is not None
    assert (noble.owner, noble.user, noble.python) == ("099720109477", "ubuntu", "3.12")
    assert noble.name_filter == "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"


def test_image_says_how_gcp_finds_it() -> None:
    """Project and family of an alias."""
    noble = image("gcp", "ubuntu-24.04")
    assert noble is not None
    assert (noble.project, noble.family) == ("ubuntu-os-cloud", "ubuntu-2404-lts-amd64")


def test_aliases_of_both_clouds() -> None:
    """The aliases a blueprint may use; Amazon Linux is AWS's alone."""
    common = {"ubuntu-22.04", "ubuntu-24.04", "debian-12", "debian-13", "rocky-9"}
    common |= {"ubuntu-22.04-nvidia", "ubuntu-24.04-nvidia"}
    deep_learning = {"ubuntu-22.04-deep-learning", "ubuntu-24.04-deep-learning"}
    assert set(image_aliases("aws")) == common | {"amazon-linux-2023", "amazon-linux-2023-nvidia"}
    assert set(image_aliases("gcp")) == common | {"rocky-9-nvidia", *deep_learning}


def test_unknown_alias_is_none() -> None:
    """An alias of the other cloud or architecture is not found."""
    assert (image("gcp", "amazon-linux-2023"), image("aws", "ubuntu-24.04", "riscv")) == (None, None)


@pytest.mark.parametrize("each", images(), ids=lambda each: f"{each.cloud}:{each.alias}:{each.arch}")
def test_every_image_can_be_looked_up(each: object) -> None:
    """AWS images have an owner with a filter or a parameter, GCP images a project with a family."""
    found = next(one for one in images() if one == each)
    if found.cloud == "aws":
        assert found.owner
        assert found.name_filter or found.parameter
    else:
        assert found.project
        assert found.family


def test_an_image_with_a_driver_says_which() -> None:
    """AWS's base images of deep learning move with NVIDIA's newest branch, Google's name theirs."""
    base, noble = image("aws", "ubuntu-24.04-nvidia"), image("gcp", "ubuntu-24.04-nvidia", "arm64")

    assert base is not None
    assert noble is not None
    assert (base.driver, base.driver_modules, "efa" in base.includes) == (595, "open", True)
    assert (noble.driver, noble.driver_modules, noble.includes) == (580, None, ())


def test_an_image_lives_no_longer_than_its_operating_system() -> None:
    """An alias of an operating system with drivers or frameworks in it ends with it at the latest."""
    plain = {(one.cloud, one.arch, one.alias): one.eol for one in images()}

    assert all(one.eol for one in images())
    assert all((one.eol or "") <= (plain[one.cloud, one.arch, one.os] or "") for one in images())
