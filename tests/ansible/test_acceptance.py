"""The role that runs a team's own commands, as Ansible runs it on this machine from a committed inventory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.checks.evidence import host

from rackwright.checks.acceptance import accepted
from rackwright.checks.measured import Command, Nothing, read
from rackwright.checks.outcome import Outcome, State
from rackwright.emit.inventory import inventory
from rackwright.plan import host_names
from rackwright.workflows import compile as compiling

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
ROLES, QUICKSTART = ROOT / "ansible" / "roles", ROOT / "stacks" / "quickstart" / "blueprint.yaml"
COMMANDS = {
    "template": {"command": """echo "{{ 1 }}"; echo '{"n": 7}'""", "value": "n", "at_least": 7},
    "hanging": {"command": "sleep 60", "value": "n", "at_least": 7, "timeout": 1},
    "broken": {"command": "echo gone >&2; exit 3", "value": "n", "at_least": 7},
    "python": {"command": "mine", "value": "n", "at_least": 7},
    "alone": {"command": """echo '{"n": 1}'""", "value": "n", "at_most": 0, "hosts": "first"},
}
PLAY = "[{hosts: all, connection: local, gather_facts: false, roles: [acceptance]}]"
MINE = """#!/bin/sh
test "$RACKWRIGHT_RUN_ID" = r1 && echo '{"n": 8}'
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Outcome]:
    """Return what became of every command on every host of a plan, all of them this machine."""
    root = tmp_path_factory.mktemp("asked") / "stacks" / "quickstart"
    root.mkdir(parents=True)
    text = QUICKSTART.read_text(encoding="utf-8")
    asked = text.replace("validate: {", f"validate: {{acceptance: {json.dumps(COMMANDS)}, ")
    (root / "blueprint.yaml").write_text(asked, encoding="utf-8")
    (plan,) = (one for one in compiling.check(root / "blueprint.yaml").plans if one.host_sets)
    (root / "inventory.yml").write_text(inventory(plan), encoding="utf-8")
    played(root)
    validation, names = plan.host_sets[0].validation, host_names(plan.host_sets[0])
    found = {name: tuple(commands(root / "results" / name)) for name in names}
    judged = (one for name in names for one in accepted(host(name, validation=validation, commands=found[name])))
    return {(one.host, one.check): one for one in judged}


def played(root: Path) -> None:
    """Play the role over the inventory of a folder, with a Python environment that holds one program."""
    programs = root / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "mine").write_text(MINE, encoding="utf-8")
    (programs / "mine").chmod(0o755)
    (root / "play.yml").write_text(PLAY, encoding="utf-8")
    known = {
        "ansible_python_interpreter": sys.executable,
        "rackwright_run_id": "r1",
        "rackwright_results_dir": str(root / "results"),
        "rackwright_home": str(root),
    }
    ansible = str(Path(sys.executable).parent / "ansible-playbook")
    command = [ansible, f"--inventory={root}/inventory.yml", f"--extra-vars={json.dumps(known)}", f"{root}/play.yml"]
    environment = {"ANSIBLE_ROLES_PATH": str(ROLES), "PATH": "/usr/bin:/bin", "HOME": str(root), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def commands(folder: Path) -> Iterator[tuple[str, Command | Nothing]]:
    """Yield what is in the results of a host, as the controller reads it."""
    for path in sorted(folder.glob("acceptance-*.json")):
        yield path.stem.removeprefix("acceptance-"), read(path.read_text(encoding="utf-8"), Command, "r1")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "state", "measured", "reason"),
    [
        ("template", State.PASS, "7", "as the blueprint asks"),
        ("python", State.PASS, "8", "as the blueprint asks"),
        ("hanging", State.NOT_MEASURED, "nothing", "the command did not end within 1 s"),
        ("broken", State.FAIL, "nothing", "the command ended with code 3 gone"),
    ],
)
def test_a_command_runs_as_it_is_written(
    outcomes: dict[tuple[str, str], Outcome], command: str, state: State, measured: str, reason: str
) -> None:
    """Braces are no template, programs of the software are found, what hangs is ended, what breaks says so."""
    found = [outcomes[name, f"acceptance.{command}"] for name in ("train-0", "train-1")]

    assert {(one.state, one.measured, one.reason) for one in found} == {(state, measured, reason)}


@pytest.mark.slow
def test_the_first_host_alone_runs_what_is_for_it(outcomes: dict[tuple[str, str], Outcome]) -> None:
    """The other one has no outcome of it."""
    alone = [name for name, check in outcomes if check == "acceptance.alone"]

    assert alone == ["train-0"]
    assert outcomes["train-0", "acceptance.alone"].state is State.FAIL
