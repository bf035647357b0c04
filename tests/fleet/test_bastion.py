"""Machines behind a bastion, with stand-ins: OpenSSH is real, addresses of the account are ports of this machine."""

from __future__ import annotations

import getpass
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.fleet import stand_ins
from tests.fleet.test_account import ON_AWS, ON_GCP, told
from tests.fleet.test_host_keys import ED25519

from rackwright.diagnostics import StepError
from rackwright.fleet import account as room
from rackwright.fleet import aws, gcp, ssh
from rackwright.fleet.account import Keys, account
from rackwright.system import processes

if TYPE_CHECKING:
    from rackwright.fleet.hosts import AccountMachine, LiveHosts

JUMP = "ssh -W %h:%p ubuntu@203.0.113.7"


@dataclass(frozen=True, slots=True)
class Program:
    """A cloud's command line: its name, its stand-in, and how that tells host keys."""

    name: str
    body: str
    tells: str


PROGRAMS = {
    "aws": Program("aws", stand_ins.AWS, "get-console-output"),
    "gcp": Program("gcloud", stand_ins.GCLOUD, "get-guest-attributes"),
}


def gate(machine: AccountMachine) -> AccountMachine:
    """Return the bastion of a machine's site."""
    return replace(machine, name="bastion", address="203.0.113.7", access="direct", id=f"{machine.id}-bastion")


def behind(machine: AccountMachine) -> AccountMachine:
    """Return a machine that is reached through its site's bastion; both have this machine's user."""
    mine = replace(machine, user=getpass.getuser())
    return replace(mine, access="bastion", through=gate(mine))


def install(programs: Path, live: LiveHosts, machine: AccountMachine, *keys: str) -> Path:
    """Install what knows two servers as a bastion and a machine behind it, with other host keys where given."""
    program, pair = PROGRAMS[machine.cloud], (gate(machine), machine)
    tell = {"aws": stand_ins.console, "gcp": stand_ins.attributes}[machine.cloud]
    servers = [(key, about) for (_, about), key in zip(told(live), keys or [key for key, _ in told(live)], strict=True)]
    known = {one.id: replace(about, told=tell(key)) for one, (key, about) in zip(pair, servers, strict=True)}
    ports = {f"{one.address}:22": about.port for one, (_, about) in zip(pair, servers, strict=True)}
    stand_ins.addresses(programs, ports)
    return stand_ins.install(programs, program.name, program.body, known, owner=machine.owner, user=getpass.getuser())


def test_the_key_of_a_run_is_let_in_by_both() -> None:
    """EC2 Instance Connect is asked for the bastion and the machine; OS Login knows the key everywhere."""
    machine = behind(ON_AWS)
    script = shlex.split(aws.proxy(machine, Path("/k/id.pub"), JUMP))[-1]
    first, second, way = script.split(" && ")

    assert ("send-ssh-public-key" in first, "--instance-id i-0abc-bastion " in first) == (True, True)
    assert ("send-ssh-public-key" in second, "--instance-id i-0abc " in second) == (True, True)
    assert way == f"exec {JUMP}"
    assert aws.proxy(machine, None, JUMP) == gcp.proxy(behind(ON_GCP), ON_GCP.id, JUMP) == JUMP
    assert aws.proxy(gate(machine), Path("/k/id.pub"), JUMP) == ""


def test_a_bastion_without_a_known_key_is_named(programs: Path) -> None:
    """The machine's own key is not enough: nothing goes through a bastion that nobody knows."""
    known = {"i-0abc": stand_ins.Told(stand_ins.console(ED25519)), "i-0abc-bastion": stand_ins.Told("")}
    stand_ins.install(programs, "aws", stand_ins.AWS, known, owner="111122223333")

    with pytest.raises(StepError, match="no host key of bastion; nothing was connected to"):
        account([behind(ON_AWS)], Keys(), programs).__enter__()


@pytest.mark.slow
@pytest.mark.parametrize("machine", [ON_AWS, ON_GCP], ids=["aws", "gcp"])
def test_machines_answer_through_a_bastion(
    machine: AccountMachine, programs: Path, live: LiveHosts, tmp_path: Path
) -> None:
    """The host keys of both are asked for, kept and verified; SSH goes through the bastion."""
    log = install(programs, live, machine)
    with account([behind(machine)], Keys(), tmp_path / "run") as reached:
        done = [processes.run(ssh.command(one, reached, "echo", one.name), timeout=30) for one in reached.hosts]
    asked = [line for line in log.read_text(encoding="utf-8").splitlines() if PROGRAMS[machine.cloud].tells in line]

    assert [one.out.strip() for one in done] == [machine.name]
    assert {line.split()[0] for line in (tmp_path / "run/known_hosts").read_text(encoding="utf-8").splitlines()} == {
        "bastion",
        machine.name,
    }
    assert [any(f"{one.id} " in f"{line} " for line in asked) for one in (gate(machine), machine)] == [True, True]


@pytest.mark.slow
@pytest.mark.parametrize("stranger", [0, 1], ids=["the bastion", "the machine"])
def test_a_key_that_differs_is_refused(
    stranger: int, programs: Path, live: LiveHosts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a bastion nor a machine behind it is talked to with another key than the cloud told."""
    monkeypatch.setattr(room, "SECONDS_TO_ANSWER", 60.0)
    keys = [key for key, _ in told(live)]
    keys[stranger] = ED25519
    install(programs, live, ON_AWS, *keys)

    with pytest.raises(StepError, match="Host key verification failed"):
        account([behind(ON_AWS)], Keys(), tmp_path / "run").__enter__()
