"""Capacity and nodes: reservations that cannot be meant, machines that are all left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, Reservation
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

RESERVATIONS = {
    "aws": (re.compile(r"cr-([0-9a-f]{8}|[0-9a-f]{17})"), "cr- and 17 hexadecimal digits, as cr-0123456789abcdef0"),
    "gcp": (
        re.compile(r"(projects/[a-z][a-z0-9-]{4,28}[a-z0-9]/reservations/)?[a-z]([a-z0-9-]{0,61}[a-z0-9])?"),
        "a reservation's name, or projects/PROJECT/reservations/NAME of the project that shares it",
    ),
}


class MalformedReservation(Rule[Blueprint]):
    """A reservation that is no reservation's name."""

    problem = Problem(
        "CAP-E101",
        Severity.ERROR,
        "Not a reservation",
        "AWS knows capacity reservations by id (cr-...), GCP by name, or by full name where another project shares it.",
        "capacity: {reservation: cr-0123456789abcdef0}",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html",
            "https://cloud.google.com/compute/docs/instances/reservations-consume",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every reservation."""
        for place, cluster in machine_clusters(subject):
            if isinstance(cluster.capacity, Reservation):
                form, words = RESERVATIONS[place.at.cloud]
                name = cluster.capacity.reservation
                if not form.fullmatch(name):
                    path = (*place.path, "capacity", "reservation")
                    yield self.problem.at(path, f"'{name}' is no reservation of {place.at.cloud.upper()}", words)


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


RULES: tuple[Rule[Blueprint], ...] = (MalformedReservation(), NodeOutside(), NoNodes())
