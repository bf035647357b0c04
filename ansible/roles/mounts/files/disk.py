#!/usr/bin/python3
"""Make a file system on a disk that is blank, and print its UUID as JSON; a disk that holds anything else is refused.

Standard library, blkid and mkfs.ext4. A disk is blank when nothing is recognised on it and both its ends are zeros.
"""

import fcntl
import json
import os
import struct
import subprocess
import sys
from ctypes import addressof, create_string_buffer
from pathlib import Path

END = 2**20
NOTHING_FOUND = 2
EBS = "Amazon Elastic Block Store"
ADMIN_COMMAND = 0xC0484E41
"""The ioctl that hands an NVMe controller a command of 72 bytes."""
IDENTIFY, OF_CONTROLLER = 0x06, 1
EBS_NAME = slice(3072, 3104)
"""Where in its identity an EBS volume says under which device name it is attached."""


def device(name):
    """Return the path of a disk by the name it is attached under: on Nitro machines EBS volumes go by another one."""
    short = name.rpartition("/")[2]
    for path in (name, name.replace("/dev/sd", "/dev/xvd")):
        if os.path.exists(path):
            return os.path.realpath(path)
    for block in sorted(Path("/sys/block").glob("nvme*n1")):
        model = block / "device" / "model"
        if model.exists() and model.read_text().strip() == EBS and attached_as(f"/dev/{block.name}") == short:
            return f"/dev/{block.name}"
    sys.exit(f"there is no disk {name} on this host")


def attached_as(path):
    """Return the device name an EBS volume was attached under, without /dev/."""
    identity = create_string_buffer(4096)
    command = struct.pack(
        "<BBHIIIQQ10I", IDENTIFY, 0, 0, 0, 0, 0, 0, addressof(identity), 0, len(identity), OF_CONTROLLER, *([0] * 7)
    )
    with open(path, "rb") as disk:
        fcntl.ioctl(disk, ADMIN_COMMAND, command)
    return identity.raw[EBS_NAME].decode("ascii", "replace").strip(" \0").rpartition("/")[2]


def recognised(path):
    """Return what blkid finds on a disk, without its cache; {} where it finds nothing."""
    done = subprocess.run(["blkid", "--probe", "--output", "export", path], capture_output=True, text=True, check=False)
    if done.returncode == NOTHING_FOUND:
        return {}
    if done.returncode != 0:
        sys.exit(f"what {path} holds is not clear (blkid ended with {done.returncode}): it is left alone")
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def is_zero(path):
    """Return whether both ends of a disk are zeros."""
    with open(path, "rb") as disk:
        size = disk.seek(0, os.SEEK_END)
        ends = []
        for start in (0, max(size - END, 0)):
            disk.seek(start)
            ends.append(disk.read(END))
    return size > 0 and not any(any(end) for end in ends)


def is_blank(path):
    """Return whether nothing is recognised on a disk and both its ends are zeros."""
    return not recognised(path) and is_zero(path)


def formatted(path, *more):
    """Return which file system a disk has, and whether it was made now, with `more` arguments."""
    found = recognised(path)
    made = not found
    if made:
        if not is_zero(path):
            sys.exit(f"{path} is not blank, though nothing on it is recognised: it is left alone")
        subprocess.run(["mkfs.ext4", "-q", "-m", "0", *more, path], stdin=subprocess.DEVNULL, check=True)
        found = recognised(path)
    if found.get("TYPE") != "ext4":
        sys.exit(f"{path} holds {found.get('TYPE') or found.get('PTTYPE') or 'something else'}: it is left alone")
    return {"device": path, "uuid": found["UUID"], "made": made}


def main():
    """Print which file system the disk has, and whether it was made now."""
    print(json.dumps(formatted(device(sys.argv[1]))))


if __name__ == "__main__":
    main()
