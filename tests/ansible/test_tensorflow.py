"""The TensorFlow role: the release and the packages that a blueprint pins are what is in the environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROLES = Path(__file__).resolve().parents[2] / "ansible" / "roles"
PLAY = """
- hosts: localhost
  gather_facts: true
  gather_subset: ["!all", min]
  roles: [tensorflow]
"""
VERSIONS = "import json, einops, tensorflow; print(json.dumps([tensorflow.__version__, einops.__version__]))"


def played(folder: Path, told: dict[str, object]) -> str:
    """Return what Ansible says of the role on this machine, with everything it writes in one folder."""
    (folder / "home").mkdir(exist_ok=True)
    play = folder / "play.yml"
    play.write_text(PLAY, encoding="utf-8")
    ours = {"ansible_python_interpreter": sys.executable, "rackwright_home": str(folder / "home")}
    kept = {"rackwright_state": str(folder), "tensorflow_link_mode": "hardlink"}
    ansible = Path(sys.executable).parent / "ansible-playbook"
    told = {**ours, **kept, **told}
    command = [str(ansible), "--connection=local", "--inventory=localhost,", f"--extra-vars={json.dumps(told)}"]
    environment = {**os.environ, "ANSIBLE_ROLES_PATH": str(ROLES)}
    done = subprocess.run([*command, str(play)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.slow
def test_what_is_pinned_is_what_is_installed(tmp_path: Path) -> None:
    """The release for the processor, and a package beside it; a second run changes nothing, another package does."""
    told: dict[str, object] = {"rackwright_bare_variant": "cpu-2.20.0", "rackwright_requirements": ["einops==0.8.1"]}
    first, second = played(tmp_path, told), played(tmp_path, told)
    third = played(tmp_path, {**told, "rackwright_requirements": ["einops==0.8.0"]})
    python = tmp_path / "home" / "venv" / "bin" / "python"
    said = subprocess.run([str(python), "-c", VERSIONS], capture_output=True, text=True, check=True).stdout

    assert "changed=0" not in first
    assert "changed=0" in second
    assert "changed=0" not in third
    assert json.loads(said) == ["2.20.0", "0.8.0"]
