"""What tests of an account's machines share: stand-ins that are found first, and SSH servers of this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rackwright.fleet.hosts import HostSpec, LiveHosts
from rackwright.fleet.loopback import loopback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder whose programs are found first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


@pytest.fixture
def live() -> Iterator[LiveHosts]:
    """Return two SSH servers of this machine."""
    with loopback([HostSpec(name, "10.60.0.4", "10.60.0.0/24", "ubuntu") for name in ("train-0", "train-1")]) as hosts:
        yield hosts
