"""Findings that say again what another one says: left out until that is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.diagnostics import Finding

CAUSES = {
    "MACH-W115": frozenset({"NET-E113"}),
    "MACH-W132": frozenset({"STOR-E115"}),
    "QUOTA-W104": frozenset({"MACH-E131", "STOR-E115"}),
    "STOR-W141": frozenset({"STOR-W142"}),
}
"""What follows, at the same site, from what: volumes that cannot be are neither fast nor many, and what is sold in a
zone says nothing where the zone is none of the network."""


def causes_alone(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings without those that only follow from others of their site."""
    given = tuple(findings)
    found = {(one.code, one.path[:2]) for one in given}
    return tuple(one for one in given if not any((cause, one.path[:2]) in found for cause in CAUSES.get(one.code, ())))
