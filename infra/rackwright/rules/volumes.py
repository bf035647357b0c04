"""Block volumes: sizes, operations and throughput that the volume type does not reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, Blueprint, gib
from rackwright.catalog import VolumeType, volume_type
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

TYPE = "gp3"
"""The volume type of every block volume on AWS."""
LEAST_IOPS = 3000
"""Operations a second that a gp3 volume has where nothing is asked (Amazon EBS user guide, gp3 volumes)."""


class VolumeBeyondType(Rule[Blueprint]):
    """A block volume that asks for more than its type has."""

    problem = Problem(
        "STOR-E115",
        Severity.ERROR,
        "A block volume asks for more than its type has",
        "Every block volume on AWS is gp3: as many operations a second as 500 times its GiB, and 0.25 MiB/s for each "
        "of them, up to the limits of the type.",
        "cache: {kind: block, size: 2TiB, iops: 16000, throughput: 1000}",
        ("https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every block volume on AWS."""
        known = volume_type("aws", TYPE)
        for place in storages(subject):
            if known is not None and place.at.cloud == "aws" and isinstance(place.storage, BlockStorage):
                for key, message, hint in _beyond(place.storage, known):
                    yield self.problem.at((*place.path, key), message, hint)


def _beyond(given: BlockStorage, known: VolumeType) -> Iterator[tuple[str, str, str]]:
    """Yield every key that is beyond the type, with what is wrong and what to say instead."""
    size = gib(given.size)
    if size > known.max_gib:
        yield "size", f"{given.size} ({size}GiB) is more than {TYPE} has", f"at most {known.max_gib}GiB"
    most = min(known.max_iops or 0, max(LEAST_IOPS, size * (known.iops_per_gib or 0)))
    if given.iops is not None and most and given.iops > most:
        yield "iops", f"a {TYPE} volume of {size}GiB has no {given.iops} operations a second", f"at most {most}"
        return
    widest = min(known.max_throughput or 0, int((given.iops or LEAST_IOPS) * (known.throughput_per_iops or 0)))
    if given.throughput is not None and widest and given.throughput > widest:
        message = f"{given.throughput} MiB/s need more than {given.iops or LEAST_IOPS} operations a second"
        if widest == known.max_throughput:
            message = f"{given.throughput} MiB/s are more than {TYPE} has"
        yield "throughput", message, f"at most {widest} MiB/s, or more iops"


RULES: tuple[Rule[Blueprint], ...] = (VolumeBeyondType(),)
