"""Booted hosts: machines of their own with systemd, sshd and the plan's addresses, cleared whatever happens."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.fleet import engine, ssh
from rackwright.fleet.hosts import DIRECTLY, NO_STORAGE, STORAGE, HostSpec, LiveHost, LiveHosts, cached_packages
from rackwright.system import ledger as debts
from rackwright.system.nspawn import network
from rackwright.system.nspawn.base import ensure_base
from rackwright.system.nspawn.machine import Identity, Machine, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rackwright.system.ledger import Ledger

CACHE = "/var/cache/rackwright"
"""Where a booted host sees the packages that this machine keeps."""
COMPILED = {"rackwright_python_environment": {"PYTHONPYCACHEPREFIX": f"{CACHE}/bytecode"}}
"""All booted hosts have one Python and one place for packages: what the first compiled, the others load."""
SECONDS_TO_BOOT = 180.0
CANNOT = {
    "sysctl": "host-wide kernel settings are refused inside a container",
    "kernel modules": "a rehearsal's hosts share this machine's kernel",
    STORAGE: NO_STORAGE,
}


@contextmanager
def booted(specs: Sequence[HostSpec], told: Callable[[str], None] = lambda _text: None) -> Iterator[LiveHosts]:
    """Boot the hosts, and clear them when the body ends, however it ends."""
    debts.clear_interrupted()
    _refuse_overlap(specs[0].network)
    told("base system")
    base = ensure_base()
    name = f"rw{secrets.token_hex(4)}"
    ledger = debts.open_ledger(debts.rehearsals() / name, specs[0].network)
    try:
        network.build(ledger, name)
        key, public = debts.login_key(ledger)
        machines = []
        for number, spec in enumerate(specs, start=1):
            told(f"{number} of {len(specs)}: {spec.name}")
            machines.append(_boot(ledger, base, spec, public))
        hosts = tuple(map(_live, specs, machines))
        live = LiveHosts("booted", hosts, key, debts.known_hosts(ledger, _keys(machines)), CANNOT, (STORAGE,))
        consoles = {one.identity.name: one.log for one in machines}
        ssh.wait(live, SECONDS_TO_BOOT, told, lambda host: _console(consoles[host.name]))
        yield live
    finally:
        debts.clear(ledger)


def _refuse_overlap(wanted: str) -> None:
    for other in debts.ledgers(debts.rehearsals()):
        if IPv4Network(other.network).overlaps(IPv4Network(wanted)):
            raise StepError(
                f"another rehearsal (process {other.owner[0]}) uses {other.network}",
                hint=f"wait for it to end, or end it: kill {other.owner[0]}",
            )


def _boot(ledger: Ledger, base: Path, spec: HostSpec, public: str) -> Machine:
    identity = Identity(spec.name, spec.address, spec.network, spec.user, public)
    contained = engine.unit(ledger.bridge) if spec.containers else {}
    machine = prepare(ledger, base, identity, {**spec.files, **contained})
    if spec.containers:
        machine.options = (*engine.OPTIONS, f"--bind={machine.own('containers')}:{engine.STORE}")
    machine.binds = dict.fromkeys(spec.devices, "/dev/null") | ({CACHE: str(spec.cache)} if spec.cache else {})
    machine.start(ledger)
    return machine


def _keys(machines: Sequence[Machine]) -> dict[str, str]:
    return {one.identity.name: one.host_key for one in machines}


def _live(spec: HostSpec, machine: Machine) -> LiveHost:
    identity = machine.identity
    variables = DIRECTLY | (cached_packages(CACHE) | COMPILED if spec.cache else {})
    return LiveHost(identity.name, identity.address, 22, identity.user, identity.name, variables=variables)


def _console(log: Path) -> str:
    return f"its console: {log.read_text(encoding='utf-8', errors='replace').strip()[-800:]}"
