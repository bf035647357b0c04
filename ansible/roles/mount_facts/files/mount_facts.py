#!/usr/bin/python3
"""Print what is mounted where it was asked for, whether it can be written to, and how fast it is, as JSON.

Standard library alone. Each mount is looked at by a process of its own: a file server that is away holds up only that.
"""

import json
import mmap
import os
import platform
import subprocess
import sys
import time

SECONDS = 120
BLOCK, BLOCKS = 2**22, 64
"""Speed is measured over 64 blocks of 4 MiB, past the page cache."""
MEASURED = ("fsx-lustre", "managed-lustre", "disk", "instance-store")
"""Clients of storage that charges nothing for what is written; the others are written a line."""


def mounted(path):
    """Return the type of the file system that is mounted at a path; None where there is none."""
    with open("/proc/self/mounts", encoding="utf-8") as stream:
        rows = [line.split() for line in stream]
    types = [row[2] for row in rows if row[1] == path]
    return types[-1] if types else None


def write_a_line(path, text):
    """Write a file, read it again and remove it; raises OSError where that cannot be done."""
    try:
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        with open(path, encoding="utf-8") as stream:
            if stream.read() != text:
                raise OSError("what was read is not what was written")
    finally:
        if os.path.exists(path):
            os.unlink(path)


def speeds(path):
    """Return MiB/s of writing and of reading a file in order, past the page cache; it is removed again."""
    buffer = mmap.mmap(-1, BLOCK)
    size = BLOCK * BLOCKS / 2**20
    try:
        started = time.monotonic()
        file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_DIRECT, 0o600)
        for _ in range(BLOCKS):
            os.write(file, buffer)
        os.fsync(file)
        os.close(file)
        written = time.monotonic()
        file = os.open(path, os.O_RDONLY | os.O_DIRECT)
        while os.readv(file, [buffer]):
            pass
        os.close(file)
        read = time.monotonic()
    finally:
        if os.path.exists(path):
            os.unlink(path)
    return size / (written - started), size / (read - written)


def look(path, client, run):
    """Return what one mount is and can do."""
    found = {"path": path, "type": mounted(path), "writable": None, "reason": ""}
    if found["type"] is None:
        return found
    room = os.statvfs(path)
    found.update(bytes=room.f_blocks * room.f_frsize, free_bytes=room.f_bavail * room.f_frsize)
    own = os.path.join(path, f".rackwright-{run}-{platform.node()}")
    try:
        write_a_line(own, run)
        found["writable"] = True
        if client in MEASURED:
            found["write_mib_s"], found["read_mib_s"] = speeds(own)
    except OSError as refused:
        found["writable"], found["reason"] = bool(found["writable"]), str(refused)
    return found


def asked_of_another(path, client, run):
    """Return what a process of its own finds out about a mount, or that it did not answer in time."""
    command = [sys.executable, os.path.abspath(__file__), run, path, client]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    unknown = {"path": path, "type": None, "writable": None}
    try:
        out, err = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        return dict(unknown, reason=f"it did not answer in {SECONDS} s")
    return json.loads(out) if process.returncode == 0 else dict(unknown, reason=err.strip()[-300:])


def main():
    """Print the facts: of all mounts, or, given a path and its client, of one."""
    run, *one = sys.argv[1:]
    if len(one) == 1:
        asked = json.loads(one[0])
        found = [asked_of_another(path, client, run) for path, client in asked.items()]
        print(json.dumps({"format": 1, "run_id": run, "mounts": found}))
    else:
        print(json.dumps(look(*one, run)))


if __name__ == "__main__":
    main()
