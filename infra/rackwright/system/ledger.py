"""What a rehearsal made on this machine, written down before it is made; clearing it leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.system import clock, files, processes
from rackwright.system.cache import cache

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
CONTROL_GROUPS = Path("/sys/fs/cgroup")
SECONDS = 30


@dataclass(slots=True)
class Ledger:
    """One rehearsal's debts. `owner` is the process that runs it, with its start time, so that a reused pid is seen.

    `processes` are (pid, start time) of machines; `forwarding` is what ip_forward was before ("" if untouched).
    """

    folder: str
    owner: tuple[int, str]
    network: str
    bridge: str = ""
    table: str = ""
    forwarding: str = ""
    mounts: list[str] = field(default_factory=list)
    processes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Where the ledger is written."""
        return Path(self.folder) / "ledger.json"

    def save(self) -> None:
        """Write the ledger."""
        files.write_atomic(self.path, json.dumps(asdict(self)))


def rehearsals() -> Path:
    """Return the folder that holds the ledgers of rehearsals."""
    return cache() / "rehearsals"


def clear_interrupted() -> int:
    """Clear what rehearsals left whose process is gone; return how many."""
    dead = [one for one in ledgers(rehearsals()) if not is_alive(one.owner)]
    for one in dead:
        clear(one)
    return len(dead)


def open_ledger(folder: Path, network: str) -> Ledger:
    """Return the ledger of a new rehearsal that this process runs."""
    ledger = Ledger(str(folder), (os.getpid(), started(os.getpid())), network)
    ledger.save()
    return ledger


def spawn(ledger: Ledger, command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Start a process that lives as long as the rehearsal; what it prints goes to `log`."""
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True
        )
    ledger.processes.append((process.pid, started(process.pid)))
    ledger.save()
    return process


def ledgers(rehearsals: Path) -> tuple[Ledger, ...]:
    """Return the ledgers of every rehearsal that was not cleared; one that cannot be read is left alone."""
    read = (_read(path) for path in sorted(rehearsals.glob("*/ledger.json")))
    return tuple(one for one in read if one is not None)


def _read(path: Path) -> Ledger | None:
    """Return the ledger in a file; None where it is gone, or no ledger of this release."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        (pid, since), spawned = data.pop("owner"), data.pop("processes")
        spawned = [(int(one), str(began)) for one, began in spawned]
        return Ledger(owner=(int(pid), str(since)), processes=spawned, **data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def is_alive(process: tuple[int, str]) -> bool:
    """Return whether that very process still runs."""
    pid, since = process
    return bool(since) and started(pid) == since


def started(pid: int) -> str:
    """Return when a process began, in clock ticks since boot; empty where there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


def clear(ledger: Ledger) -> None:
    """Undo everything in the ledger, whatever of it is still there; then delete the rehearsal's folder."""
    for process in ledger.processes:
        kill(process)
    for mount in reversed(ledger.mounts):
        processes.run(["umount", "-l", mount], timeout=SECONDS)
    if ledger.bridge:
        _remove_groups(ledger.bridge)
        processes.run(["ip", "link", "delete", ledger.bridge], timeout=SECONDS)
    if ledger.table:
        processes.run(["nft", "delete", "table", "ip", ledger.table], timeout=SECONDS)
    if ledger.forwarding:
        FORWARDING.write_text(ledger.forwarding, encoding="utf-8")
    shutil.rmtree(ledger.folder, ignore_errors=True)


def _remove_groups(name: str) -> None:
    """Remove the control groups that containers of a rehearsal left, which are called as its bridge."""
    for top in CONTROL_GROUPS.glob(f"*/{name}"):
        for folder, _, _ in os.walk(top, topdown=False):
            with suppress(OSError):
                Path(folder).rmdir()


def kill(process: tuple[int, str]) -> None:
    """Kill a process and what it started, if it is still that one, and wait until it is gone."""
    if not is_alive(process):
        return
    for pid in (*descendants(process[0]), process[0]):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    until = clock.seconds() + SECONDS
    while is_alive(process) and clock.seconds() < until:
        clock.sleep(0.02)


def login_key(ledger: Ledger) -> tuple[Path, str]:
    """Return the file of a new private key that logs into this rehearsal's hosts, and its public key."""
    return keypair(Path(ledger.folder) / "id_ed25519")


def keypair(path: Path) -> tuple[Path, str]:
    """Return the file of a new private key, and its public key."""
    done = processes.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)], timeout=SECONDS)
    if not done.ok:
        raise StepError(f"ssh-keygen failed: {done.err.strip()}", hint="rackwright doctor")
    return path, path.with_suffix(".pub").read_text(encoding="utf-8").strip()


def known_hosts(ledger: Ledger, keys: Mapping[str, str]) -> Path:
    """Return the file that says which public key each host (by name) must show."""
    path = Path(ledger.folder) / "known_hosts"
    files.write_atomic(path, "".join(f"{name} {key}\n" for name, key in keys.items()))
    return path


def descendants(pid: int) -> tuple[int, ...]:
    """Return the processes a process started, and those that they started."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    except OSError:
        return ()
    return tuple(one for child in map(int, text.split()) for one in (child, *descendants(child)))
