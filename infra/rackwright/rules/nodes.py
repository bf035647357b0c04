"""Nodes: numbers left out that were never in, machines that are all left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_INSTANCES = 300
"""A few hundred resources deploy quickly; measured with Pulumi 3.260: 1,000 take 111 s to create."""

MOST_MEMBERS = 2000
"""Machines of a zonal managed instance group whose list is read page by page."""


class NodeOutside(Rule[Blueprint]):
    """A number left out that was never in."""

    problem = Problem(
        "NODE-E101",
        Severity.ERROR,
        "A node is left out that does not exist",
        "Machines are numbered from 0 to count-1. Leaving out another number changes nothing, so something else was "
        "meant.",
        "nodes: {count: 16, without: [3]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every number left out."""
        for place, cluster in machine_clusters(subject):
            for index, number in enumerate(cluster.nodes.without):
                if number >= cluster.nodes.count:
                    path = (*place.path, "nodes", "without", index)
                    last = cluster.nodes.count - 1
                    yield self.problem.at(path, f"there is no node {number}", f"nodes are numbered 0 to {last}")


class NoNodes(Rule[Blueprint]):
    """A cluster of no machines."""

    problem = Problem(
        "NODE-E102",
        Severity.ERROR,
        "Every node is left out",
        "A cluster without a machine has nothing to validate and can never be READY. To keep a site without a "
        "cluster, remove the cluster.",
        "nodes: {count: 2, without: [1]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster."""
        for place, _ in machine_clusters(subject):
            if place.nodes == 0:
                yield self.problem.at((*place.path, "nodes", "without"), "no node is left")


class LeftOutOfGroup(Rule[Blueprint]):
    """A number left out of a group, whose machines have none."""

    problem = Problem(
        "NODE-E104",
        Severity.ERROR,
        "A node is left out of a group",
        "The cloud keeps the machines of a group at their number and replaces those that break; none of them can be "
        "named. To give a machine back, end it, and the group starts another.",
        "provision: group\nnodes: 1000",
        (
            "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html",
            "https://docs.cloud.google.com/compute/docs/instance-groups",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every group."""
        for place, cluster in machine_clusters(subject):
            if cluster.provision == "group" and cluster.nodes.without:
                hint = f"set nodes: {cluster.nodes.left}"
                yield self.problem.at((*place.path, "nodes", "without"), "nodes of a group have no numbers", hint)


class ManyInstances(Rule[Blueprint]):
    """More machines than one resource each serves well."""

    problem = Problem(
        "NODE-W105",
        Severity.WARNING,
        "Many nodes with a resource each",
        "A stack of a thousand resources takes minutes to create and a third of a minute for an update that changes "
        "nothing. From one template the cloud itself replicates any number. Changing this later replaces the cluster.",
        "provision: group\nnodes: 1000",
        (
            "https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-groups.html",
            "https://docs.cloud.google.com/compute/docs/instance-groups/create-zonal-mig",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster whose nodes are resources."""
        for place, cluster in machine_clusters(subject):
            if cluster.provision == "instances" and place.nodes > MOST_INSTANCES:
                message = f"{place.nodes} nodes are as many resources"
                yield self.problem.at((*place.path, "nodes"), message, "set provision: group")


class GroupTooLarge(Rule[Blueprint]):
    """More machines than a managed instance group takes."""

    problem = Problem(
        "NODE-E106",
        Severity.ERROR,
        "A group of more machines than Google Cloud keeps in one",
        "A managed instance group in one zone takes 1,000 machines, or 2,000 where its list of machines is read page "
        "by page, which programs ask for.",
        "provision: group\nnodes: 2000",
        ("https://docs.cloud.google.com/compute/docs/samples/compute-zonal-instance-group-manager-paginated-tag",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every group on Google Cloud."""
        for place, cluster in machine_clusters(subject):
            if place.at.cloud == "gcp" and cluster.provision == "group" and place.nodes > MOST_MEMBERS:
                message = f"a group takes no {place.nodes} machines"
                yield self.problem.at((*place.path, "nodes"), message, f"make clusters of at most {MOST_MEMBERS}")


RULES: tuple[Rule[Blueprint], ...] = (NodeOutside(), NoNodes(), LeftOutOfGroup(), ManyInstances(), GroupTooLarge())
