"""SSH to the hosts of a run: an unknown host key is refused, whatever this machine's own settings say."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.system import clock, processes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rackwright.fleet.hosts import Kind, LiveHost, LiveHosts

SECONDS_TO_CONNECT: Mapping[Kind, int] = {"booted": 9, "loopback": 9, "account": 60}
"""How long one attempt may take, of which a third is for the connection; the tunnel to an account takes seconds."""
REFUSED = "Host key verification failed"


def options(host: LiveHost, live: LiveHosts) -> list[str]:
    """Return the SSH options, quoted for a shell, that reach a host and verify its key."""
    settings = {
        "StrictHostKeyChecking": "yes",
        "UserKnownHostsFile": str(live.known_hosts),
        "HostKeyAlias": host.alias,
        "IdentitiesOnly": "yes" if live.key_file else "no",
        **({"ProxyCommand": host.proxy} if host.proxy else {}),
    }
    return [word for name, value in settings.items() for word in ("-o", shlex.quote(f"{name}={value}"))]


def jump(host: LiveHost, live: LiveHosts) -> str:
    """Return the SSH ProxyCommand that reaches others through a host, whose key is verified like theirs."""
    key = ["-i", str(live.key_file)] if live.key_file else []
    words = ["ssh", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", *key, *shlex.split(" ".join(options(host, live)))]
    return shlex.join([*words, "-W", "%h:%p", "-p", str(host.port), f"{host.user}@{host.address}"])


def command(host: LiveHost, live: LiveHosts, *words: str) -> list[str]:
    """Return the command line that runs `words` on a host, asking nothing."""
    connect = f"ConnectTimeout={SECONDS_TO_CONNECT[live.kind] // 3}"
    settings = ["-o", "BatchMode=yes", "-o", connect, "-o", "LogLevel=ERROR"]
    key = ["-i", str(live.key_file)] if live.key_file else []
    reach = shlex.split(" ".join(options(host, live)))
    return ["ssh", *settings, *reach, *key, "-p", str(host.port), f"{host.user}@{host.address}", "--", *words]


def wait(live: LiveHosts, seconds: float, told: Callable[[str], None], console: Callable[[LiveHost], str]) -> None:
    """Wait until every host lets the run in; raises StepError with what SSH and the host's console said last."""
    until = clock.seconds() + seconds
    for done, host in enumerate(live.hosts):
        told(f"{done} of {len(live.hosts)} answer")
        last = silence(host, live, until)
        if last:
            said = f"{last} {console(host)}".strip()
            raise StepError(f"{host.name} did not answer SSH in {seconds:.0f} s: {said}", hint="rackwright doctor")


def silence(host: LiveHost, live: LiveHosts, until: float) -> str:
    """Return "" as soon as a host lets the run in; else what SSH said last, when time was up or a key was refused."""
    while not (asked := processes.run(command(host, live, "true"), timeout=SECONDS_TO_CONNECT[live.kind])).ok:
        said = asked.err.strip() or "no answer"
        if REFUSED in said or clock.seconds() > until:
            return said
        clock.sleep(0.2)
    return ""
