"""Live hosts for a rehearsal: what each must be, how it is reached, what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["booted", "loopback"]


@dataclass(frozen=True, slots=True)
class HostSpec:
    """A host to bring up: the plan's name and address, its site's network, its login user, its accelerators.

    `files` are executables it is given (absolute path to text); `binds` maps folders of this machine to folders of it.
    """

    name: str
    address: str
    network: str
    user: str
    files: Mapping[str, str] = field(default_factory=dict)
    binds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LiveHost:
    """A host that answers SSH. `host_key` is its public key; it is in the run's known_hosts."""

    name: str
    address: str
    port: int
    user: str
    host_key: str


@dataclass(frozen=True, slots=True)
class LiveHosts:
    """All hosts of a rehearsal. `cannot` maps what they cannot do to the reason."""

    kind: Kind
    hosts: tuple[LiveHost, ...]
    key_file: Path
    known_hosts: Path
    cannot: Mapping[str, str]
