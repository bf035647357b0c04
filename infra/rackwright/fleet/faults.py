"""Breaking a live host on purpose, to see that a rehearsal notices: NAME=HOST."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError, suggest
from rackwright.fleet import ssh
from rackwright.system import processes

if TYPE_CHECKING:
    from rackwright.fleet.hosts import LiveHost, LiveHosts

WATCH = "nohup setsid sh -c {watch} >/dev/null 2>&1 &"
BODY = "for i in $(seq 1 6000); do {body}; sleep 0.1; done"
FAULTS = ("benchmark-killed", "benchmark-hangs", "result-corrupted", "slurmd-stopped", "sshd-stopped")
"""What can be broken."""


def inject(live: LiveHosts, fault: str) -> None:
    """Break one host; raises StepError where fault or host is unknown."""
    name, host = target(live, fault)
    words = ["sh", "-c", shlex.quote(script(name, host))]
    rooted = words if host.variables.get("ansible_become") is False else ["sudo", *words]
    processes.run(ssh.command(host, live, *rooted), timeout=20)


def target(live: LiveHosts, fault: str) -> tuple[str, LiveHost]:
    """Return which fault is meant for which host."""
    name, _, wanted = fault.partition("=")
    if name not in FAULTS:
        raise StepError(f"there is no fault {name!r}", hint=suggest(name, FAULTS) or f"one of {', '.join(FAULTS)}")
    host = next((one for one in live.hosts if one.name == wanted), None)
    if host is None:
        names = [one.name for one in live.hosts]
        raise StepError(f"there is no host {wanted!r}", hint=suggest(wanted, names) or f"one of {', '.join(names)}")
    return name, host


def script(name: str, host: LiveHost) -> str:
    """Return the shell script that breaks a host."""
    home = host.variables.get("rackwright_home", "/opt/rackwright")
    result = f"{host.variables.get('rackwright_state', '/var/lib/rackwright')}/benchmark.json"
    job = f"^{home}/venv/bin/python -m"
    bodies = {
        "benchmark-killed": f'pkill -9 -f "{job}"',
        "benchmark-hangs": f'pkill -STOP -f "{job}"',
        "result-corrupted": f"test -s {result} && truncate -s 100 {result}",
    }
    if name in bodies:
        return WATCH.format(watch=shlex.quote(BODY.format(body=bodies[name])))
    return "systemctl stop slurmd" if name == "slurmd-stopped" else host.stop_ssh
