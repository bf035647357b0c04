"""Machines of an AWS account: SSH through Systems Manager, a key for one run, host keys from the console."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rackwright.diagnostics import StepError
from rackwright.fleet import host_keys
from rackwright.fleet.cloud_cli import ask
from rackwright.fleet.hosts import AccountMachine, Door
from rackwright.system import parallel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NO_KEYS = (
    "cloud-init prints host keys on the console when a machine boots first, and EC2 shows them a few minutes later: "
    "try again then; of an older machine, give the keys with --known-hosts FILE"
)


def login(machine: AccountMachine, _public: Path | None) -> str:
    """Return who logs in: the image's user; a key for one run is let in when a connection begins (see `proxy`).

    Raises StepError where the credentials are missing or of another account than the blueprint's.
    """
    command = ["aws", "sts", "get-caller-identity", "--output", "json"]
    account = str((ask(command, hint="aws sso login, or set AWS_PROFILE") or {}).get("Account"))
    if account != machine.owner:
        raise StepError(
            f"the AWS credentials are of account {account}, the blueprint is for {machine.owner}",
            hint=f"set AWS_PROFILE to a profile of account {machine.owner}",
        )
    return machine.user


def log_out(_public: Path) -> None:
    """Do nothing: EC2 Instance Connect forgets a key after 60 seconds."""


def doors(machines: Sequence[AccountMachine], public: Path | None, jump: str, *, ask_keys: bool) -> tuple[Door, ...]:
    """Return how each machine is reached, and with `ask_keys` which host keys its console shows."""
    found = parallel.each(console_keys, machines) if ask_keys else [()] * len(machines)
    return tuple(Door(proxy(one, public, jump), keys) for one, keys in zip(machines, found, strict=True))


def proxy(machine: AccountMachine, public: Path | None, jump: str = "") -> str:
    """Return the SSH ProxyCommand; with `public`, EC2 Instance Connect first lets that key in for 60 seconds.

    `jump` is the ProxyCommand through the bastion, which has to let the key in too.
    """
    ways = {"bastion": jump, "ssm": shlex.join(_session(machine)), "instance-connect": shlex.join(_tunnel(machine))}
    way = ways.get(machine.access, "")
    if not way or public is None:
        return way
    passed = (machine.through, machine) if machine.through else (machine,)
    admitted = " && ".join(f"{shlex.join(_admit(one, public))} >/dev/null" for one in passed)
    return shlex.join(["sh", "-c", f"{admitted} && exec {way}"])


def _session(machine: AccountMachine) -> list[str]:
    return [
        "aws", "ssm", "start-session", "--region", machine.place, "--target", machine.id,
        "--document-name", "AWS-StartSSHSession", "--parameters", "portNumber=%p",
    ]  # fmt: skip


def _tunnel(machine: AccountMachine) -> list[str]:
    return [
        "aws", "ec2-instance-connect", "open-tunnel", "--region", machine.place, "--instance-id", machine.id,
        "--remote-port", "%p",
    ]  # fmt: skip


def _admit(machine: AccountMachine, public: Path) -> list[str]:
    return [
        "aws", "ec2-instance-connect", "send-ssh-public-key", "--region", machine.place, "--instance-id", machine.id,
        "--instance-os-user", machine.user, "--ssh-public-key", f"file://{public}",
    ]  # fmt: skip


def console_keys(machine: AccountMachine) -> tuple[str, ...]:
    """Return the host keys on a machine's console: as it is now, else as EC2 kept it after the last start."""
    command = ["aws", "ec2", "get-console-output", "--region", machine.place, "--instance-id", machine.id]
    kept = ask([*command, "--output", "json"], hint=NO_KEYS) or {}
    try:
        newest = ask([*command, "--latest", "--output", "json"], hint=NO_KEYS) or {}
    except StepError:  # only machines of the Nitro generation can be asked so
        newest = {}
    return host_keys.of_console(str(newest.get("Output"))) or host_keys.of_console(str(kept.get("Output")))


def look(machine: AccountMachine) -> str:
    """Return what to type to see why a machine does not answer."""
    if machine.access != "ssm":
        return f"aws ec2 describe-instance-status --region {machine.place} --instance-ids {machine.id}"
    wanted = f"Key=InstanceIds,Values={machine.id}"
    return f"aws ssm describe-instance-information --region {machine.place} --filters {wanted}"
