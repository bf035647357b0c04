"""Which stacks have the budget of a datacenter: in each account and project, its first site's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Site


def has_budget(blueprint: Blueprint, name: str) -> bool:
    """Return whether the stack of a site has the budget that tells what its account or project spends."""
    if blueprint.budget is None or not blueprint.budget.alerts:
        return False
    payers = {key: payer(site) for key, site in blueprint.sites.items()}
    return name == next(key for key, one in payers.items() if one == payers[name])


def payer(site: Site) -> str:
    """Return the account or the project of a site."""
    return site.account if isinstance(site, AwsSite) else site.project
