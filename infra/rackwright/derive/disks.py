"""What disks of a machine are called on AWS."""

from __future__ import annotations

LETTERS = "fghijklmnop"
"""Last letters of the names that EC2 recommends for volumes: /dev/sdf to /dev/sdp."""
ROOT = "/dev/sda1"
"""The boot disk of an image of which the catalog knows nothing."""


def data_disk(number: int) -> str:
    """Return the name of the block volume that is `number` of its machine, counted from zero."""
    return f"/dev/sd{LETTERS[number]}"
