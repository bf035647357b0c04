"""Hosts without root: an SSH server for each on the loopback interface, with folders of its own under the user."""

from __future__ import annotations

import getpass
import secrets
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.fleet import ssh
from rackwright.fleet.hosts import (
    DIRECTLY,
    NO_STORAGE,
    PACKAGES,
    STORAGE,
    HostSpec,
    LiveHost,
    LiveHosts,
    cached_packages,
)
from rackwright.system import files, sshd
from rackwright.system import ledger as debts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rackwright.system.ledger import Ledger
    from rackwright.system.sshd import Server

NO_NETWORK = f"{sshd.LOOPBACK}/32"
SECONDS_TO_ANSWER = 15.0
SYSTEM = "system"
"""The tag of Ansible tasks that change a whole machine."""
CANNOT = {
    PACKAGES: "loopback hosts share this machine; its packages and limits are left alone",
    "own address": "loopback hosts answer on 127.0.0.1, not at the plan's addresses",
    "own identity": "loopback hosts share this machine's id, kernel and disks",
    "reboot": "loopback hosts are processes of this machine",
    STORAGE: NO_STORAGE,
}
STOP = "p=$(cat {pid_file}); kids=$(pgrep -P $p); kill -9 $p; kill -9 $kids"


@contextmanager
def loopback(specs: Sequence[HostSpec], told: Callable[[str], None] = lambda _text: None) -> Iterator[LiveHosts]:
    """Start the hosts, and clear them when the body ends, however it ends."""
    debts.clear_interrupted()
    ledger = debts.open_ledger(debts.rehearsals() / f"rw{secrets.token_hex(4)}", NO_NETWORK)
    try:
        key, public = debts.login_key(ledger)
        servers = {spec.name: _serve(ledger, spec, public) for spec in specs}
        known = debts.known_hosts(ledger, {name: one.host_key for name, one in servers.items()})
        hosts = tuple(_live(spec, servers[spec.name]) for spec in specs)
        live = LiveHosts("loopback", hosts, key, known, CANNOT, skip=(SYSTEM, STORAGE))
        ssh.wait(live, SECONDS_TO_ANSWER, told, lambda host: _said(servers[host.name]))
        yield live
    finally:
        debts.clear(ledger)


def _serve(ledger: Ledger, spec: HostSpec, public: str) -> Server:
    folder = Path(ledger.folder) / spec.name
    for path, text in spec.files.items():
        files.write_atomic(folder / "bin" / Path(path).name, text, mode=0o755)
    return sshd.serve(ledger, folder, public)


def _live(spec: HostSpec, server: Server) -> LiveHost:
    folder = server.folder
    variables = {
        "ansible_become": False,
        "ansible_ssh_use_tty": False,  # without root a server can give no terminal where /dev/pts has no group for it
        "ansible_python_interpreter": sys.executable,
        "ansible_remote_tmp": str(folder / "ansible"),
        "rackwright_home": str(folder / "home"),
        "rackwright_state": str(folder / "state"),
        **DIRECTLY,
        **(cached_packages(str(spec.cache)) if spec.cache else {}),
    }
    stop = STOP.format(pid_file=server.pid_file)
    return LiveHost(spec.name, sshd.LOOPBACK, server.port, getpass.getuser(), spec.name, "", variables, stop)


def _said(server: Server) -> str:
    return f"its SSH server: {server.log.read_text(encoding='utf-8', errors='replace').strip()[-800:]}"
