"""Breaking a live host on purpose, to see that a rehearsal notices: NAME=HOST."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError, suggest
from rackwright.fleet.booted import ssh
from rackwright.system import processes

if TYPE_CHECKING:
    from rackwright.fleet.hosts import LiveHosts

RESULT = "/var/lib/rackwright/benchmark.json"
JOB = "^/opt/rackwright/venv/bin/python -m"
WATCH = "nohup setsid sh -c 'for i in $(seq 1 6000); do {body}; sleep 0.1; done' >/dev/null 2>&1 &"

FAULTS = {
    "benchmark-killed": WATCH.format(body=f'pkill -9 -f "{JOB}"'),
    "benchmark-hangs": WATCH.format(body=f'pkill -STOP -f "{JOB}"'),
    "result-corrupted": WATCH.format(body=f"test -s {RESULT} && truncate -s 100 {RESULT}"),
    "sshd-stopped": "systemctl stop ssh.socket ssh.service; pkill -x sshd",
}
"""What can be broken, as the shell command that breaks it on the host."""


def inject(live: LiveHosts, fault: str) -> None:
    """Break one host; raises StepError where fault or host is unknown."""
    name, _, target = fault.partition("=")
    if name not in FAULTS:
        raise StepError(f"there is no fault {name!r}", hint=suggest(name, FAULTS))
    host = next((one for one in live.hosts if one.name == target), None)
    if host is None:
        raise StepError(f"there is no host {target!r}", hint=suggest(target, [one.name for one in live.hosts]))
    command = ssh(host, live.key_file, live.known_hosts, f"sudo sh -c {_quoted(FAULTS[name])}")
    processes.run(command, timeout=20)


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
