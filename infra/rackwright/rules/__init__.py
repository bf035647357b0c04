"""Checks over blueprints and plans: what can be known to be wrong before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.choice import settled
from rackwright.diagnostics import sort_key
from rackwright.rules.budget import Priced
from rackwright.rules.consequences import causes_alone
from rackwright.rules.dated import Dated
from rackwright.rules.filed import Filed
from rackwright.rules.locks import Locked
from rackwright.rules.registry import (
    BLUEPRINT_RULES,
    CODED_RULES,
    CODES,
    DATED_RULES,
    FILED_RULES,
    IMAGE_RULES,
    LOCK_RULES,
    OUTCOME_RULES,
    PLAN_RULES,
    PRICED_RULES,
    TOGETHER_RULES,
)
from rackwright.rules.runner import run
from rackwright.rules.weighing import Coded, Outcome, weighed

if TYPE_CHECKING:
    from datetime import date

    from rackwright.blueprint import Blueprint
    from rackwright.blueprint.lock import Lock
    from rackwright.diagnostics import Finding
    from rackwright.plan import Plan

__all__ = [
    "BLUEPRINT_RULES",
    "CODES",
    "DATED_RULES",
    "PLAN_RULES",
    "Dated",
    "check_blueprint",
    "check_cost",
    "check_folder",
    "check_lock",
    "check_outcome",
    "check_plans",
    "weigh",
]


def check_blueprint(blueprint: Blueprint, today: date | None = None) -> tuple[Finding, ...]:
    """Return everything that rules find in a blueprint, without places in the file; with a day, what is past too."""
    blueprint = settled(blueprint)
    found = causes_alone(run(BLUEPRINT_RULES, (blueprint,))) + run(CODED_RULES, (Coded(blueprint, CODES),))
    return found if today is None else found + run(DATED_RULES, (Dated(blueprint, today),))


def check_lock(blueprint: Blueprint, lock: Lock | None) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what rules find of a blueprint's images and of their lock: what stands in the one, what in the other."""
    subjects = (Locked(settled(blueprint), lock),)
    return run(IMAGE_RULES, subjects), run(LOCK_RULES, subjects)


def check_plans(plans: tuple[Plan, ...]) -> tuple[Finding, ...]:
    """Return everything that rules find in plans, sorted; without places in the file."""
    return tuple(sorted((*run(PLAN_RULES, plans), *run(TOGETHER_RULES, (plans,))), key=sort_key))


def check_cost(blueprint: Blueprint, plans: tuple[Plan, ...]) -> tuple[Finding, ...]:
    """Return what is wrong with a blueprint in view of what its plans cost and draw."""
    return run(PRICED_RULES, (Priced(blueprint, plans),))


def check_folder(blueprint: Blueprint, folder: str) -> tuple[Finding, ...]:
    """Return what is wrong with the folder below stacks/ that a blueprint stands in."""
    return run(FILED_RULES, (Filed(blueprint, folder),))


def weigh(blueprint: Blueprint, findings: tuple[Finding, ...], today: date | None = None) -> tuple[Finding, ...]:
    """Return findings as the owners of the blueprint weigh them: by profile and policy; accepted ones are marked."""
    return weighed(Coded(blueprint, CODES), findings, today)


def check_outcome(blueprint: Blueprint, findings: tuple[Finding, ...], today: date) -> tuple[Finding, ...]:
    """Return what is wrong with a blueprint in view of all its weighed findings."""
    return run(OUTCOME_RULES, (Outcome(blueprint, findings, today),))
