"""A mistake is found once: what only follows from it is left out, and found where it stands alone."""

from __future__ import annotations

import pytest
from tests.rules.blueprints import AWS, codes

from rackwright.rules import CODES
from rackwright.rules.consequences import CAUSES

VOLUME = ("    storage:\n", "    storage:\n      cache: {kind: block, size: 100GiB, iops: 300000}\n")
MOUNT = ("/home: home}", "/home: home, /cache: cache}")


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ((VOLUME, MOUNT), ["STOR-E115"]),
        ((("        nodes: 4\n", "        nodes: 4\n        zone: us-east-1e\n"),), ["NET-E113"]),
        ((("        nodes: 4\n", "        nodes: 4\n        disk: 9000000GiB\n"),), ["MACH-E131"]),
        ((("        nodes: 4\n", "        nodes: 4\n        read_mbs: 500000\n"),), ["STOR-W142"]),
        ((("        nodes: 4\n", "        nodes: 4\n        read_mbs: 1000\n"),), ["STOR-W141"]),
    ],
)
def test_what_follows_from_a_mistake_is_left_out(changes: tuple[tuple[str, str], ...], found: list[str]) -> None:
    """Volumes that cannot be are neither fast nor many, and a host that cannot read so much needs no larger storage."""
    assert found == [code for code in codes(AWS, *changes) if "-N" not in code]


def test_causes_and_what_follows_are_codes() -> None:
    """A code that there is not would leave nothing out."""
    assert {*CAUSES, *(code for causes in CAUSES.values() for code in causes)} <= CODES.keys()
