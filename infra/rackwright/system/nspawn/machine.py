"""One machine: its root over the base, its identity, its process, its reboots."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.system import files, processes
from rackwright.system.ledger import keypair, spawn
from rackwright.system.nspawn.network import gateway

if TYPE_CHECKING:
    import subprocess

    from rackwright.system.ledger import Ledger

REBOOT = 133
"""How systemd-nspawn --keep-unit ends when its machine wants to start again."""
SECONDS = 60
CERTIFICATES = Path("etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a machine is: name, address with prefix (10.0.0.4/16), login user and the public key that may log in."""

    name: str
    address: str
    network: str
    user: str
    authorized_key: str


@dataclass(slots=True)
class Machine:
    """A machine that runs; `host_key` is its public host key, `binds` what it sees at a path of what is outside.

    `options` are more options of systemd-nspawn.
    """

    identity: Identity
    root: Path
    host_key: str
    binds: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()

    @property
    def log(self) -> Path:
        """Where systemd-nspawn writes what it and the machine's console say."""
        return self.root.parent / "console.log"

    def own(self, name: str) -> Path:
        """Return a folder outside its root that goes with it, made now."""
        folder = self.root.parent / name
        folder.mkdir()
        return folder

    def start(self, ledger: Ledger) -> None:
        """Boot it, and boot it again whenever it reboots itself.

        Its name on this machine is unique to the rehearsal: the kernel takes an old one's interfaces down late.
        """
        command = [
            "systemd-nspawn", "--quiet", "--directory", str(self.root), "--register=no", "--keep-unit",
            f"--machine={ledger.bridge}-{self.identity.name}", f"--hostname={self.identity.name}",
            f"--network-bridge={ledger.bridge}", "--resolv-conf=off", "--boot", "--console=pipe",
            *(f"--bind={outside}:{inside}" for inside, outside in self.binds.items()),
            *self.options,
        ]  # fmt: skip
        process = spawn(ledger, command, self.log)
        threading.Thread(target=_supervise, args=(process, command, ledger, self.log), daemon=True).start()


def prepare(ledger: Ledger, base: Path, identity: Identity, extra: Mapping[str, str]) -> Machine:
    """Make a machine's root: an overlay over the base with a fresh host key, its address, its user and `extra` files.

    `extra` maps absolute paths to the texts of executable files.
    """
    home = Path(ledger.folder) / identity.name
    root, upper, work = home / "root", home / "upper", home / "work"
    for folder in (root, upper, work):
        folder.mkdir(parents=True)
    ledger.mounts.append(str(root))
    ledger.save()
    options = f"lowerdir={base},upperdir={upper},workdir={work}"
    _run("mount", "-t", "overlay", "overlay", "-o", options, str(root))
    _identify(root, identity)
    _admit(root, identity)
    for path, text in extra.items():
        files.write_atomic(root / path.lstrip("/"), text, mode=0o755)
    return Machine(identity, root, _host_key(root))


def _identify(root: Path, identity: Identity) -> None:
    prefix = identity.network.rpartition("/")[2]
    files.write_atomic(root / "etc/hostname", f"{identity.name}\n")
    files.write_atomic(root / "etc/hosts", f"127.0.0.1 localhost\n{identity.address} {identity.name}\n")
    network = (
        "[Match]\nName=host0\n[Network]\n"
        f"Address={identity.address}/{prefix}\nGateway={gateway(identity.network)}\nLinkLocalAddressing=no\n"
    )
    files.write_atomic(root / "etc/systemd/network/10-host0.network", network)
    (root / "etc/resolv.conf").unlink(missing_ok=True)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    if (Path("/") / CERTIFICATES).exists():
        shutil.copy(Path("/") / CERTIFICATES, root / CERTIFICATES)
    _run("systemctl", f"--root={root}", "--quiet", "enable", "systemd-networkd.service", "ssh.service")
    _run(
        "systemctl",
        f"--root={root}",
        "--quiet",
        "mask",
        "console-getty.service",
        "systemd-networkd-wait-online.service",
    )


def _admit(root: Path, identity: Identity) -> None:
    """Make the login user, with the run's key and sudo without a password, as cloud images do."""
    _run("chroot", str(root), "useradd", "--create-home", "--shell", "/bin/bash", identity.user)
    files.write_atomic(root / "etc/sudoers.d/rackwright", f"{identity.user} ALL=(ALL) NOPASSWD:ALL\n", mode=0o440)
    keys = root / "home" / identity.user / ".ssh"
    files.write_atomic(keys / "authorized_keys", f"{identity.authorized_key}\n", mode=0o600)
    keys.chmod(0o700)
    _run("chroot", str(root), "chown", "-R", f"{identity.user}:{identity.user}", f"/home/{identity.user}/.ssh")


def _host_key(root: Path) -> str:
    return keypair(root / "etc/ssh/ssh_host_ed25519_key")[1]


def _supervise(process: subprocess.Popen[bytes], command: list[str], ledger: Ledger, log: Path) -> None:
    while process.wait() == REBOOT:
        process = spawn(ledger, command, log)


def _run(*command: str) -> None:
    done = processes.run(command, timeout=SECONDS)
    if not done.ok:
        raise StepError(f"{' '.join(command)} failed: {done.err.strip()}", hint="rackwright doctor")
