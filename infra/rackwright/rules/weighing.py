"""How the owners of a blueprint weigh what is found in it: profile, policy, suppressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from rackwright.blueprint import Blueprint, Suppression
from rackwright.diagnostics import Finding, Problem, Severity, dotted
from rackwright.rules.demands import demands

HEAVIEST = tuple(Severity)
"""Severities, the heaviest first."""


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


def weighed(subject: Coded, findings: tuple[Finding, ...], today: date | None) -> tuple[Finding, ...]:
    """Return findings with the severity they have in this blueprint, those that it accepts marked with the reason.

    Without a day no suppression expires.
    """
    weights = severities(subject)
    valid = [
        one
        for one in subject.blueprint.suppress
        if one.code in subject.codes and subject.codes[one.code].suppressible and not (today and expired(one, today))
    ]
    return tuple(_marked(replace(one, severity=weights.get(one.code, one.severity)), valid) for one in findings)


def severities(subject: Coded) -> dict[str, Severity]:
    """Return the severity of every code that profile or policy change."""
    demanded = {code: one.severity for code, one in demands(subject.blueprint.profile).items()}
    asked = {code: Severity(word) for code, word in subject.blueprint.policy.severity.items() if code in subject.codes}
    return demanded | {code: one for code, one in asked.items() if not lighter(one, floor(subject, code))}


def floor(subject: Coded, code: str) -> Severity:
    """Return the lightest severity that a policy may give to a code."""
    demand = demands(subject.blueprint.profile).get(code)
    if demand is not None:
        return demand.severity
    return Severity.NOTE if subject.codes[code].suppressible else subject.codes[code].severity


def lighter(one: Severity, other: Severity) -> bool:
    """Return whether one severity weighs less than another."""
    return HEAVIEST.index(one) > HEAVIEST.index(other)


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
