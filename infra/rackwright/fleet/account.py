"""Machines of a real account: reached as the blueprint says, known by host keys that its cloud tells, or not at all."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rackwright.diagnostics import StepError
from rackwright.fleet import aws, gcp, host_keys, ssh
from rackwright.fleet.hosts import AccountMachine, Door, LiveHost, LiveHosts
from rackwright.system import clock, files, parallel, processes
from rackwright.system.ledger import keypair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SECONDS_TO_ANSWER = 300.0
SECONDS = 10


class Cloud(Protocol):
    """What is asked of each cloud; rackwright.fleet.aws and rackwright.fleet.gcp answer."""

    def login(self, machine: AccountMachine, public: Path | None, /) -> str:
        """Return who logs in, after that account let in the key `public`, if any."""

    def log_out(self, public: Path, /) -> None:
        """Undo what `login` did for a key."""

    def doors(
        self, machines: Sequence[AccountMachine], public: Path | None, jump: str, /, *, ask_keys: bool
    ) -> tuple[Door, ...]:
        """Return how each machine is reached and known; `jump` is the ProxyCommand through the bastion, if any."""

    def look(self, machine: AccountMachine, /) -> str:
        """Return what to type to see why a machine does not answer."""


CLOUDS: Mapping[str, Cloud] = {"aws": aws, "gcp": gcp}


@dataclass(frozen=True, slots=True)
class Keys:
    """The user's own keys: `identity` logs in, and the host keys in `known_hosts` are trusted (None: ask the cloud)."""

    identity: Path | None = None
    known_hosts: Path | None = None


@contextmanager
def account(
    machines: Sequence[AccountMachine], own: Keys, folder: Path, told: Callable[[str], None] = lambda _text: None
) -> Iterator[LiveHosts]:
    """Reach machines that are all of one account; raises StepError where one has no known key, or none answers.

    The known_hosts of the run is written into `folder`. A machine that does not answer while others do is left to
    the verdict.
    """
    first, cloud = machines[0], CLOUDS[machines[0].cloud]
    with tempfile.TemporaryDirectory(prefix="rackwright-") as private:
        made = _made_key(first, own, Path(private))
        public = made.with_suffix(".pub") if made else None
        key, known = own.identity.expanduser().resolve() if own.identity else made, folder / "known_hosts"
        live = LiveHosts("account", (), key, known.resolve())
        asked = (*machines, first.through) if first.through else tuple(machines)
        told("signing in")
        user = cloud.login(first, public)
        try:
            jump = _jump(first.through, cloud, public, live)
            told(f"host keys of {len(asked)} machines")
            doors = cloud.doors(asked, public, jump, ask_keys=own.known_hosts is None)
            files.write_atomic(known, _known_hosts(asked, doors, own))
            hosts = tuple(_live(one, door, user) for one, door in zip(machines, doors, strict=False))
            live = replace(live, hosts=hosts)
            _wait(live, machines, told)
            yield live
        finally:
            if public is not None:
                cloud.log_out(public)


def _made_key(machine: AccountMachine, own: Keys, folder: Path) -> Path | None:
    """Return a key for this run, where the cloud can let it in; None where the user's own key or agent logs in."""
    if own.identity is not None:
        if not own.identity.is_file():
            raise StepError(f"there is no key file {own.identity}", hint="--identity FILE names a private key")
        return None
    if machine.cloud == "aws" and machine.access == "direct":
        return None
    return keypair(folder / "id_ed25519")[0]


def _known_hosts(machines: Sequence[AccountMachine], doors: Sequence[Door], own: Keys) -> str:
    """Return the known_hosts of the run, by the plan's names; raises StepError with every machine without a key."""
    found = {one.name: door.keys for one, door in zip(machines, doors, strict=True)}
    if own.known_hosts is not None:
        given = own.known_hosts
        found = {one.name: _given_keys(one, given) for one in machines}
    unknown = [name for name, keys in found.items() if not keys]
    if unknown:
        where = f"{own.known_hosts} has" if own.known_hosts else "their cloud tells"
        hint = "a line may begin with the host's name, address or id" if own.known_hosts else _no_keys(machines[0])
        raise StepError(f"{where} no host key of {', '.join(unknown)}; nothing was connected to", hint=hint)
    return "".join(f"{name} {key}\n" for name, keys in found.items() for key in keys)


def _given_keys(machine: AccountMachine, known_hosts: Path) -> tuple[str, ...]:
    """Return the keys that a file has for a machine by its name, address or id; hashed names are understood."""
    if not known_hosts.is_file():
        raise StepError(f"there is no file {known_hosts}", hint="--known-hosts FILE names an OpenSSH known_hosts file")
    names = (machine.name, machine.address, *([machine.id] if machine.worker is None else []))
    search = [["ssh-keygen", "-F", name, "-f", str(known_hosts)] for name in names]
    return host_keys.of_known_hosts("\n".join(processes.run(command, timeout=SECONDS).out for command in search))


def _no_keys(machine: AccountMachine) -> str:
    return {"aws": aws.NO_KEYS, "gcp": gcp.NO_KEYS}[machine.cloud]


def _jump(bastion: AccountMachine | None, cloud: Cloud, public: Path | None, live: LiveHosts) -> str:
    """Return the SSH ProxyCommand through the bastion, "" where there is none."""
    if bastion is None:
        return ""
    return ssh.jump(_live(bastion, Door("", ()), cloud.login(bastion, public)), live)


def _live(machine: AccountMachine, door: Door, user: str) -> LiveHost:
    return LiveHost(machine.name, machine.address, 22, user, machine.name, door.proxy)


def _wait(live: LiveHosts, machines: Sequence[AccountMachine], told: Callable[[str], None]) -> None:
    """Wait until every machine answers or the time is up; raises StepError where none does."""
    told(f"waiting for {len(machines)} machines")
    until = clock.seconds() + SECONDS_TO_ANSWER
    said = parallel.each(lambda host: ssh.silence(host, live, until), live.hosts)
    if all(said):
        look = CLOUDS[machines[0].cloud].look(machines[0])
        raise StepError(f"no machine answers SSH; {machines[0].name}: {said[0]}", hint=look)
