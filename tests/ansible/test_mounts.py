"""What the roles for storage write and run on a host, without a cloud: units, tunnels, blank disks, what is mounted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from rackwright.checks.storage import TYPES
from rackwright.planning.hosts.mounts import CLIENTS, ENGINES, LOCAL

ROLES = Path(__file__).resolve().parents[2] / "ansible" / "roles"
LOCAL_SCRATCH = ROLES / "mounts" / "files" / "local_scratch.py"
DISK, MOUNT_FACTS = ROLES / "mounts" / "files" / "disk.py", ROLES / "mount_facts" / "files" / "mount_facts.py"
SHARED_MEMORY = Path("/dev/shm")
PLAY = """
- hosts: localhost
  gather_facts: true
  gather_subset: ["!all", min]
  vars: {rackwright_home: /opt/rackwright, mounts_first_port: 20490}
  tasks:
    - ansible.builtin.include_vars: ROLE/vars/main.yml
    - ansible.builtin.template: {src: ROLE/templates/mount.j2, dest: "OUT/{{ item }}.mount", mode: "0644"}
      loop: "{{ mounts_clients | list }}"
      vars:
        mounts_one: {path: /data, volume: datasets, client: "{{ item }}", source: "{{ source }}"}
        mounts_how: "{{ mounts_clients[item] }}"
        mounts_number: 2
        mounts_unit: {stdout: data.mount}
        mounts_disk: {stdout: '{"uuid": "0a-1b", "made": true}'}
        source: fs-1.example.com
    - ansible.builtin.template: {src: "ROLE/templates/{{ item }}.j2", dest: "OUT/{{ item }}", mode: "0644"}
      loop: [stunnel, tunnel]
      vars:
        mounts_one: {path: /data, volume: datasets, source: fs-1.example.com}
        mounts_number: 2
        mounts_unit: {stdout: data.mount}
"""


def loaded(path: Path) -> Any:
    """Return what a YAML file of a role holds."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def python(script: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Return how a script of a role ended."""
    found = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    command = [sys.executable, str(script), *words]
    return subprocess.run(command, env={**os.environ, "PATH": found}, capture_output=True, text=True, check=False)


def test_planning_role_and_check_speak_of_the_same_clients() -> None:
    """What planning names has tasks, an argument and a type in the role, and the check expects that type."""
    named = {LOCAL, *ENGINES.values(), *(client for kinds in CLIENTS.values() for client in kinds.values())}
    how = loaded(ROLES / "mounts" / "vars" / "main.yml")["mounts_clients"]
    options = loaded(ROLES / "mounts" / "meta" / "argument_specs.yml")["argument_specs"]["main"]["options"]
    tasks = {path.stem.removeprefix("install-") for path in (ROLES / "mounts" / "tasks").glob("install-*.yml")}

    assert set(options["rackwright_mounts"]["options"]["client"]["choices"]) == named
    assert tasks == named
    assert {client: one["found"] for client, one in how.items()} == TYPES
    assert set(TYPES) == named


