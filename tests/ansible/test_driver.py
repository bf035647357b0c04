"""The driver's role on a host whose accelerators answer already, and what it would install on one where none does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from rackwright.catalog import accelerators
from rackwright.catalog.releases import driver_for
from rackwright.fleet.simulated import accelerator_files
from rackwright.plan import Expectation

ROLES = Path(__file__).resolve().parents[2] / "ansible" / "roles"
ROLE = ROLES / "accelerator_driver"
PLAY = """
- hosts: localhost
  gather_facts: true
  gather_subset: ["!all", min]
  roles: [accelerator_driver]
  vars:
    rackwright_accelerator: H100
    rackwright_accelerators: COUNT
    accelerator_driver_daemons: [nvidia-fabricmanager]
"""


def played(folder: Path, count: int) -> subprocess.CompletedProcess[str]:
    """Return how the role ended where eight simulated H100s answer and `count` are expected."""
    ((_, script),) = accelerator_files(Expectation("p5.48xlarge", "H100", 8, 80.0, 192, 2048.0)).items()
    program = folder / "nvidia-smi"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o755)
    play = folder / "play.yml"
    play.write_text(PLAY.replace("COUNT", str(count)), encoding="utf-8")
    ours = f"ansible_python_interpreter={sys.executable}"
    ansible = Path(sys.executable).parent / "ansible-playbook"
    command = [str(ansible), "--connection=local", "--inventory=localhost,", f"--extra-vars={ours}"]
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "ANSIBLE_ROLES_PATH": str(ROLES)}
    command += ["--skip-tags=system", str(play)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_driver_that_lists_every_accelerator_is_left_alone(tmp_path: Path) -> None:
    """Nothing is installed, nothing changes, and no daemon is asked of a host without a loaded module."""
    done = played(tmp_path, 8)

    assert done.returncode == 0, done.stdout
    assert "changed=0" in done.stdout


@pytest.mark.slow
def test_a_host_that_lacks_devices_is_refused_before_anything_is_installed(tmp_path: Path) -> None:
    """Without a device on the PCI bus no repository is added."""
    done = played(tmp_path, 16)

    assert done.returncode != 0
    assert "Require a device on the PCI bus" in done.stdout
    assert "Add NVIDIA's repository" not in done.stdout


def test_the_role_takes_every_flavor_and_daemon_that_the_catalog_names() -> None:
    """A daemon or a flavor that enters the catalog must be one that the role knows."""
    yaml = YAML(typ="safe", pure=True)
    specs = yaml.load((ROLE / "meta/argument_specs.yml").read_text(encoding="utf-8"))
    options = specs["argument_specs"]["main"]["options"]
    drivers = [known for one in accelerators() if (known := driver_for(one.name))]

    assert {one.kernel_modules for one in drivers} == set(options["accelerator_driver_modules"]["choices"])
    assert {name for one in drivers for name in one.daemons} == set(options["accelerator_driver_daemons"]["choices"])
