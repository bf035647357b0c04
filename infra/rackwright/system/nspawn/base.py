"""The base root file system that all booted hosts share: made once, kept in the cache, never written to."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from rackwright.diagnostics import StepError
from rackwright.system import processes
from rackwright.system.cache import cache

SUITE = "bookworm"
PACKAGES = (
    "systemd", "systemd-sysv", "dbus", "openssh-server", "python3", "python3-venv", "iproute2", "ca-certificates",
    "sudo", "procps",
)  # fmt: skip
MINUTES = 10


def base_path() -> Path:
    """Return where the base is, or will be; another list of packages is another base."""
    key = hashlib.sha256(" ".join((SUITE, *PACKAGES)).encode()).hexdigest()[:12]
    return cache() / f"base-{SUITE}-{key}"


def ensure_base() -> Path:
    """Return the base, made now if there is none; raises StepError with mmdebstrap's last words where that fails."""
    target = base_path()
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        _bootstrap(staged)
        staged.chmod(0o755)
        staged.rename(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return target


def _bootstrap(root: Path) -> None:
    command = ["mmdebstrap", "--quiet", "--variant=apt", f"--include={','.join(PACKAGES)}", SUITE, str(root)]
    done = processes.run(command, timeout=60 * MINUTES)
    if not done.ok:
        raise StepError(
            f"the hosts' base system could not be made: {done.err.strip()[-600:]}",
            hint="rackwright doctor; or rehearse with --hosts loopback",
        )
    for key in (root / "etc" / "ssh").glob("ssh_host_*"):
        key.unlink()
    (root / "etc" / "machine-id").write_text("", encoding="utf-8")
