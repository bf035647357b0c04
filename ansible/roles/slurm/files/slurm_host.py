#!/usr/bin/python3
"""Print what Slurm can give out of this host, as JSON. Standard library alone."""

import glob
import json
import os
import platform
import re
import shutil
import subprocess

KEYS = ("CPUs", "Boards", "SocketsPerBoard", "CoresPerSocket", "ThreadsPerCore")
KEPT = 0.05
"""The part of the memory that stays with the system."""


def hardware():
    """Return processors and memory as slurmd sees them; empty where it is not installed."""
    if shutil.which("slurmd") is None:
        return {}
    said = subprocess.run(["slurmd", "-C"], capture_output=True, text=True, timeout=60, check=False).stdout
    return {key: int(number) for key, number in re.findall(r"(\w+)=([0-9]+)\b", said)}


def confines():
    """Return whether Slurm can confine jobs here: control groups of the second version, and a Slurm that knows them."""
    contained = subprocess.run(["systemd-detect-virt", "--container", "--quiet"], timeout=60, check=False)
    unified = os.path.exists("/sys/fs/cgroup/cgroup.controllers")
    return unified and contained.returncode != 0 and bool(glob.glob("/usr/lib/*/slurm*/cgroup_v2.so"))


def main():
    """Print the facts."""
    found = hardware()
    memory = int(found.get("RealMemory", 0) * (1 - KEPT))
    words = [f"{key}={found[key]}" for key in KEYS if key in found] + ([f"RealMemory={memory}"] if memory else [])
    facts = {
        "hostname": platform.node().split(".")[0],
        "hardware": " ".join(words),
        "memory_per_cpu": max(1, memory // max(1, found.get("CPUs", 1))),
        "confines": confines(),
        "devices": sorted(glob.glob("/dev/nvidia[0-9]*"), key=lambda path: int(re.sub("[^0-9]", "", path))),
    }
    print(json.dumps(facts))


main()
