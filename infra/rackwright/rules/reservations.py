"""Reservations: what is no reservation, stands elsewhere, is promised twice, or has days that cannot be."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from rackwright.blueprint import Block, Blueprint, FlexStart, MachineCluster, Reservation
from rackwright.catalog import limits
from rackwright.catalog.regions import region
from rackwright.derive.places import owner
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.capacity import BLOCKS
from rackwright.rules.dated import Dated
from rackwright.rules.places import ClusterPlace, SitePlace, machine_clusters
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

Key: TypeAlias = tuple[str, str, str]
ID = r"cr-([0-9a-f]{8}|[0-9a-f]{17})"
GROUP = r"arn:aws[a-z-]*:resource-groups:(?P<region>[a-z0-9-]+):[0-9]{12}:group/[a-zA-Z0-9_.-]{1,300}"
NAME = r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
FORMS = {
    ("aws", "reservation"): (
        f"{ID}|{GROUP}",
        "cr- and 17 hexadecimal digits, as cr-0123456789abcdef0, or the ARN of a resource group of reservations",
    ),
    ("aws", "block"): (ID, "cr- and 17 hexadecimal digits, as cr-0123456789abcdef0"),
    ("gcp", "reservation"): (
        (
            rf"(?!{ID}\Z)(projects/[a-z][a-z0-9-]{{4,28}}[a-z0-9]/reservations/)?{NAME}"
            rf"(/reservationBlocks/{NAME}(/reservationSubBlocks/{NAME})?)?"
        ),
        "a reservation's name, or projects/PROJECT/reservations/NAME of the project that shares it",
    ),
}
"""How a cloud names what was reserved, by kind of capacity, and the same in words."""
LONGEST_BLOCK = 182
"""Days: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-purchase.html."""
MOST_IN_BLOCK = 64
"""Machines, by the same page."""
HOURS_A_DAY = 24
SOLD_AHEAD = 56
"""Days from its purchase within which a capacity block begins."""
ULTRASERVERS = ("p6e-",)
"""How machines are called that are sold by the UltraServer."""


class MalformedReservation(Rule[Blueprint]):
    """A reservation that is no reservation's name."""

    problem = Problem(
        "CAP-E101",
        Severity.ERROR,
        "Not a reservation",
        "AWS knows capacity reservations by id (cr-...), and groups of them by ARN; GCP by name, or by full name where "
        "another project shares it, with the block and sub-block where machines must stand in one.",
        "capacity: {reservation: cr-0123456789abcdef0}",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html",
            "https://cloud.google.com/compute/docs/instances/reservations-consume",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every reservation of a kind that the cloud has."""
        for place, _, capacity in _reserved(subject):
            form, words = FORMS.get((place.at.cloud, capacity.kind), ("(?s:.*)", ""))
            if not re.fullmatch(form, capacity.reservation):
                path = (*place.path, "capacity", "reservation")
                message = f"'{capacity.reservation}' is no {capacity.kind} of {place.at.cloud.upper()}"
                yield self.problem.at(path, message, words)


class ReservationElsewhere(Rule[Blueprint]):
    """A reservation in another zone or region than the cluster."""

    problem = Problem(
        "CAP-E104",
        Severity.ERROR,
        "A reservation stands elsewhere than the cluster",
        "Machines use a reservation in their own zone alone. Elsewhere they fail to launch, or are bought besides, "
        "while the reservation is paid for. A cluster without `zone:` stands in the first zone of its network.",
        "zone: us-east-1b\ncapacity: {reservation: cr-0123456789abcdef0, zone: us-east-1b}",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every reservation whose zone is said, and at the region in the ARN of every group."""
        for place, _, capacity in _reserved(subject):
            path = (*place.path, "capacity")
            if place.zone in place.at.site.network.zones and capacity.zone not in {None, place.zone}:
                message = f"the reservation is in {capacity.zone}, the cluster in {place.zone}"
                yield self.problem.at((*path, "zone"), message, f"set zone: {capacity.zone} for the cluster")
            group = re.fullmatch(GROUP, capacity.reservation)
            if group and group["region"] != place.at.site.region and region(place.at.cloud, place.at.site.region):
                message = f"the reservations are in {group['region']}, the site in {place.at.site.region}"
                yield self.problem.at((*path, "reservation"), message)


class Overcommitted(Rule[Blueprint]):
    """More machines than a reservation holds, in one cluster or in several."""

    problem = Problem(
        "CAP-E105",
        Severity.ERROR,
        "A reservation is promised more than once",
        "All clusters that name a reservation share its machines. Where `count:` says how many it holds, more cannot "
        "be launched into it: the last cluster stays incomplete while its first machines are paid for.",
        "nodes: 4\ncapacity: {reservation: cr-0123456789abcdef0, count: 4}",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-reservations.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Add up the machines of every reservation, and name the cluster that no longer fits."""
        held: dict[Key, int] = {}
        for place, _, capacity in _reserved(subject):
            if capacity.count is not None:
                key = _key(place.at, capacity)
                held[key] = min(capacity.count, held.get(key, capacity.count))
        taken: Counter[Key] = Counter()
        for place, _, capacity in _reserved(subject):
            key = _key(place.at, capacity)
            taken[key] += place.nodes
            if taken[key] > held.get(key, taken[key]):
                message = f"'{capacity.reservation}' holds {held[key]} machines, {taken[key]} are to use it"
                yield self.problem.at((*place.path, "nodes", "count"), message, "use fewer nodes")


class ImpossibleBlock(Rule[Blueprint]):
    """Days of a capacity block that no block has."""

    problem = Problem(
        "CAP-E106",
        Severity.ERROR,
        "The days of a capacity block cannot be",
        f"A block is bought from one day to a later one, for at most {LONGEST_BLOCK} days. It ends at 11:30 UTC of its "
        "last day, and its machines are taken back from half an hour before.",
        'capacity: {kind: block, reservation: cr-0123456789abcdef0, starts: "2027-03-01", ends: "2027-03-15"}',
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-purchase.html", BLOCKS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the days of every block."""
        for place, _, capacity in _reserved(subject):
            if not isinstance(capacity, Block):
                continue
            path, days = (*place.path, "capacity"), (day(capacity.starts), day(capacity.ends))
            for key, written, found in zip(("starts", "ends"), (capacity.starts, capacity.ends), days, strict=True):
                if found is None:
                    yield self.problem.at((*path, key), f"the calendar has no {written}")
            first, last = days
            if first and last and not 0 < (last - first).days <= LONGEST_BLOCK:
                span = (last - first).days
                message = f"the block is {span} days long" if span > 0 else "the block ends before its second day"
                yield self.problem.at((*path, "ends"), message, f"a block has 1 to {LONGEST_BLOCK} days")


class LargeBlock(Rule[Blueprint]):
    """More machines than one capacity block is sold with."""

    problem = Problem(
        "CAP-E114",
        Severity.ERROR,
        "More machines than a capacity block has",
        f"A capacity block holds at most {MOST_IN_BLOCK} machines, and each block has an id of its own. A larger fleet "
        "is several blocks, and one cluster for each of them.",
        'nodes: 64\ncapacity: {kind: block, reservation: cr-0123456789abcdef0, starts: "2027-03-01", '
        'ends: "2027-03-15"}',
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-purchase.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Add up the machines of every block; UltraServers, which are sold by other numbers, pass."""
        taken: Counter[Key] = Counter()
        for place, cluster, capacity in _reserved(subject):
            known = limits(place.at.cloud, cluster.machine)
            sold = known is not None and "capacity-block" in known.offers
            if not isinstance(capacity, Block) or not sold or cluster.machine.startswith(ULTRASERVERS):
                continue
            taken[_key(place.at, capacity)] += place.nodes
            asked = capacity.count or taken[_key(place.at, capacity)]
            if asked > MOST_IN_BLOCK:
                path = ("capacity", "count") if capacity.count else ("nodes", "count")
                message = f"no capacity block has {asked} machines"
                yield self.problem.at((*place.path, *path), message, f"at most {MOST_IN_BLOCK}")


class BlockOver(Rule[Dated]):
    """A capacity block that has ended."""

    problem = Problem(
        "CAP-E109",
        Severity.ERROR,
        "The capacity block is over",
        "Its machines were taken back on its last day, and none can be launched into it any more. Judged by "
        "`check` alone, by today or by `--now`; `compile` knows no day.",
        'capacity: {kind: block, reservation: cr-0123456789abcdef0, starts: "2027-03-01", ends: "2027-03-15"}',
        (BLOCKS,),
    )

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at the last day of every block."""
        for path, capacity, (_, last) in _blocks(subject.blueprint):
            if last and last < subject.today:
                hint = "write the days of the next block, or remove the cluster"
                yield self.problem.at((*path, "ends"), f"the block ended on {capacity.ends}", hint)


class BlockAhead(Rule[Dated]):
    """A capacity block that has not begun."""

    problem = Problem(
        "CAP-W110",
        Severity.WARNING,
        "The capacity block has not begun",
        "Until its first day machines cannot be launched into it, and deploying the cluster fails. Its program can "
        "be reviewed before; accept the finding until that day.",
        "suppress:\n  - {code: CAP-W110, at: sites.use1.clusters.train, reason: deployed in March, until: 2027-02-28}",
        (
            "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-launch-instances-capacity-blocks-walkthrough.html",
        ),
    )

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at the first day of every block."""
        for path, capacity, (first, _) in _blocks(subject.blueprint):
            if first and 0 < (first - subject.today).days <= SOLD_AHEAD:
                yield self.problem.at((*path, "starts"), f"the block begins on {capacity.starts}", "deploy it then")


class BlockFarAhead(Rule[Dated]):
    """A capacity block that begins later than one can have been bought."""

    problem = Problem(
        "CAP-W115",
        Severity.WARNING,
        "The capacity block begins later than blocks are sold",
        "EC2 sells capacity blocks that begin eight weeks from the day of purchase at most. One that begins later has "
        "not been bought: the year or the month is another one, or the id is that of another reservation.",
        'capacity: {kind: block, reservation: cr-0123456789abcdef0, starts: "2027-03-01", ends: "2027-03-15"}',
        (BLOCKS,),
    )

    def check(self, subject: Dated) -> Iterator[Finding]:
        """Look at the first day of every block."""
        for path, capacity, (first, _) in _blocks(subject.blueprint):
            if first and (days := (first - subject.today).days) > SOLD_AHEAD:
                message = f"the block begins on {capacity.starts}, in {days} days; blocks are sold {SOLD_AHEAD} before"
                yield self.problem.at((*path, "starts"), message, "compare it with the block's own start")


def day(written: str) -> date | None:
    """Return a day, None where the calendar does not have it."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def hours_of(capacity: object) -> int | None:
    """Return for how many hours machines are there; None where nothing takes them away."""
    if isinstance(capacity, FlexStart):
        return capacity.hours
    first, last = (day(capacity.starts), day(capacity.ends)) if isinstance(capacity, Block) else (None, None)
    return (last - first).days * HOURS_A_DAY if first and last and last > first else None


def _reserved(blueprint: Blueprint) -> Iterator[tuple[ClusterPlace, MachineCluster, Reservation | Block]]:
    """Yield every cluster whose machines were reserved."""
    for place, cluster in machine_clusters(blueprint):
        if isinstance(cluster.capacity, (Reservation, Block)):
            yield place, cluster, cluster.capacity


def _blocks(blueprint: Blueprint) -> Iterator[tuple[Path, Block, tuple[date | None, date | None]]]:
    """Yield every capacity block of a cloud that sells them, with its path and its days."""
    for place, _, capacity in _reserved(blueprint):
        if isinstance(capacity, Block) and place.at.cloud == "aws":
            yield (*place.path, "capacity"), capacity, (day(capacity.starts), day(capacity.ends))


def _key(at: SitePlace, capacity: Reservation | Block) -> Key:
    """Return what tells reservations apart: the cloud, the account or project, the name."""
    return at.cloud, owner(at.site), capacity.reservation


RULES: tuple[Rule[Blueprint], ...] = (
    MalformedReservation(),
    ReservationElsewhere(),
    Overcommitted(),
    ImpossibleBlock(),
    LargeBlock(),
)
DATED: tuple[Rule[Dated], ...] = (BlockOver(), BlockAhead(), BlockFarAhead())
