"""What this machine can do: which tools are here, what each is for, and how to get the missing ones."""

from __future__ import annotations

import os
import platform
import sys
from importlib.util import find_spec

from rackwright.diagnostics import MissingToolError, StepError
from rackwright.diagnostics.record import dataclass
from rackwright.system import processes

MINUTES_TO_INSTALL = 10


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing rackwright may need: `how` installs it; `package` is its Debian package, if it has one."""

    name: str
    purpose: str
    how: str
    package: str = ""


PROGRAMS = (
    Tool("ssh", "reaching hosts", "apt-get install openssh-client", "openssh-client"),
    Tool("systemd-nspawn", "rehearsal: booting hosts", "apt-get install systemd-container", "systemd-container"),
    Tool("mmdebstrap", "rehearsal: the hosts' base system", "apt-get install mmdebstrap", "mmdebstrap"),
    Tool("nft", "rehearsal: the hosts' way out", "apt-get install nftables", "nftables"),
    Tool("ip", "rehearsal: the hosts' network", "apt-get install iproute2", "iproute2"),
    Tool("sshd", "rehearsal without root: loopback hosts", "apt-get install openssh-server", "openssh-server"),
    Tool(
        "pulumi",
        "deploying, validating (never needed for check, compile, rehearse)",
        "https://www.pulumi.com/docs/install",
    ),
    Tool(
        "aws",
        "validating hosts of an AWS account",
        "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
    ),
    Tool(
        "session-manager-plugin",
        "validating AWS hosts where access.kind is ssm",
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html",
    ),
    Tool("gcloud", "validating hosts of a Google Cloud project", "https://cloud.google.com/sdk/docs/install"),
)
MODULES = (
    Tool("pulumi", "running programs", "pip install 'rackwright[aws]'"),
    Tool("pulumi_aws", "AWS programs", "pip install 'rackwright[aws]'"),
    Tool("pulumi_gcp", "GCP programs", "pip install 'rackwright[gcp]'"),
    Tool("ansible_runner", "configuring hosts", "pip install 'rackwright[fleet]'"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Whether one tool is here."""

    tool: Tool
    present: bool


def examine() -> tuple[Found, ...]:
    """Return every tool and whether this machine has it."""
    programs = tuple(Found(tool, _program(tool.name)) for tool in PROGRAMS)
    return (*programs, *(Found(tool, find_spec(tool.name) is not None) for tool in MODULES))


def require(*names: str) -> None:
    """Raise MissingToolError that names every one of these programs that is not here, and how to get the first."""
    lacking = [tool for tool in PROGRAMS if tool.name in names and not _program(tool.name)]
    if lacking:
        what = "; ".join(f"{tool.name} ({tool.purpose})" for tool in lacking)
        raise MissingToolError(f"not installed: {what}", hint=lacking[0].how)


def machine() -> dict[str, str | bool]:
    """Return what else decides which form of rehearsal is possible."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "root": os.geteuid() == 0,
        "booted_hosts": booted_hosts_possible(),
        "loopback_hosts": loopback_hosts_possible(),
    }


def booted_hosts_possible() -> bool:
    """Return whether hosts can boot as machines of their own here: Linux, root and the tools for it."""
    tools = ("systemd-nspawn", "mmdebstrap", "nft", "ip", "ssh")
    return sys.platform == "linux" and os.geteuid() == 0 and all(_program(name) for name in tools)


def loopback_hosts_possible() -> bool:
    """Return whether hosts can be SSH servers on the loopback interface here."""
    return all(_program(name) for name in ("ssh", "ssh-keygen", "sshd"))


def missing() -> tuple[str, ...]:
    """Return the Debian packages of the programs that are not here."""
    return tuple(found.tool.package for found in examine() if found.tool.package and not found.present)


def can_install() -> bool:
    """Return whether packages can be installed here: as root, with apt-get."""
    return os.geteuid() == 0 and processes.find("apt-get") is not None


def install(packages: tuple[str, ...]) -> None:
    """Install Debian packages with apt-get; raises StepError where that cannot be, with the command to type."""
    if not can_install():
        by_hand = f"sudo apt-get install {' '.join(packages)}"
        raise StepError("cannot install packages here: this needs root and apt-get", hint=by_hand)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        done = processes.run(command, timeout=60 * MINUTES_TO_INSTALL, env=environment)
        if not done.ok:
            by_hand = " ".join(command)
            raise StepError(f"{by_hand} failed: {done.err.strip()[-400:]}", hint=f"run it by hand: {by_hand}")


def _program(name: str) -> bool:
    return processes.find(name) is not None or os.access(f"/usr/sbin/{name}", os.X_OK)
