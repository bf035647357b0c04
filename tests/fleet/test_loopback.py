"""Loopback hosts: an SSH server each, a host key each, and gone afterwards."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rackwright.diagnostics import StepError
from rackwright.fleet import ssh
from rackwright.fleet.faults import FAULTS, script, target
from rackwright.fleet.hosts import HostSpec, LiveHosts
from rackwright.fleet.inventory import run_inventory
from rackwright.fleet.loopback import loopback
from rackwright.system import processes
from rackwright.system.ledger import ledgers, rehearsals

pytestmark = pytest.mark.slow


def specs() -> list[HostSpec]:
    """Return two hosts, each with a program of its own."""
    return [
        HostSpec(name, address, "10.0.0.0/24", "ubuntu", {"/usr/local/bin/who-is-it": f"#!/bin/sh\necho {name}\n"})
        for name, address in (("a-0", "10.0.0.4"), ("a-1", "10.0.0.5"))
    ]


def ask(live: LiveHosts, number: int, *command: str) -> processes.Finished:
    """Return how a command ended on a host."""
    return processes.run(ssh.command(live.hosts[number], live, *command), timeout=30)


def test_hosts_answer_with_their_own_programs_and_are_gone_afterwards() -> None:
    """Each host finds its own files first; no process, ledger or folder is left when the body ends."""
    with loopback(specs()) as live:
        names = [ask(live, number, "who-is-it").out.strip() for number in range(2)]
        mine = [one for one in ledgers(rehearsals()) if one.owner[0] == os.getpid()]
        servers = [pid for pid, _ in mine[0].processes]

    assert names == ["a-0", "a-1"]
    assert [pid for pid in servers if Path(f"/proc/{pid}/exe").exists()] == []
    assert not Path(mine[0].folder).exists()


def test_a_host_with_another_key_is_refused() -> None:
    """Host keys are verified: a host that shows another host's key is not talked to."""
    with loopback(specs()) as live:
        first, second = live.known_hosts.read_text(encoding="utf-8").splitlines()
        swapped = f"a-0 {second.split(' ', 1)[1]}\na-1 {first.split(' ', 1)[1]}\n"
        live.known_hosts.write_text(swapped, encoding="utf-8")
        done = ask(live, 0, "true")

    assert not done.ok
    assert "Host key verification failed" in done.err


def test_an_unknown_fault_or_host_is_refused_with_the_nearest_name() -> None:
    """Both are named before anything is broken; every fault has a script."""
    with loopback(specs()) as live:
        with pytest.raises(StepError) as fault:
            target(live, "benchmark-kiled=a-0")
        with pytest.raises(StepError) as host:
            target(live, "sshd-stopped=a-9")
        scripts = [script(name, live.hosts[0]) for name in FAULTS]

    assert "benchmark-killed" in fault.value.hint
    assert "did you mean 'a-" in host.value.hint
    assert all(scripts)


def test_hosts_are_asked_for_no_terminal() -> None:
    """A server without root cannot give one on every machine, and would hang up; Ansible does not ask."""
    with loopback(specs()) as live:
        asked = {name: host["ansible_ssh_use_tty"] for name, host in run_inventory(live, {})["all"]["hosts"].items()}

    assert asked == {"a-0": False, "a-1": False}
