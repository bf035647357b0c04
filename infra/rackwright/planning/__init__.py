"""Blueprint -> plans: one for every site, one for every cluster and one for every link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AcceleratorCluster, AwsSite
from rackwright.derive.choice import settled
from rackwright.derive.images import UNLOCKED

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Link, Site
    from rackwright.derive.images import Ids
    from rackwright.plan import Plan


def plan_datacenter(blueprint: Blueprint, ids: Ids = UNLOCKED) -> tuple[Plan, ...]:
    """Return the plans of all stacks in the order of the blueprint: each site before its clusters, then links.

    Nodes start from the images in `ids`; other aliases are looked up when a stack is created.
    """
    chosen = settled(blueprint)
    plans = _plans(chosen, ids)
    if not _renames(chosen):
        return plans
    from rackwright.planning.renames import carried, named_before

    before = named_before(chosen)
    return tuple(carried(new, old) for new, old in zip(plans, _plans(before, ids), strict=True))


def _renames(blueprint: Blueprint) -> bool:
    sites = blueprint.sites.values()
    parts = (one for site in sites for one in (*site.storage.values(), *site.clusters.values()))
    return any(getattr(one, "renamed_from", None) for one in (blueprint, *sites, *blueprint.links.values(), *parts))


def _plans(blueprint: Blueprint, ids: Ids) -> tuple[Plan, ...]:
    found = (plan for name, site in blueprint.sites.items() for plan in _plan_site(blueprint, name, site, ids))
    return (*found, *(_plan_link(blueprint, name, link) for name, link in blueprint.links.items()))


def _plan_link(blueprint: Blueprint, name: str, link: Link) -> Plan:
    if isinstance(blueprint.sites[link.between[0]], AwsSite):
        from rackwright.planning.aws import peering

        return peering.plan_link(blueprint, name, link)
    from rackwright.planning.gcp import peering as network_peering

    return network_peering.plan_link(blueprint, name, link)


def _plan_site(blueprint: Blueprint, name: str, site: Site, ids: Ids) -> tuple[Plan, ...]:
    if isinstance(site, AwsSite):
        from rackwright.planning import aws

        machines = ((key, one) for key, one in site.clusters.items() if not isinstance(one, AcceleratorCluster))
        clusters = (aws.plan_cluster(blueprint, name, site, key, one, ids) for key, one in machines)
        return (aws.plan_site(blueprint, name, site, ids), *clusters)
    from rackwright.planning import gcp

    chosen = ((key, one) for key, one in site.clusters.items() if not isinstance(one, AcceleratorCluster))
    slices = (gcp.plan_cluster(blueprint, name, site, key, one, ids) for key, one in chosen)
    return (gcp.plan_site(blueprint, name, site, ids), *slices)
