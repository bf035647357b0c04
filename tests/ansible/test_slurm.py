"""What Slurm's role brings to hosts: a key that is never printed, and what a host says of itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

from rackwright.planning import ports

ROLE = Path(__file__).resolve().parents[2] / "ansible" / "roles" / "slurm"


def test_the_ports_are_those_that_networks_let_pass() -> None:
    """Roles and plans say the same numbers."""
    given = YAML(typ="safe", pure=True).load((ROLE / "vars" / "main.yml").read_text(encoding="utf-8"))["slurm_ports"]
    first, last = ports.JOBS

    assert given == {"controller": ports.CONTROLLER, "node": ports.NODE, "jobs": f"{first}-{last}"}


def test_tasks_that_see_the_key_print_nothing() -> None:
    """Every task that reads or writes munge's key is kept out of logs."""
    tasks = YAML(typ="safe", pure=True).load((ROLE / "tasks" / "install.yml").read_text(encoding="utf-8"))
    touching = [one for one in tasks if "slurp" in str(one) or "slurm_key." in str(one)]

    assert len(touching) == 2
    assert all(one["no_log"] is True for one in touching)


def test_a_host_without_slurm_says_what_it_can() -> None:
    """No processors where nobody can count them as slurmd does; always a name."""
    script = ROLE / "files" / "slurm_host.py"
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, env=environment)
    found = json.loads(done.stdout)

    assert found["hostname"]
    assert isinstance(found["confines"], bool)
    assert found["memory_per_cpu"] >= 1
