"""Hosts that answer SSH: live ones of a rehearsal or machines of an account; how each is reached, what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["booted", "loopback", "account"]


@dataclass(frozen=True, slots=True)
class HostSpec:
    """A host to bring up: the plan's name and address, its site's network, its login user, its accelerators.

    `files` are executables it is given (absolute path to text), `devices` paths at which it sees a device that does
    nothing; `cache` is the folder of this machine that keeps packages between runs; with `containers` it can run some.
    """

    name: str
    address: str
    network: str
    user: str
    files: Mapping[str, str] = field(default_factory=dict)
    cache: Path | None = None
    devices: tuple[str, ...] = ()
    containers: bool = False


@dataclass(frozen=True, slots=True)
class AccountMachine:
    """A machine that a stack deployed: the plan's name, its private address, the user of its image.

    `cloud` calls it `id` (a slice's hosts share one, and `worker` is the number of the host) in `place`, an AWS region
    or a Google Cloud zone; `owner` is the account or project; `access` is the blueprint's way to it, which leads
    `through` the site's bastion where there is one.
    """

    name: str
    address: str
    user: str
    access: str
    cloud: str
    owner: str
    place: str
    id: str
    worker: int | None = None
    through: AccountMachine | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """How a machine is reached (an SSH ProxyCommand; "": at its address), and the host keys it must show."""

    proxy: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiveHost:
    """A host that answers SSH at `address`:`port`, through `proxy` (an SSH ProxyCommand) where there is one.

    The run's known_hosts knows its key as `alias`; `variables` are what Ansible must know of this host alone;
    `stop_ssh` is the shell command that stops its SSH server, to see what a run makes of that.
    """

    name: str
    address: str
    port: int
    user: str
    alias: str
    proxy: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    stop_ssh: str = "systemctl stop ssh.socket ssh.service; pkill -x sshd"


@dataclass(frozen=True, slots=True)
class LiveHosts:
    """All hosts of a run. `key_file` logs in (None: the SSH agent); `cannot` maps what they cannot do to the reason.

    `skip` names the Ansible tags of what they cannot do.
    """

    kind: Kind
    hosts: tuple[LiveHost, ...]
    key_file: Path | None
    known_hosts: Path
    cannot: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[str, ...] = ()


PACKAGES = "packages"
"""What hosts cannot install where they share the machine."""
STORAGE = "storage"
"""What the hosts of a rehearsal cannot mount, and the tag of the Ansible tasks that would."""
NO_STORAGE = "simulated storage: behind the outputs of the rehearsal cloud is no bucket, file server or disk to mount"
DIRECTLY: dict[str, Any] = {"rackwright_environment": {}, "rackwright_identity": False}
"""A blueprint's proxy and mirrors are not where a rehearsal is: its hosts ask directly, and no cloud knows them."""


def cached_packages(folder: str) -> dict[str, Any]:
    """Return what Ansible must know of a cache that hosts share: packages are linked, and the first host fills it."""
    return {"rackwright_wheel_cache": folder, "tensorflow_link_mode": "symlink", "tensorflow_throttle": 1}
