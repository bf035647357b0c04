"""Which stacks have the budget of a datacenter: in each account and project, its first site's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.places import owner

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint


def has_budget(blueprint: Blueprint, name: str) -> bool:
    """Return whether the stack of a site has the budget that tells what its account or project spends."""
    if blueprint.budget is None or not blueprint.budget.alerts:
        return False
    payers = {key: owner(site) for key, site in blueprint.sites.items()}
    return name == next(key for key, one in payers.items() if one == payers[name])
