#!/usr/bin/python3
"""Join the machine's own disks as one, with a file system on it, unless that is so already.

Standard library, mdadm and what disk.py needs. Disks that hold anything else are left alone.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from disk import formatted, is_blank, recognised

MODEL = "Amazon EC2 NVMe Instance Storage"
BY_ID = Path("/dev/disk/by-id")
NAMES = "google-local-nvme-ssd-*"
"""What images of Google Cloud call local SSDs there."""
ARRAY = "/dev/md/rackwright"
MEMBER = "linux_raid_member"
"""What blkid calls a disk of an array; mdadm itself would make a new array of disks that hold something else."""
LABEL = "rackwright-local"
SHARED = 0o1777
"""Anyone may write, and remove what is theirs."""


def local_disks():
    """Return the disks of this machine itself: known by their model on AWS, by their names on Google Cloud."""
    models = sorted(Path("/sys/block").glob("nvme*n1/device/model"))
    named = sorted(BY_ID.glob(NAMES))
    return [
        *(f"/dev/{model.parts[3]}" for model in models if model.read_text().strip() == MODEL),
        *(os.path.realpath(one) for one in named if "-part" not in one.name),
    ]


def joined(disks):
    """Return the one disk, or the array of several: as it stands, put together again, or made of blank disks."""
    if len(disks) == 1:
        return disks[0]
    if os.path.exists(ARRAY):
        return ARRAY
    held = {"" if is_blank(disk) else recognised(disk).get("TYPE", "something else") for disk in disks}
    if held == {MEMBER}:
        subprocess.run(["mdadm", "--assemble", ARRAY, *disks], check=True)
    elif held == {""}:
        several = f"--raid-devices={len(disks)}"
        made = ["mdadm", "--create", ARRAY, "--run", "--homehost=any", "--level=0", several, *disks]
        subprocess.run(made, check=True)
    else:
        sys.exit(f"the disks of this machine hold {', '.join(sorted(held - {''}))}: they are left alone")
    return ARRAY


def shared(path):
    """Let everybody write into the file system on a disk."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", path, folder], check=True)
        os.chmod(folder, SHARED)
        subprocess.run(["umount", folder], check=True)


def main():
    """Join as many disks as the machine is said to have."""
    disks, wanted = local_disks(), int(sys.argv[1])
    if len(disks) != wanted:
        sys.exit(f"this machine has {len(disks)} disks of its own, {wanted} were expected")
    path = joined(disks)
    if formatted(path, "-L", LABEL)["made"]:
        shared(path)
    subprocess.run(["udevadm", "settle"], check=True)


if __name__ == "__main__":
    main()
