"""Nodes: numbers left out that were never in, machines that are all left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator


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


RULES: tuple[Rule[Blueprint], ...] = (NodeOutside(), NoNodes())
