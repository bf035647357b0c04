"""Capacity: kinds that a cloud or a machine is not sold as, and what a placement group does to reserved machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Block, Blueprint, FlexStart, OnDemandMachines, Reservation, SpotMachines
from rackwright.catalog import limits
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.places import machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCKS = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-blocks.html"
ONLY_ON: dict[type, tuple[str, str]] = {
    Block: ("aws", "use kind: reservation, or kind: flex-start"),
    FlexStart: ("gcp", "use kind: block with a capacity block you bought, or kind: spot"),
}
"""The kinds of capacity that one cloud alone sells, and what to ask of the other."""
SOLD_AS = {"spot": "spot", "block": "capacity-block", "flex-start": "flex-start"}
"""What the catalog calls the kinds that not every machine is sold as."""


class ForeignCapacity(Rule[Blueprint]):
    """A kind of capacity of the other cloud."""

    problem = Problem(
        "CAP-E102",
        Severity.ERROR,
        "A kind of capacity that the cloud does not sell",
        "Capacity blocks are bought on AWS; machines that are queued for and run a limited time (flex-start) on GCP. A "
        "cluster reserves its own machines (`reserve`) on AWS.",
        "use1: {cloud: aws, clusters: {train: {capacity: {reservation: cr-0123456789abcdef0}}}}",
        (BLOCKS, "https://cloud.google.com/compute/docs/instances/about-flex-start-vms"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster of machines."""
        for place, cluster in machine_clusters(subject):
            only, hint = ONLY_ON.get(type(cluster.capacity), (place.at.cloud, ""))
            if only != place.at.cloud:
                message = f"{place.at.cloud.upper()} has no capacity of kind {cluster.capacity.kind}"
                yield self.problem.at((*place.path, "capacity", "kind"), message, hint)
            if place.at.cloud == "gcp" and isinstance(cluster.capacity, OnDemandMachines) and cluster.capacity.reserve:
                message = "clusters on GCP use reservations that stand already"
                hint = "make one and name it as capacity.reservation"
                yield self.problem.at((*place.path, "capacity", "reserve"), message, hint)
            if place.at.cloud == "gcp" and isinstance(cluster.capacity, Reservation) and cluster.capacity.group:
                message = "reservations of GCP are not made in a placement group"
                yield self.problem.at((*place.path, "capacity", "group"), message, "remove group")


class NotSoldThisWay(Rule[Blueprint]):
    """A machine that is not sold as spot, or not in blocks."""

    problem = Problem(
        "CAP-E103",
        Severity.ERROR,
        "The machine is not sold this way",
        "HPC machines of AWS have no spot price, and only some accelerated machines are sold in capacity blocks. A4X "
        "machines of GCP are given to reservations alone, and machines without accelerators are not queued for "
        "(flex-start), but for H4D.",
        "machine: p5.48xlarge\ncapacity: {kind: spot}",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-instances.html",
            BLOCKS,
            "https://docs.cloud.google.com/compute/docs/instances/provisioning-models",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that is not bought on demand, as far as the catalog knows how its machine is sold."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            offers = known.offers if known else ()
            sold_as = SOLD_AS.get(cluster.capacity.kind)
            here = ONLY_ON.get(type(cluster.capacity), (place.at.cloud, ""))[0] == place.at.cloud
            if here and offers and sold_as and sold_as not in offers:
                message = f"{cluster.machine} is not sold as {sold_as}"
                yield self.problem.at((*place.path, "capacity", "kind"), message, "sold: " + ", ".join(offers))


class GroupedReservation(Rule[Blueprint]):
    """Reserved machines in a placement group of the cluster's own."""

    problem = Problem(
        "CAP-W107",
        Severity.WARNING,
        "Reserved machines are put into a new placement group",
        "On AWS a reservation is made inside a placement group or outside of any, and machines in another group cannot "
        "use it: they fail to launch, or are bought on demand besides. The machines of a capacity block stand close "
        "together anyhow. On GCP a reservation takes machines of its own placement policy alone, and one made for "
        "clusters of accelerators is dense already. `placement: auto` makes no group for any of them.",
        "capacity: {reservation: cr-0123456789abcdef0, group: the-group-it-was-made-in}",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/cr-cpg.html",
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-using.html",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every cluster that asks for a placement group; NVLink domains of GCP need their policy."""
        for place, cluster in machine_clusters(subject):
            known = limits(place.at.cloud, cluster.machine)
            joined = known is not None and known.gpu_topology is not None
            if cluster.placement == "cluster" and is_reserved(cluster.capacity) and not joined:
                message = "the reservation cannot have been made in the cluster's own placement group"
                named = "; name the group the reservation was made in as capacity.group, if any"
                hint = f"leave placement out{named if place.at.cloud == 'aws' else ''}"
                yield self.problem.at((*place.path, "placement"), message, hint)


class StoppedInGroup(Rule[Blueprint]):
    """Spot machines of a group that should stop."""

    problem = Problem(
        "CAP-E108",
        Severity.ERROR,
        "Spot machines of a group cannot stop",
        "Auto Scaling replaces a machine that is taken back, and refuses templates whose spot machines stop.",
        "provision: group\ncapacity: {kind: spot}",
        ("https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-launch-template.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every group of spot machines on AWS."""
        for place, cluster in machine_clusters(subject):
            stops = isinstance(cluster.capacity, SpotMachines) and cluster.capacity.interruption == "stop"
            if stops and cluster.provision == "group" and place.at.cloud == "aws":
                path = (*place.path, "capacity", "interruption")
                yield self.problem.at(path, "spot machines of a group end when they are taken back", "remove it")


class QueuedGroup(Rule[Blueprint]):
    """Machines that are queued for, as a group."""

    problem = Problem(
        "CAP-E113",
        Severity.ERROR,
        "Machines of a group cannot be queued for",
        "A managed instance group gets queued machines by resize requests, which are made once and are over when the "
        "machines end; what the group keeps at its number would be none.",
        "provision: instances\ncapacity: {kind: flex-start, hours: 24}",
        ("https://docs.cloud.google.com/compute/docs/instance-groups/about-resize-requests-mig",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every group on Google Cloud."""
        for place, cluster in machine_clusters(subject):
            queued = isinstance(cluster.capacity, FlexStart) and place.at.cloud == "gcp"
            if queued and cluster.provision == "group":
                message = "the machines of a group are not queued for"
                yield self.problem.at((*place.path, "capacity", "kind"), message, "set provision: instances")


def is_reserved(capacity: object) -> bool:
    """Return whether capacity is a reservation or block outside of any named placement group."""
    return isinstance(capacity, Block) or (isinstance(capacity, Reservation) and capacity.group is None)


RULES: tuple[Rule[Blueprint], ...] = (
    ForeignCapacity(),
    NotSoldThisWay(),
    GroupedReservation(),
    StoppedInGroup(),
    QueuedGroup(),
)
