"""Which machines an accelerator and a number of it stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AcceleratorCluster, MachineCluster, Nodes
from rackwright.catalog import attached, machine, machines, offered_in

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, Site
    from rackwright.catalog import Machine


def choices(site: Site, cluster: AcceleratorCluster) -> tuple[Machine, ...]:
    """Return the machines that come into question: sold in the region, with as many accelerators as `count` fills.

    Where there are several, they differ in vCPUs, memory or network, and which one is wanted is not known.
    """
    wanted = cluster.accelerator
    fitting = [
        one
        for one in machines(site.cloud)
        if one.accelerator == wanted.type
        and one.accelerator_share == 1
        and one.accelerators <= wanted.count
        and offered_in(site.cloud, one.name, site.region) is not False
    ]
    most = max((one.accelerators for one in fitting), default=0)
    return tuple(one for one in fitting if one.accelerators == most)


def settled(blueprint: Blueprint) -> Blueprint:
    """Return a blueprint in which accelerators are machines, wherever exactly one machine comes into question."""
    sites = {name: _settled(site) for name, site in blueprint.sites.items()}
    return blueprint.model_copy(update={"sites": sites})


def _settled(site: Site) -> Site:
    clusters = {
        name: _chosen(site, cluster) if isinstance(cluster, AcceleratorCluster) else cluster
        for name, cluster in site.clusters.items()
    }
    return site.model_copy(update={"clusters": clusters})


def _chosen(site: Site, cluster: AcceleratorCluster) -> AcceleratorCluster | MachineCluster:
    found = choices(site, cluster)
    if len(found) != 1 or cluster.accelerator.count % found[0].accelerators:
        return cluster
    shared = {name: getattr(cluster, name) for name in type(cluster).model_fields if name != "accelerator"}
    nodes = Nodes(count=cluster.accelerator.count // found[0].accelerators)
    return MachineCluster.model_construct(**shared, machine=found[0].name, nodes=nodes)


def host(cloud: str, cluster: MachineCluster) -> Machine | None:
    """Return the machine of a cluster as the catalog knows it, with the accelerators that are attached to it."""
    found = machine(cloud, cluster.machine)
    asked = cluster.attached
    return attached(found, asked.type, asked.count) or found if found and asked else found
