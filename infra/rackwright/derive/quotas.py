"""Which quotas of accounts and projects the clusters of a blueprint draw on, and how much."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rackwright.blueprint import AcceleratorCluster, Cluster, FlexStart, MachineCluster, OnDemand, Site, Spot
from rackwright.catalog import Machine, Quota, SliceType, Use, machine, quota_demand, slice_type
from rackwright.derive.choice import host
from rackwright.derive.head import head_machine
from rackwright.derive.places import owner
from rackwright.diagnostics.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class Draw:
    """What one cluster takes of a quota of its `owner` (account or project) in a region or zone (`place`)."""

    site: str
    cluster: str
    thing: Machine | SliceType
    use: Use
    quota: Quota
    owner: str
    place: str
    amount: int


@dataclass(frozen=True, slots=True)
class Need:
    """What all clusters of an account or project take of a quota in one region or zone."""

    quota: Quota
    owner: str
    place: str
    draws: tuple[Draw, ...]

    @property
    def amount(self) -> int:
        """How much it is, in the quota's unit."""
        return sum(draw.amount for draw in self.draws)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Machines or slices that a cluster has not reserved."""

    site_name: str
    site: Site
    cluster_name: str
    cluster: Cluster
    thing: Machine | SliceType
    use: Use
    count: int


def draws(blueprint: Blueprint) -> Iterator[Draw]:
    """Yield what each cluster of a settled blueprint draws; reserved machines drew when they were reserved."""
    for one in _asked(blueprint):
        demand = quota_demand(one.thing, one.use)
        if demand is not None:
            zone = one.cluster.zone or one.site.network.zones[0]
            place = zone if demand.quota.scope == "zone" else one.site.region
            whose, amount = owner(one.site), demand.amount * one.count
            yield Draw(one.site_name, one.cluster_name, one.thing, one.use, demand.quota, whose, place, amount)


def needs(blueprint: Blueprint) -> tuple[Need, ...]:
    """Return the quotas that a settled blueprint needs, by owner, place and key."""
    found: defaultdict[tuple[str, str, str], list[Draw]] = defaultdict(list)
    for draw in draws(blueprint):
        found[draw.owner, draw.place, draw.quota.key].append(draw)
    return tuple(Need(found[one][0].quota, one[0], one[1], tuple(found[one])) for one in sorted(found))


def undetermined(blueprint: Blueprint) -> tuple[str, ...]:
    """Return what a settled blueprint buys on quotas that the catalog does not know."""
    unknown = (one for one in _asked(blueprint) if quota_demand(one.thing, one.use) is None)
    return tuple(dict.fromkeys(f"{one.thing.name}, {one.use}" for one in unknown))


def _asked(blueprint: Blueprint) -> Iterator[_Asked]:
    for site_name, site in blueprint.sites.items():
        for name, cluster in site.clusters.items():
            if isinstance(cluster, AcceleratorCluster):
                continue
            thing, use = _thing(site.cloud, cluster), _use(cluster)
            if thing is not None and use is not None:
                yield _Asked(site_name, site, name, cluster, thing, use, _count(cluster))
            head = _head(site, cluster)
            if head is not None:
                yield _Asked(site_name, site, name, cluster, head, "on-demand", 1)


def _head(site: Site, cluster: Cluster) -> Machine | None:
    """Return the machine of a cluster's head, which is bought on demand; None where it has none."""
    if not isinstance(cluster, MachineCluster) or cluster.scheduler is None:
        return None
    return machine(site.cloud, head_machine(site, cluster, cluster.scheduler))


def _thing(cloud: str, cluster: Cluster) -> Machine | SliceType | None:
    return host(cloud, cluster) if isinstance(cluster, MachineCluster) else slice_type(cluster.accelerator)


def _count(cluster: Cluster) -> int:
    return cluster.nodes.left if isinstance(cluster, MachineCluster) else cluster.slices


def _use(cluster: Cluster) -> Use | None:
    match cluster.capacity:
        case OnDemand():
            return "on-demand"
        case Spot() | FlexStart():
            return "spot"
        case _:
            return None
