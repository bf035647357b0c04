"""An SSH server of this machine's own user on the loopback interface: what stands in for a host without root."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.diagnostics import MissingToolError
from rackwright.diagnostics.record import dataclass
from rackwright.system import files, processes
from rackwright.system.ledger import keypair, spawn

if TYPE_CHECKING:
    from rackwright.system.ledger import Ledger

LOOPBACK = "127.0.0.1"
SEPARATION = Path("/run/sshd")
"""The folder that sshd wants where it is started as root."""
CONFIG = """\
ListenAddress {address}:{port}
HostKey {folder}/host_key
PidFile {folder}/sshd.pid
AuthorizedKeysFile {folder}/authorized_keys
AuthenticationMethods publickey
PermitRootLogin prohibit-password
StrictModes no
UsePAM no
Subsystem sftp internal-sftp
MaxStartups 100
SetEnv PATH={path}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """An SSH server that runs: its folder, port, public host key and what it prints."""

    folder: Path
    port: int
    host_key: str

    @property
    def log(self) -> Path:
        """Where the server writes what it does."""
        return self.folder / "sshd.log"

    @property
    def pid_file(self) -> Path:
        """Where the server writes its process id."""
        return self.folder / "sshd.pid"


def serve(ledger: Ledger, folder: Path, authorized_key: str) -> Server:
    """Start a server with a host key of its own; its sessions find the programs in `folder`/bin first."""
    program = processes.find("sshd") or next((path for path in ("/usr/sbin/sshd",) if os.access(path, os.X_OK)), None)
    if program is None:
        raise MissingToolError("sshd is not installed", hint="apt-get install openssh-server")
    folder.mkdir(parents=True, exist_ok=True)
    _, host_key = keypair(folder / "host_key")
    server = Server(folder, _free_port(), host_key)
    files.write_atomic(folder / "authorized_keys", f"{authorized_key}\n", mode=0o600)
    path = os.pathsep.join([str(folder / "bin"), os.environ.get("PATH", os.defpath)])
    config = CONFIG.format(address=LOOPBACK, port=server.port, folder=folder, path=path)
    files.write_atomic(folder / "sshd_config", config)
    if os.geteuid() == 0:
        SEPARATION.mkdir(exist_ok=True)
    process = spawn(ledger, [program, "-D", "-e", "-f", str(folder / "sshd_config")], server.log)
    threading.Thread(target=process.wait, daemon=True).start()
    return server


def _free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
