"""Machines and TPU slices of a Google Cloud project: SSH through IAP, OS Login, host keys from guest attributes."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import StepError
from rackwright.fleet import host_keys
from rackwright.fleet.cloud_cli import ask
from rackwright.fleet.hosts import AccountMachine, Door
from rackwright.system import parallel, processes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SIGN_IN = "gcloud auth login"
KEY_LASTS = "4h"
SECONDS = 60
NO_KEYS = (
    "machines publish host keys as guest attributes when they boot with metadata enable-guest-attributes=TRUE, which "
    "compiled programs set; where the organization forbids it, give the keys with --known-hosts FILE"
)


def login(machine: AccountMachine, public: Path | None) -> str:
    """Return the user's name in OS Login; with `public`, that key may log in for a few hours."""
    admit = ["ssh-keys", "add", f"--key-file={public}", f"--ttl={KEY_LASTS}"]
    words = ["describe-profile"] if public is None else admit
    answer = ask(["gcloud", "compute", "os-login", *words, *_project(machine)], hint=SIGN_IN) or {}
    accounts = answer.get("loginProfile", answer).get("posixAccounts") or []
    chosen = next((one for one in accounts if one.get("primary")), accounts[0] if accounts else {})
    if not chosen.get("username"):
        raise StepError("OS Login knows no POSIX account of yours", hint=SIGN_IN)
    return str(chosen["username"])


def log_out(public: Path) -> None:
    """Take a key that was let in for one run out of the user's OS Login profile; it expires in any case."""
    command = ["gcloud", "compute", "os-login", "ssh-keys", "remove", f"--key-file={public}", "--quiet"]
    processes.run(command, timeout=SECONDS)


def doors(machines: Sequence[AccountMachine], _public: Path | None, jump: str, *, ask_keys: bool) -> tuple[Door, ...]:
    """Return how each machine is reached and, with `ask_keys`, which host keys it published."""
    wanted = {one.id: one for one in machines if ask_keys or one.worker is not None}
    known = dict(zip(wanted, parallel.each(attributes, wanted.values()), strict=True))
    return tuple(_door(one, _own(one, known.get(one.id, ())), jump, ask_keys=ask_keys) for one in machines)


def attributes(machine: AccountMachine) -> list[dict[str, Any]]:
    """Return the guest attributes of a machine, or of every host of its slice."""
    if machine.worker is None:
        words = ["instances", "get-guest-attributes", machine.id, "--query-path=hostkeys/"]
    else:
        words = ["tpus", "tpu-vm", "get-guest-attributes", machine.id]
    command = ["gcloud", "compute", *words, f"--zone={machine.place}", *_project(machine)]
    return list(ask(command, hint=NO_KEYS) or [])


def members(project: str, label: str, value: str) -> list[tuple[str, str]]:
    """Return name and address of the running machines of a project that have a label with a value."""
    chosen = [f"--filter=labels.{label}={value} AND status=RUNNING", f"--project={project}", "--format=json"]
    found = ask(["gcloud", "compute", "instances", "list", *chosen], hint=SIGN_IN) or []
    return [(str(one["name"]), str(one["networkInterfaces"][0]["networkIP"])) for one in found]


def proxy(machine: AccountMachine, instance: str, jump: str = "") -> str:
    """Return the SSH ProxyCommand to the instance behind a machine or a slice's host; `jump` is that of the bastion."""
    if machine.access != "iap":
        return jump if machine.access == "bastion" else ""
    place = [f"--project={machine.owner}", f"--zone={machine.place}"]
    return shlex.join(["gcloud", "compute", "start-iap-tunnel", instance, "%p", "--listen-on-stdin", *place])


def look(machine: AccountMachine) -> str:
    """Return what to type to see why a machine does not answer."""
    kind = "instances" if machine.worker is None else "tpus tpu-vm"
    return f"gcloud compute {kind} describe {machine.id} --zone={machine.place} --project={machine.owner}"


def _own(machine: AccountMachine, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those attributes of a slice that are of one host; a machine's are all its own."""
    return [one for one in items if machine.worker is None or one.get("worker_id") == machine.worker]


def _door(machine: AccountMachine, items: Sequence[Mapping[str, Any]], jump: str, *, ask_keys: bool) -> Door:
    names = [str(one["value"]) for one in items if one.get("key") == "hostname"]
    if machine.worker is not None and machine.access == "iap" and not names:
        raise StepError(f"{machine.name} says no hostname in its guest attributes", hint=look(machine))
    instance = machine.id if machine.worker is None else next(iter(names), "")
    return Door(proxy(machine, instance, jump), host_keys.of_attributes(items) if ask_keys else ())


def _project(machine: AccountMachine) -> list[str]:
    return [f"--project={machine.owner}", "--format=json"]
