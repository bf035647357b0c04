#!/usr/bin/python3
"""Print what this host is, as JSON. Standard library alone; whatever cannot be found out is null."""

import json
import os
import platform
import shutil
import subprocess
import sys

QUERY = ["nvidia-smi", "--query-gpu=name,uuid,memory.total,driver_version", "--format=csv,noheader,nounits"]


def accelerators():
    """Return the devices the driver lists; None where no driver answers."""
    try:
        done = subprocess.run(QUERY, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode != 0:
        return None
    rows = [[cell.strip() for cell in line.split(",")] for line in done.stdout.splitlines() if line.strip()]
    return [{"name": r[0], "uuid": r[1], "memory_mib": r[2], "driver_version": r[3]} for r in rows if len(r) == 4]


def text(path):
    """Return a small file's text; None where it cannot be read."""
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read().strip()
    except OSError:
        return None


def mounts():
    """Return where what is mounted."""
    rows = [line.split() for line in (text("/proc/self/mounts") or "").splitlines()]
    return [{"path": row[1], "fstype": row[2]} for row in rows if len(row) > 2]


def main():
    """Print the facts."""
    memory = dict(line.split(":", 1) for line in (text("/proc/meminfo") or "").splitlines() if ":" in line)
    variant = text(os.path.join(sys.argv[2], "variant.json"))
    facts = {
        "format": 1,
        "run_id": sys.argv[1],
        "host": platform.node(),
        "machine_id": text("/etc/machine-id"),
        "boot_id": text("/proc/sys/kernel/random/boot_id"),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "vcpus": os.cpu_count(),
        "memory_mib": int(memory["MemTotal"].split()[0]) // 1024 if "MemTotal" in memory else None,
        "disk_free_gib": shutil.disk_usage("/").free // 2**30,
        "accelerators": accelerators(),
        "tensorflow": json.loads(variant) if variant else None,
        "mounts": mounts(),
    }
    print(json.dumps(facts))


main()
