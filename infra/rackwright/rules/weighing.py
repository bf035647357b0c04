"""How the owners of a blueprint weigh what is found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from rackwright.blueprint import Blueprint, Suppression
from rackwright.diagnostics import Finding, Problem, dotted


@dataclass(frozen=True, slots=True)
class Outcome:
    """A blueprint with everything that was found in it and in its plans, on a day."""

    blueprint: Blueprint
    findings: tuple[Finding, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Coded:
    """A blueprint and every code there is."""

    blueprint: Blueprint
    codes: Mapping[str, Problem]


def accepted(
    blueprint: Blueprint, findings: tuple[Finding, ...], codes: Mapping[str, Problem], today: date | None
) -> tuple[Finding, ...]:
    """Return the findings, those that the blueprint accepts marked with the reason; without a day none expires."""
    valid = [
        one
        for one in blueprint.suppress
        if one.code in codes and codes[one.code].suppressible and not (today and expired(one, today))
    ]
    return tuple(_marked(finding, valid) for finding in findings) if valid else findings


def expired(suppression: Suppression, today: date) -> bool:
    """Return whether the last day of a suppression is past."""
    return suppression.until is not None and suppression.until < today


def covers(suppression: Suppression, finding: Finding) -> bool:
    """Return whether a finding has the suppression's code and stands at its place or below."""
    rest = dotted(finding.path).removeprefix(suppression.at)
    here = dotted(finding.path).startswith(suppression.at) and rest[:1] in {"", ".", "["}
    return suppression.code == finding.code and here


def _marked(finding: Finding, valid: list[Suppression]) -> Finding:
    reason = next((one.reason for one in valid if covers(one, finding)), "")
    return replace(finding, suppressed=reason) if reason else finding
