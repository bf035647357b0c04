"""What a booted host needs beside its system for an engine of containers to run in it, as on a machine of its own."""

from __future__ import annotations

OPTIONS = ("--system-call-filter=add_key keyctl bpf",)
"""Options of systemd-nspawn: each container joins a keyring of its own, and control groups bar it from devices."""
STORE = "/var/lib/docker"
"""Where images are kept: overlays cannot lie on the overlay that a host's root is."""
UNIT = "/etc/systemd/system/docker.service.d/host.conf"
WRITABLE = "for one in /sys/fs/cgroup/*/; do mount -o remount,bind,rw $one 2>/dev/null; done; true"
"""Control groups of the first version are mounted to be read; there is nothing to do for the second."""


def unit(group: str) -> dict[str, str]:
    """Return the file by which Docker puts its containers into one control group, whose name the rehearsal knows."""
    text = f"[Service]\nEnvironment=DOCKER_OPTS=--cgroup-parent=/{group}\nExecStartPre=/bin/sh -c '{WRITABLE}'\n"
    return {UNIT: text}
