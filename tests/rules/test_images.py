"""Images that are refused are those that the roles cannot configure, and no others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.rules.blueprints import AWS, GCP, codes

from rackwright.blueprint.load import loads
from rackwright.catalog import all_software, images
from rackwright.rules import check_blueprint
from rackwright.rules.images import is_served

ROLES = Path(__file__).resolve().parents[2] / "ansible" / "roles"
LOCKS = {path.stem for path in (ROLES / "tensorflow" / "files" / "locks").glob("*.txt")}
TO_VOLTA = ("machine: p5.48xlarge", "machine: p3.8xlarge")


def test_every_python_that_is_accepted_has_a_lock() -> None:
    """The role has a lock for the Python of every alias on every accelerator that it is accepted for."""
    for stack in all_software():
        fits = (one for one in images() if one.arch == stack.arch and is_served(one, stack.accelerator))
        wanted = {f"{stack.variant}-py{(one.python or '').replace('.', '')}" for one in fits if stack.variant}

        assert wanted <= LOCKS


def test_what_is_said_to_be_installed_is_what_the_roles_install() -> None:
    """One newer Python, on Enterprise Linux and Amazon Linux alone."""
    base, tensorflow = (
        YAML(typ="safe", pure=True).load((ROLES / role / "defaults/main.yml").read_text(encoding="utf-8"))
        for role in ("base", "tensorflow")
    )
    installed = {one.python_package for one in images() if one.os in {"amazon-linux-2023", "rocky-9"}}

    assert installed == {base["base_python_package"]}
    assert tensorflow["tensorflow_newer"] == f"/usr/bin/{base['base_python_package']}"
    assert {one.python for one in images() if one.python_package} == {"3.12"}


@pytest.mark.parametrize("each", images(), ids=lambda one: f"{one.cloud}:{one.alias}:{one.arch}")
def test_every_image_serves_hosts_without_accelerator(each: object) -> None:
    """TensorFlow for the CPU is built for the Python of every alias."""
    assert is_served(next(one for one in images() if one == each), None)


@pytest.mark.parametrize(
    ("image", "found"),
    [
        ("debian-12", []),
        ("debian-13", ["SOFT-E103"]),
        ("ubuntu-24.04", []),
        ("ubuntu-24.04-nvidia", ["SOFT-E104"]),
        ("amazon-linux-2023", []),
        ("amazon-linux-2023-nvidia", ["SOFT-E104"]),
    ],
)
def test_volta_is_told_from_newer_gpus(image: str, found: list[str]) -> None:
    """Neither a Python for which its TensorFlow is not built, nor a driver that dropped it, nor open modules."""
    said = ("image: ubuntu-24.04-nvidia\n", f"image: {image}\n        disk: 200GiB\n")

    assert [code for code in codes(AWS, TO_VOLTA, said) if code in {"SOFT-E103", "SOFT-E104"}] == found
    assert not {"SOFT-E103", "SOFT-E104"} & set(codes(AWS, said))


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 11, 25), []),
        (date(2027, 1, 1), ["MACH-W142"]),
        (date(2027, 4, 1), ["MACH-W142"]),
        (date(2027, 4, 2), ["MACH-E141"]),
    ],
)
def test_the_end_of_an_image_is_told_before_and_after(day: date, found: list[str]) -> None:
    """Ninety days before the last day, up to it, and from the day after it on; never by `compile`, which has no day."""
    text = GCP.replace("        nodes: 4\n", "        nodes: 4\n        image: ubuntu-22.04\n")

    assert [one.code for one in check_blueprint(loads(text).blueprint, day) if one.code.startswith("MACH-")] == found
    assert [code for code in codes(text) if code.startswith("MACH-")] == []
