"""Driving Ansible through ansible-runner: a playbook over the hosts of a run, watched while it runs."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rackwright.diagnostics import MissingToolError
from rackwright.diagnostics.record import dataclass
from rackwright.fleet.events import HostFailure, TaskEvent, failure, task_event
from rackwright.system import files
from rackwright.system.shipped import shipped

PASSED_ON = ("PIP_", "UV_", "SSL_CERT", "REQUESTS_CA", "CURL_CA", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
"""Settings of this machine that package installs on hosts need too (index, certificates, proxies)."""
LOCAL = ("PIP_FIND_LINKS", "UV_CACHE_DIR", "UV_LINK_MODE", "UV_PYTHON", "UV_PROJECT")
"""Settings that name things of this machine alone."""


@dataclass(frozen=True, slots=True)
class Playbook:
    """A playbook to run: its name, inventories (committed and of the run), extra variables and private folder.

    It is ended after `timeout` seconds; tasks with a tag of `skip` are left out.
    """

    name: str
    inventories: tuple[Path, ...]
    variables: Mapping[str, Any]
    folder: Path
    timeout: int
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """How a playbook ended: exit code, changes per host, and what failed, in the order of events."""

    code: int
    changed: Mapping[str, int]
    failures: tuple[HostFailure, ...]
    log: Path

    @property
    def ok(self) -> bool:
        """Whether nothing failed anywhere."""
        return self.code == 0 and not self.failures


def play(playbook: Playbook, told: Callable[[TaskEvent], None] = lambda _event: None) -> Played:
    """Run a playbook; `told` hears of every task as it begins and as it ends on each host."""
    try:
        import ansible_runner
    except ImportError as missing:
        raise MissingToolError("Ansible is not installed", hint="pip install 'rackwright[fleet]'") from missing
    failures: list[HostFailure] = []
    changed: Counter[str] = Counter()

    def handle(event: dict[str, Any]) -> bool:
        found, seen = failure(event), task_event(event)
        if found is not None:
            failures.append(found)
        if seen is not None:
            changed[seen.host] += seen.outcome == "changed"
            told(seen)
        return False

    private = _prepared(playbook)
    run = ansible_runner.run(
        private_data_dir=str(private),
        project_dir=str(shipped("ansible")),
        playbook=f"{playbook.name}.yml",
        inventory=[str(path.resolve()) for path in playbook.inventories],
        envvars=_environment(),
        event_handler=handle,
        skip_tags=",".join(playbook.skip) or None,
        quiet=True,
        settings={"job_timeout": playbook.timeout, "suppress_env_files": True},
        process_isolation=False,
    )
    return Played(
        int(run.rc),
        {host: n for host, n in changed.items() if n},
        tuple(failures),
        Path(run.config.artifact_dir) / "stdout",
    )


def controller_environment() -> dict[str, str]:
    """Return what hosts need of this machine's settings to install packages."""
    return {
        name: value for name, value in os.environ.items() if name.upper().startswith(PASSED_ON) and name not in LOCAL
    }


def _prepared(playbook: Playbook) -> Path:
    """Return the private folder of the run, with its variables written."""
    private = playbook.folder / playbook.name
    files.write_atomic(private / "env" / "extravars", json.dumps(dict(playbook.variables)))
    return private


def _environment() -> dict[str, str]:
    beside = str(Path(sys.executable).parent)
    return {
        "ANSIBLE_CONFIG": str(shipped("ansible") / "ansible.cfg"),
        "ANSIBLE_HOST_KEY_CHECKING": "True",
        "ANSIBLE_SSH_CONTROL_PATH_DIR": f"/tmp/rackwright-ssh-{os.getuid()}",  # noqa: S108 - short: sockets have a limit
        "PATH": f"{beside}{os.pathsep}{os.environ.get('PATH', '')}",
    }
