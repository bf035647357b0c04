"""Accelerators asked for: nobody sells them, several machines have them, they do not fill machines, or do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AcceleratorCluster, Blueprint
from rackwright.catalog import attachables, machine, machines
from rackwright.derive.choice import choices
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.meant import accelerator_meant
from rackwright.rules.places import SitePlace, machine_clusters, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import Machine

FIX = "accelerator: {type: H100, count: 128}"


class UnsoldAccelerator(Rule[Blueprint]):
    """An accelerator that no machine of the site has."""

    problem = Problem(
        "MACH-E121",
        Severity.ERROR,
        "No machine has the accelerators",
        "The machine follows from the accelerator: one that the site's cloud sells in the site's region, with no more "
        "accelerators than are asked for.",
        FIX,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that asks for accelerators."""
        for at, path, cluster in _asking(subject):
            if choices(at.site, cluster):
                continue
            wanted, cloud = cluster.accelerator, at.cloud.upper()
            whole = [one for one in machines(at.cloud) if one.accelerator and one.accelerator_share == 1]
            having = [one for one in whole if one.accelerator == wanted.type]
            if not having:
                known = {one.accelerator for one in whole if one.accelerator}
                message = f"{cloud} has no machine with accelerators of type '{wanted.type}'"
                yield self.problem.at((*path, "type"), message, accelerator_meant(wanted.type, known))
            elif wanted.count < (least := min(one.accelerators for one in having)):
                message = f"machines with {wanted.type} have at least {least} of them"
                yield self.problem.at((*path, "count"), message, f"set count: {least}")
            else:
                message = f"{cloud} is not known to sell {wanted.type} in {at.site.region}"
                yield self.problem.at((*path, "type"), message, "take another region, or name the machine")


class AmbiguousAccelerator(Rule[Blueprint]):
    """Accelerators that several machines have."""

    problem = Problem(
        "MACH-E122",
        Severity.ERROR,
        "Several machines have the accelerators",
        "The machine with most accelerators is chosen. Machines that have equally many differ in vCPUs, memory, "
        "network and price; which one is wanted is yours to say.",
        "machine: p5en.48xlarge\nnodes: 16",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that asks for accelerators."""
        for at, path, cluster in _asking(subject):
            found = choices(at.site, cluster)
            if len(found) > 1:
                message = f"{len(found)} machines have {found[0].accelerators} x {cluster.accelerator.type}"
                names = ", ".join(one.name for one in found)
                nodes = -(-cluster.accelerator.count // found[0].accelerators)
                yield self.problem.at(path, message, f"write machine: and nodes: {nodes}, with one of {names}")


class UnevenAccelerators(Rule[Blueprint]):
    """A number of accelerators that leaves a machine half empty."""

    problem = Problem(
        "MACH-E123",
        Severity.ERROR,
        "The accelerators do not fill whole machines",
        "Accelerators are sold in machines; their number is a multiple of what one machine has.",
        FIX,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that asks for accelerators."""
        for at, path, cluster in _asking(subject):
            found, count = choices(at.site, cluster), cluster.accelerator.count
            if len(found) == 1 and count % found[0].accelerators:
                each = found[0].accelerators
                below = count // each * each
                message = f"{found[0].name} has {each} x {cluster.accelerator.type}, {count} is not a multiple"
                yield self.problem.at((*path, "count"), message, f"set count: {below} or {below + each}")


class Unattachable(Rule[Blueprint]):
    """Accelerators that a machine does not take."""

    problem = Problem(
        "MACH-E124",
        Severity.ERROR,
        "The machine does not take these accelerators",
        "N1 machines of Google Cloud take T4, V100, P100 or P4, in some numbers, and each number of them goes with so "
        "many vCPUs and so much memory at most. All other machines have the accelerators that their type says.",
        "machine: n1-standard-8\nattached: {type: T4, count: 1}",
        ("https://cloud.google.com/compute/docs/gpus",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster whose machines get accelerators."""
        for place, cluster in machine_clusters(subject):
            found, asked = machine(place.at.cloud, cluster.machine), cluster.attached
            if found is not None and asked is not None:
                for at, message, hint in _misfits(found, asked.type, asked.count):
                    yield self.problem.at((*place.path, "attached", *at), message, hint, of_key=not at)


def _misfits(host: Machine, accelerator: str, count: int) -> Iterator[tuple[Path, str, str]]:
    """Yield why a machine does not take accelerators: at which key of them, and what to do."""
    known = attachables(host.cloud, host.family)
    alike = [one for one in known if one.accelerator == accelerator]
    fitting = [
        one for one in alike if (host.vcpus or 0) <= one.most_vcpus and (host.memory_gib or 0) <= one.most_memory_gib
    ]
    counts = " or ".join(str(one.count) for one in fitting) or "none"
    if not known:
        yield (), f"accelerators cannot be attached to {host.name}", "remove attached"
    elif not alike:
        message = f"{host.name} takes no accelerators of type '{accelerator}'"
        yield ("type",), message, accelerator_meant(accelerator, (one.accelerator for one in known))
    elif count not in {one.count for one in fitting}:
        yield ("count",), f"{host.name} does not take {count} x {accelerator}", f"it takes {counts}"


def _asking(blueprint: Blueprint) -> Iterator[tuple[SitePlace, Path, AcceleratorCluster]]:
    """Yield every cluster whose machine could not be chosen, with the path of its accelerators."""
    for at in sites(blueprint):
        for name, cluster in at.site.clusters.items():
            if isinstance(cluster, AcceleratorCluster):
                yield at, (*at.path, "clusters", name, "accelerator"), cluster


RULES: tuple[Rule[Blueprint], ...] = (UnsoldAccelerator(), AmbiguousAccelerator(), UnevenAccelerators(), Unattachable())
