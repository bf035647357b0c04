"""One mistake that several inherit is one finding, which names them all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from rackwright.diagnostics import Finding, Position, dotted, with_position

if TYPE_CHECKING:
    from collections.abc import Iterable

Mistake: TypeAlias = tuple[object, ...]


def united(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return placed findings, those alike at a place that somebody inherits as one with all its heirs."""
    given = tuple(findings)
    shared = {_place(one.position) for one in given if one.position and one.position.inherited}
    if not shared:
        return given
    found: dict[Mistake, Finding] = {}
    for number, one in enumerate(given):
        same = _mistake(one) if one.position and _place(one.position) in shared else (number,)
        found[same] = _joined(found[same], one) if same in found else one
    return tuple(found.values())


def _mistake(finding: Finding) -> Mistake:
    """Return what findings have in common that say the same of a place, whoever inherits it."""
    message = finding.message.replace(dotted(finding.path[:-1]), "*")
    for part in finding.path:
        message = message.replace(str(part), "*") if isinstance(part, str) else message
    return (finding.code, finding.severity, finding.suppressed, finding.position and _place(finding.position), message)


def _joined(one: Finding, other: Finding) -> Finding:
    heirs = dict.fromkeys(heir for each in (one, other) if each.position for heir in each.position.inherited)
    return with_position(one, replace(one.position, inherited=tuple(heirs))) if one.position else one


def _place(at: Position) -> Position:
    return replace(at, inherited=())
