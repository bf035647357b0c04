"""Blueprint -> plans: one for every site, one for every cluster and one for every link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AcceleratorCluster, AwsSite, Vpn
from rackwright.derive.choice import settled
from rackwright.derive.images import UNLOCKED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint, Link, Site
    from rackwright.blueprint.model import Overrides
    from rackwright.derive.images import Ids
    from rackwright.diagnostics import Path
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
    of_sites = (plan for name, site in blueprint.sites.items() for plan in _plan_site(blueprint, name, site, ids))
    plans = (*of_sites, *(_plan_link(blueprint, name, link) for name, link in blueprint.links.items()))
    said = dict(pair for name, site in blueprint.sites.items() for pair in _overrides(blueprint, name, site))
    if not said:
        return plans
    from rackwright.planning.overrides import with_overrides

    return tuple(with_overrides(plan, *said[plan.stack]) if plan.stack in said else plan for plan in plans)


def _overrides(blueprint: Blueprint, name: str, site: Site) -> Iterator[tuple[str, tuple[Overrides, Path]]]:
    """Yield what a site and its clusters override: stack, roles with arguments, where that stands."""
    stack, path = f"{blueprint.name}.{name}", ("sites", name)
    if site.overrides:
        yield stack, (site.overrides, path)
    for key, cluster in site.clusters.items():
        if cluster.overrides:
            yield f"{stack}.{key}", (cluster.overrides, (*path, "clusters", key))


def _plan_link(blueprint: Blueprint, name: str, link: Link) -> Plan:
    if isinstance(link, Vpn):
        from rackwright.planning import vpn

        return vpn.plan_link(blueprint, name, link)
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