def test_who_logs_in_has_a_home_on_what_is_mounted_there() -> None:
    """Right after storage is mounted at /home, one host after the other, so that Ansible can put files on it again."""
    tasks = loaded(ROLES / "mounts" / "tasks" / "mount.yml")
    mounted = next(number for number, task in enumerate(tasks) if "rescue" in task)
    home = tasks[mounted + 1]

    assert home["ansible.builtin.user"] == {"name": "{{ ansible_user | default('root') }}"}
    assert home["throttle"] == 1
    assert home["when"] == ["mounts_one.path == '/home'", "mounts_one.kind != 'object'"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the role writes for every client, as Ansible itself renders it."""
    out = tmp_path_factory.mktemp("written")
    play = out / "play.yml"
    play.write_text(PLAY.replace("ROLE", str(ROLES / "mounts")).replace("OUT", str(out)), encoding="utf-8")
    ours = f"ansible_python_interpreter={sys.executable}"
    ansible = Path(sys.executable).parent / "ansible-playbook"
    command = [str(ansible), "--connection=local", "--inventory=localhost,", f"--extra-vars={ours}", str(play)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("client", "lines"),
    [
        ("mountpoint-s3", {"What=s3://fs-1.example.com/", "Type=mount-s3", "WantedBy=remote-fs.target"}),
        ("gcsfuse", {"What=fs-1.example.com", "Type=gcsfuse", "WantedBy=remote-fs.target"}),
        ("efs", {"What=127.0.0.1:/", "Type=nfs4", "Requires=rackwright-tls-data.service"}),
        ("filestore", {"What=fs-1.example.com", "Type=nfs", "WantedBy=remote-fs.target"}),
        ("fsx-openzfs", {"What=fs-1.example.com", "Type=nfs4", "WantedBy=remote-fs.target"}),
        ("fsx-lustre", {"What=fs-1.example.com", "Type=lustre", "WantedBy=remote-fs.target"}),
        ("managed-lustre", {"What=fs-1.example.com", "Type=lustre", "WantedBy=remote-fs.target"}),
        ("instance-store", {"Type=ext4", "Requires=rackwright-local-scratch.service", "WantedBy=remote-fs.target"}),
        ("disk", {"What=/dev/disk/by-uuid/0a-1b", "Type=ext4", "WantedBy=local-fs.target"}),
    ],
)
def test_every_client_has_a_mount_unit(written: Path, client: str, lines: set[str]) -> None:
    """What, type and target; a network file system waits for the network, and a tunnel is required by what uses it."""
    unit = (written / f"{client}.mount").read_text(encoding="utf-8").splitlines()

    assert lines | {"Where=/data", "Description=datasets at /data"} <= set(unit)
    assert any("_netdev" in line for line in unit if line.startswith("Options=")) == (client != "disk")


@pytest.mark.slow
def test_nfs_to_efs_goes_through_tls_that_knows_whom_it_talks_to(written: Path) -> None:
    """The tunnel checks chain and name of the certificate, and the mount uses the port at which it listens."""
    tunnel = (written / "stunnel").read_text(encoding="utf-8").splitlines()
    unit = (written / "efs.mount").read_text(encoding="utf-8")

    assert {"verifyChain = yes", "checkHost = fs-1.example.com", "connect = fs-1.example.com:2049"} <= set(tunnel)
    assert "accept = 127.0.0.1:20492" in tunnel
    assert "port=20492" in unit
    assert "/opt/rackwright/rackwright-tls-data.conf" in (written / "tunnel").read_text(encoding="utf-8")


def image(folder: Path, start: bytes = b"") -> Path:
    """Return a file that is as good as a disk of 16 MiB, zeros but for its start."""
    path = folder / "disk.img"
    path.write_bytes(start.ljust(2**24, b"\0"))
    return path


def test_a_blank_disk_gets_a_file_system_once(tmp_path: Path) -> None:
    """The first call makes it, the second finds it by the same UUID."""
    path = image(tmp_path)
    first, second = (json.loads(python(DISK, str(path)).stdout) for _ in range(2))

    assert (first["made"], second["made"]) == (True, False)
    assert first["uuid"] == second["uuid"]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"somebody's data", "is not blank"),
        (b"\0" * 4086 + b"SWAPSPACE2" + b"\1\0\0\0" * 3, "left alone"),
        (b"XFSB" + b"\0\0\x10\0" + b"\0" * 500, "left alone"),
    ],
    ids=["data", "swap", "xfs"],
)
def test_a_disk_that_holds_anything_is_never_formatted(tmp_path: Path, start: bytes, said: str) -> None:
    """Known or unknown, what is there is left as it is, and the host is told why."""
    path = image(tmp_path, start)
    before = path.read_bytes()
    done = python(DISK, str(path))

    assert done.returncode != 0
    assert said in done.stderr
    assert path.read_bytes() == before


def test_a_machine_with_other_disks_than_expected_is_told() -> None:
    """Nothing is joined where a disk is missing."""
    done = python(LOCAL_SCRATCH, "8")

    assert done.returncode == 1
    assert "disks of its own, 8 were expected" in done.stderr


def test_local_ssds_are_known_by_their_names(tmp_path: Path) -> None:
    """Whole disks that are named so, as what their names lead to; no partition and no volume."""
    for name in ("google-local-nvme-ssd-0", "google-local-nvme-ssd-1", "google-local-nvme-ssd-0-part1", "google-data"):
        (tmp_path / name).symlink_to(f"/dev/{name.removeprefix('google-')}")
    script = tmp_path / "look.py"
    lines = ("import pathlib, sys", f"sys.path.insert(0, {str(DISK.parent)!r})", "import local_scratch")
    looked = ("local_scratch.BY_ID = pathlib.Path(sys.argv[1])", "print(*local_scratch.local_disks())")
    script.write_text("\n".join((*lines, *looked)), encoding="utf-8")
    found = python(script, str(tmp_path)).stdout.split()

    assert [one for one in found if "local-nvme" in one] == ["/dev/local-nvme-ssd-0", "/dev/local-nvme-ssd-1"]
    assert not any(one.endswith(("part1", "data")) for one in found)


def test_disks_of_a_machine_that_hold_anything_are_never_joined(tmp_path: Path) -> None:
    """One that is blank does not speak for the other, and nothing is handed to mdadm, which would not ask."""
    (tmp_path / "used").mkdir()
    blank, used = image(tmp_path), image(tmp_path / "used", b"somebody's data")
    script = tmp_path / "join.py"
    lines = ("import sys", f"sys.path.insert(0, {str(DISK.parent)!r})", "import local_scratch")
    script.write_text("\n".join((*lines, "local_scratch.joined(sys.argv[1:])")), encoding="utf-8")
    before = used.read_bytes()
    done = python(script, str(blank), str(used))

    assert done.returncode == 1
    assert done.stderr == "the disks of this machine hold something else: they are left alone\n"
    assert used.read_bytes() == before


def test_a_disk_that_is_not_attached_is_named() -> None:
    """No other disk is taken instead."""
    done = python(DISK, "/dev/sdnone")

    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no disk /dev/sdnone" in done.stderr


def looked(**clients: str) -> list[dict[str, Any]]:
    """Return what a host says of its mounts, given path -> client."""
    asked = {f"/{path.replace('_', '/')}": client for path, client in clients.items()}
    found = json.loads(python(MOUNT_FACTS, "r1", json.dumps(asked)).stdout)
    assert (found["format"], found["run_id"]) == (1, "r1")
    return list(found["mounts"])


def test_what_is_mounted_is_written_to_and_read_again() -> None:
    """Type and room are those of the file system, and nothing is left behind."""
    (found,) = looked(dev_shm="efs")

    assert (found["type"], found["writable"], found["reason"]) == ("tmpfs", True, "")
    assert 0 < found["free_bytes"] <= found["bytes"]
    assert not list(SHARED_MEMORY.glob(".rackwright-*"))


def test_nothing_mounted_and_nothing_writable_are_told_apart() -> None:
    """A folder is no mount; a mount that takes no file says why."""
    folder, kernel = looked(usr="efs", proc="efs")

    assert (folder["type"], folder["reason"]) == (None, "")
    assert (kernel["type"], kernel["writable"]) == ("proc", False)
    assert kernel["reason"]
