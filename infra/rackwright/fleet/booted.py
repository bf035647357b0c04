"""Booted hosts: machines of their own with systemd, sshd and the plan's addresses, cleared whatever happens."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.fleet.hosts import HostSpec, LiveHost, LiveHosts
from rackwright.system import clock, files, processes
from rackwright.system.nspawn import ledger as debts
from rackwright.system.nspawn import network
from rackwright.system.nspawn.base import cache, ensure_base
from rackwright.system.nspawn.machine import Identity, Machine, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rackwright.system.nspawn.ledger import Ledger

SECONDS_TO_BOOT = 60.0
CANNOT = {
    "sysctl": "host-wide kernel settings are refused inside a container",
    "kernel modules": "a rehearsal's hosts share this machine's kernel",
}


def rehearsals() -> Path:
    """Return the folder that holds the ledgers of rehearsals."""
    return cache() / "rehearsals"


def clear_interrupted() -> int:
    """Clear what rehearsals left whose process is gone; return how many."""
    dead = [one for one in debts.ledgers(rehearsals()) if not debts.is_alive(one.owner)]
    for one in dead:
        debts.clear(one)
    return len(dead)


@contextmanager
def booted(specs: Sequence[HostSpec], told: Callable[[str], None] = lambda _text: None) -> Iterator[LiveHosts]:
    """Boot the hosts, and clear them when the body ends, however it ends."""
    clear_interrupted()
    _refuse_overlap(specs[0].network)
    told("base system")
    base = ensure_base()
    name = f"rw{secrets.token_hex(4)}"
    ledger = debts.open_ledger(rehearsals() / name, specs[0].network)
    try:
        network.build(ledger, name)
        key, public = _user_key(ledger)
        machines = []
        for number, spec in enumerate(specs, start=1):
            told(f"{number} of {len(specs)}: {spec.name}")
            machines.append(_boot(ledger, base, spec, public))
        known = _known_hosts(ledger, machines)
        hosts = tuple(_live(machine) for machine in machines)
        _wait(hosts, key, known, {one.identity.name: one.log for one in machines}, told)
        yield LiveHosts("booted", hosts, key, known, CANNOT)
    finally:
        debts.clear(ledger)


def _refuse_overlap(wanted: str) -> None:
    for other in debts.ledgers(rehearsals()):
        if IPv4Network(other.network).overlaps(IPv4Network(wanted)):
            raise StepError(
                f"another rehearsal (process {other.owner[0]}) uses {other.network}",
                hint=f"wait for it to end, or end it: kill {other.owner[0]}",
            )


def _user_key(ledger: Ledger) -> tuple[Path, str]:
    key = ledger.path.parent / "id_ed25519"
    done = processes.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], timeout=30)
    if not done.ok:
        raise StepError(f"ssh-keygen failed: {done.err}", hint="rackwright doctor")
    return key, key.with_suffix(".pub").read_text(encoding="utf-8").strip()


def _boot(ledger: Ledger, base: Path, spec: HostSpec, public: str) -> Machine:
    machine = prepare(ledger, base, Identity(spec.name, spec.address, spec.network, spec.user, public), spec.files)
    machine.binds = spec.binds
    machine.start(ledger)
    return machine


def _known_hosts(ledger: Ledger, machines: Sequence[Machine]) -> Path:
    path = ledger.path.parent / "known_hosts"
    files.write_atomic(path, "".join(f"{one.identity.address} {one.host_key}\n" for one in machines))
    return path


def _live(machine: Machine) -> LiveHost:
    return LiveHost(machine.identity.name, machine.identity.address, 22, machine.identity.user, machine.host_key)


def _wait(
    hosts: Sequence[LiveHost], key: Path, known: Path, logs: Mapping[str, Path], told: Callable[[str], None]
) -> None:
    """Wait until every host lets the run's key in and its host key is the expected one."""
    until = clock.seconds() + SECONDS_TO_BOOT
    waiting = list(hosts)
    last = ""
    while waiting:
        host = waiting[0]
        done = processes.run(ssh(host, key, known, "true"), timeout=10)
        last = done.err.strip()
        if done.ok:
            waiting.pop(0)
            told(f"{len(hosts) - len(waiting)} of {len(hosts)} answer")
        elif clock.seconds() > until:
            console = logs[host.name].read_text(encoding="utf-8", errors="replace").strip()[-800:]
            message = f"{host.name} did not answer SSH in {SECONDS_TO_BOOT:.0f} s: {last}; its console: {console}"
            raise StepError(message, hint="rackwright doctor")
        else:
            clock.sleep(0.2)


def ssh(host: LiveHost, key: Path, known: Path, *command: str) -> list[str]:
    """Return the command line that runs `command` on a host, its host key verified."""
    options = {
        "BatchMode": "yes",
        "ConnectTimeout": "3",
        "StrictHostKeyChecking": "yes",
        "UserKnownHostsFile": str(known),
        "IdentitiesOnly": "yes",
        "LogLevel": "ERROR",
    }
    settings = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    return ["ssh", *settings, "-i", str(key), "-p", str(host.port), f"{host.user}@{host.address}", "--", *command]
