"""Booted hosts: machines of their own, verified, and gone afterwards whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rackwright.diagnostics import StepError
from rackwright.fleet import ssh
from rackwright.fleet.booted import booted
from rackwright.fleet.hosts import HostSpec, LiveHosts
from rackwright.system import clock, processes
from rackwright.system.ledger import clear_interrupted, ledgers, rehearsals

pytestmark = pytest.mark.hosts
NETWORK = "10.77.0.0/24"
HOLD = """
import sys, time
from rackwright.fleet.booted import booted
from rackwright.fleet.hosts import HostSpec
with booted([HostSpec("kill-0", "10.77.0.4", "10.77.0.0/24", "ubuntu")]):
    print("up", flush=True)
    time.sleep(600)
"""


def specs(count: int) -> list[HostSpec]:
    """Return hosts on a network of this test's own."""
    return [HostSpec(f"test-{n}", f"10.77.0.{4 + n}", NETWORK, "ubuntu") for n in range(count)]


def ask(live: LiveHosts, number: int, *command: str) -> str:
    """Return what a command prints on a host."""
    done = processes.run(ssh.command(live.hosts[number], live, *command), timeout=30)
    assert done.ok, done.err
    return done.out.strip()


def traces() -> list[str]:
    """Return bridges and mounts of rehearsals on this machine."""
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    links = [path.name for path in Path("/sys/class/net").iterdir() if path.name.startswith("rw")]
    return links + [line for line in mounts if "/rehearsals/" in line]


def test_hosts_are_machines_of_their_own() -> None:
    """Each has its name, its planned address, a machine id of its own, sudo, and a running systemd."""
    with booted(specs(2)) as live:
        names = [ask(live, number, "hostname") for number in range(2)]
        identities = {ask(live, number, "cat", "/etc/machine-id") for number in range(2)}
        root = ask(live, 0, "sudo", "id", "-u")
        addresses = ask(live, 1, "hostname", "-I")

    assert names == ["test-0", "test-1"]
    assert len(identities) == 2
    assert root == "0"
    assert addresses == "10.77.0.5"
    assert traces() == []


def test_a_host_comes_back_from_a_reboot() -> None:
    """A reboot is real: another boot id, the same machine."""
    with booted(specs(1)) as live:
        before = ask(live, 0, "cat", "/proc/sys/kernel/random/boot_id", "/etc/machine-id")
        processes.run(ssh.command(live.hosts[0], live, "sudo", "reboot"), timeout=20)
        until = clock.seconds() + 60
        command = ssh.command(live.hosts[0], live, "uptime", "-s")
        clock.sleep(2)
        while not processes.run(command, timeout=10).ok and clock.seconds() < until:
            clock.sleep(0.5)
        after = ask(live, 0, "cat", "/etc/machine-id")

    assert before.splitlines()[1] == after


def test_a_changed_host_key_is_refused() -> None:
    """A host that is not the one that was booted is not talked to."""
    with booted(specs(1)) as live:
        forged = live.known_hosts.read_text(encoding="utf-8").split()
        live.known_hosts.write_text(f"{forged[0]} ssh-ed25519 {'A' * 40}AAAA\n", encoding="utf-8")
        done = processes.run(ssh.command(live.hosts[0], live, "true"), timeout=20)

    assert not done.ok


def test_nothing_is_left_of_a_rehearsal_that_was_killed() -> None:
    """After kill -9 the next rehearsal clears processes, mounts, bridge and ledger first."""
    holder = subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "up\n"
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    assert traces() != []

    assert clear_interrupted() == 1
    assert traces() == []
    assert ledgers(rehearsals()) == ()


def test_two_rehearsals_on_one_network_notice_each_other() -> None:
    """The second is refused with the process that holds the addresses."""
    with (
        booted(specs(1)),
        pytest.raises(StepError, match=rf"process {os.getpid()}\) uses 10\.77\.0\.0/24"),
        booted(specs(1)),
    ):
        pass
