"""Checks over blueprints and plans: what can be known to be wrong before anything is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.rules.explain import document, explain
from rackwright.rules.registry import BLUEPRINT_RULES, CODES, PLAN_RULES
from rackwright.rules.runner import run

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint
    from rackwright.diagnostics import Finding
    from rackwright.plan import Plan

__all__ = ["BLUEPRINT_RULES", "CODES", "PLAN_RULES", "check_blueprint", "check_plans", "document", "explain"]


def check_blueprint(blueprint: Blueprint) -> tuple[Finding, ...]:
    """Return everything that rules find in a blueprint, sorted; without places in the file."""
    return run(BLUEPRINT_RULES, (blueprint,))


def check_plans(plans: tuple[Plan, ...]) -> tuple[Finding, ...]:
    """Return everything that rules find in plans, sorted; without places in the file."""
    return run(PLAN_RULES, plans)
