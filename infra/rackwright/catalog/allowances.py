"""What an account is granted of things that are counted by number: addresses, networks, interfaces, terabytes, GPUs."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeAlias, cast

from rackwright.catalog.reading import rows, whole, words
from rackwright.catalog.types import Cloud
from rackwright.diagnostics.record import dataclass

Counted: TypeAlias = Literal["addresses", "networks", "interfaces", "gp3", "io2", "gpus"]
COUNTED: dict[Counted, str] = {
    "addresses": "Elastic IP addresses",
    "networks": "VPCs",
    "interfaces": "network interfaces",
    "gp3": "TiB of gp3 volumes",
    "io2": "TiB of io2 volumes",
    "gpus": "GPUs",
}
"""What is counted, in words."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A quota that counts things, in a region on AWS and in all regions together on Google Cloud.

    `granted` is what an account has of them before anybody asks; None where it depends on the account.
    """

    cloud: Cloud
    code: str
    name: str
    counts: Counted
    granted: int | None
    sources: tuple[str, ...]


@cache
def allowances() -> tuple[Allowance, ...]:
    """Return all such quotas."""
    return tuple(
        Allowance(
            cloud=cast("Cloud", row["cloud"]),
            code=row["code"],
            name=row["name"],
            counts=cast("Counted", row["counts"]),
            granted=whole(row["granted"]),
            sources=words(row["sources"]),
        )
        for row in rows("allowances")
    )
