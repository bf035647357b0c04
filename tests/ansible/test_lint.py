"""Playbooks and roles hold the strictest profile, and every variable of a role is declared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from rackwright.catalog.pins import variants

ANSIBLE = Path(__file__).resolve().parents[2] / "ansible"
ROLES = sorted(path for path in (ANSIBLE / "roles").iterdir() if path.is_dir())
PYTHONS = ("310", "311", "312", "313")
LOCKS = sorted((ANSIBLE / "roles/tensorflow/files/locks").glob("*.txt"))


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Return how a program of this environment ended in the playbooks' folder."""
    beside = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=ANSIBLE, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_lint_finds_nothing_in_the_production_profile() -> None:
    """ansible-lint, profile production, has no finding."""
    done = run("ansible-lint", "--offline", "--profile", "production", "-q")

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("playbook", ["configure.yml", "validate.yml"])
def test_playbooks_parse(playbook: str) -> None:
    """Ansible itself understands the playbooks and every role in them."""
    done = run("ansible-playbook", "--syntax-check", playbook)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("role", ROLES, ids=lambda path: path.name)
def test_a_role_says_what_it_takes(role: Path) -> None:
    """Every role has an argument specification that covers its defaults."""
    yaml = YAML(typ="safe", pure=True)
    specs = yaml.load((role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    defaults = role / "defaults" / "main.yml"
    given = yaml.load(defaults.read_text(encoding="utf-8")) if defaults.exists() else {}

    assert set(given) <= set(specs["argument_specs"]["main"]["options"])


def _locked(name: str) -> list[str]:
    """Return the requirements of a lock, one a line."""
    text = (ANSIBLE / "roles/tensorflow/files/locks" / f"{name}.txt").read_text(encoding="utf-8")
    return [block for block in text.replace("\\\n", " ").splitlines() if block and not block.startswith("#")]


@pytest.mark.parametrize("lock", [path.stem for path in LOCKS if path.stem != "uv"])
def test_every_package_is_locked_by_hash(lock: str) -> None:
    """Each requirement is pinned and has a digest, and what the software matrix asks of the variant is among them."""
    requirements = _locked(lock)
    stack = variants()[lock.rpartition("-py")[0]]
    wanted = [re.sub(r"\[.*\]", "", one) for one in stack.requirements if "==" in one]

    assert all("==" in one and "--hash=sha256:" in one for one in requirements)
    assert all(any(one.startswith(f"{asked} ") for one in requirements) for asked in wanted)
    assert any(one.startswith("tensorflow") for one in requirements)


def test_every_variant_has_a_lock_for_every_python_that_it_serves() -> None:
    """What the matrix says can be installed, and what can be asked for, is what there are locks for."""
    served = {
        f"{variant}-py{python}"
        for variant, stack in variants().items()
        for python in PYTHONS
        if python <= (stack.python_max or "").replace(".", "")
    }

    assert served == {path.stem for path in LOCKS} - {"uv"}


def test_volta_keeps_the_libraries_that_serve_it() -> None:
    """CuDNN 9.11 dropped it: what is locked for it is older, for whichever Python."""
    held = {one.split()[0] for python in PYTHONS[:-1] for one in _locked(f"cuda-2.19.1-py{python}")}

    assert {"tensorflow==2.19.1", "nvidia-cudnn-cu12==9.3.0.75"} <= held


def test_uv_is_locked_by_the_hashes_of_its_builds_for_every_platform() -> None:
    """A host installs the one that is built for it: a program of the controller would not run on each."""
    (uv,) = _locked("uv")

    assert uv.startswith("uv==")
    assert uv.count("--hash=sha256:") > 1
