"""Docker on booted hosts, and the team's own commands in containers, from a registry of the host's own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.fleet.test_booted import traces

from rackwright.checks.measured import Command, read
from rackwright.fleet import ssh
from rackwright.fleet.booted import booted
from rackwright.fleet.hosts import HostSpec, LiveHosts
from rackwright.fleet.inventory import run_inventory
from rackwright.fleet.runner import controller_environment
from rackwright.system import clock, processes
from rackwright.system.ledger import CONTROL_GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.hosts
ROLES = Path(__file__).resolve().parents[2] / "ansible" / "roles"
REGISTRY = Path(__file__).with_name("registry.py")
SPEC = HostSpec(
    "test-0", "10.77.0.4", "10.77.0.0/24", "ubuntu", files={"/usr/local/bin/registry": REGISTRY.read_text("utf-8")},
    containers=True,
)  # fmt: skip
HOME = "/opt/rackwright"
PLAY = "[{hosts: all, become: true, gather_facts: true, gather_subset: ['!all', min], roles: [ROLE]}]"
COMMANDS = {
    "inside": """echo "{{ 1 }} $RACKWRIGHT_HOST $(test -e /etc/os-release && echo host)"; echo '{"n": 7}'""",
    "mounted": "read text < /data/file && echo $text",
    "broken": "echo gone >&2; exit 3",
    "hanging": "while :; do :; done",
}


@pytest.fixture(scope="module")
def live() -> Iterator[LiveHosts]:
    """Return a host with Docker, and a registry that answers on it alone."""
    with booted([SPEC]) as hosts:
        yield hosts
    assert traces() == []
    assert list(CONTROL_GROUPS.glob("*/rw*")) == []


@pytest.fixture(scope="module")
def configured(live: LiveHosts, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return how two runs of the role ended on the host, with one before and one after them that only look."""
    folder = tmp_path_factory.mktemp("containers")
    environment = {**controller_environment(), "https_proxy": "", "no_proxy": "127.0.0.1,100%.example"}
    told = {"rackwright_containers": "docker", "rackwright_environment": environment, "rackwright_validation": {}}
    told["rackwright_home"] = HOME
    ask(live, "sudo", "mkdir", "--parents", f"{HOME}/bin")
    ask(live, "sudo apt-get update -qq && sudo apt-get install -qq python3-apt")  # what looking at packages takes
    return [played(folder, live, "containers", told, *more) for more in (("--check",), (), (), ("--check",))]


def played(folder: Path, live: LiveHosts, role: str, told: dict[str, Any], *more: str) -> str:
    """Return what Ansible says of a role on the host."""
    (folder / "hosts.json").write_text(json.dumps(run_inventory(live, {})), encoding="utf-8")
    (folder / "play.yml").write_text(PLAY.replace("ROLE", role), encoding="utf-8")
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")
    ansible = str(Path(sys.executable).parent / "ansible-playbook")
    command = [ansible, f"--inventory={folder}/hosts.json", f"--extra-vars=@{folder}/told.json", f"{folder}/play.yml"]
    environment = {
        "ANSIBLE_ROLES_PATH": str(ROLES), "PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    done = subprocess.run([*command, *more], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask(live: LiveHosts, *command: str) -> str:
    """Return what a command prints on the host."""
    done = processes.run(ssh.command(live.hosts[0], live, *command), timeout=60)
    assert done.ok, done.err
    return done.out.strip()


def served(live: LiveHosts) -> str:
    """Return the digest of the image that the host's own registry has, once it answers."""
    processes.run(ssh.command(live.hosts[0], live, "sudo", "systemd-run", "--unit=registry", "registry"), timeout=30)
    until = clock.seconds() + 30
    while clock.seconds() < until:
        done = processes.run(ssh.command(live.hosts[0], live, "cat", "/run/digest"), timeout=30)
        if done.ok:
            return done.out.strip()
        clock.sleep(0.2)
    pytest.fail("the registry does not answer")


def test_docker_is_installed_once(live: LiveHosts, configured: list[str]) -> None:
    """What a look foretells happens once, a second run changes nothing, and the engine starts at every boot."""
    assert ["changed=0" in one for one in configured] == [False, False, True, True]
    assert ask(live, "systemctl", "is-active", "docker") == "active"
    assert ask(live, "systemctl", "is-enabled", "docker") == "enabled"
    assert "100%.example" in ask(live, "systemctl", "show", "--property=Environment", "docker")


def test_commands_run_in_their_image(live: LiveHosts, configured: list[str], tmp_path: Path) -> None:
    """They see what the host mounts and nothing else of it; what hangs is ended; an image that is not there is said."""
    assert configured
    digest = served(live)
    ask(live, "sudo", "mkdir", "--parents", "/data")
    ask(live, "echo '{\"n\": 8}' | sudo tee /data/file")
    images = dict.fromkeys(COMMANDS, f"127.0.0.1:5000/tiny@{digest}") | {"tagged": "127.0.0.1:5000/tiny:1"}
    images |= {"absent": f"127.0.0.1:5000/tiny@sha256:{'5e1f' * 16}"}
    asked = [
        {
            "name": name,
            "command": {"__ansible_unsafe": COMMANDS.get(name, "echo '{}'")},
            "timeout": 3 if name == "hanging" else 20,
            "host": None,
            "image": image,
            "registry": "127.0.0.1:5000",
        }
        for name, image in images.items()
    ]
    told = {
        "rackwright_run_id": "r1",
        "rackwright_results_dir": str(tmp_path / "results"),
        "rackwright_home": HOME,
        "rackwright_mounts": [{"path": "/data"}],
        "rackwright_validation": {"acceptance": asked},
    }
    played(tmp_path, live, "acceptance", told)
    folder = tmp_path / "results" / "test-0"
    found = {name: read((folder / f"acceptance-{name}.json").read_text("utf-8"), Command, "r1") for name in images}
    results = {name: one for name, one in found.items() if isinstance(one, Command)}

    assert results["inside"].stdout.splitlines() == ["{{ 1 }} test-0 ", '{"n": 7}'], results
    assert results["mounted"].stdout.strip() == '{"n": 8}'
    assert {name: one.code for name, one in results.items()} == {
        "inside": 0, "mounted": 0, "broken": 3, "hanging": 124, "tagged": 0, "absent": 125,
    }  # fmt: skip
    assert results["absent"].stderr.startswith("Error response from daemon: ")
    assert ask(live, "sudo", "docker", "ps", "--all", "--quiet") == ""
