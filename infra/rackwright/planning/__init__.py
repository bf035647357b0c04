"""Blueprint -> plans: one for every site and one for every cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Site
    from rackwright.plan import Plan


def plan_datacenter(blueprint: Blueprint) -> tuple[Plan, ...]:
    """Return the plans of all stacks, each site before its clusters, in the order of the blueprint."""
    return tuple(plan for name, site in blueprint.sites.items() for plan in _plan_site(blueprint, name, site))


def _plan_site(blueprint: Blueprint, name: str, site: Site) -> tuple[Plan, ...]:
    if isinstance(site, AwsSite):
        from rackwright.planning import aws

        clusters = (aws.plan_cluster(blueprint, name, site, key, one) for key, one in site.clusters.items())
        return (aws.plan_site(blueprint, name, site), *clusters)
    from rackwright.planning import gcp

    slices = (gcp.plan_cluster(blueprint, name, site, key, one) for key, one in site.clusters.items())
    return (gcp.plan_site(blueprint, name, site), *slices)
