"""What the industry of a blueprint demands of its networks and data; without a profile nothing is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.rules.demands import REFERENCES, demands
from rackwright.rules.network import PRIVATE
from rackwright.rules.places import block, is_audited, sites, storages
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class Wrong:
    """A value that a profile does not accept: of a key, in things of one kind (network, object, file)."""

    kind: str
    key: str
    value: Any
    instead: str


class ProfileRule(Rule["Blueprint"]):
    """Values that a profile does not accept, named by rows of data."""

    rows: ClassVar[tuple[Wrong, ...]]

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every network and storage, where the profile demands something of it."""
        demand = demands(subject.profile).get(self.problem.code)
        for kind, path, thing in _things(subject) if demand else ():
            for row in self.rows:
                if row.kind == kind and getattr(thing, row.key) == row.value:
                    shown = str(row.value).lower()
                    message = f"{row.key}: {shown} is not accepted in {subject.profile}: {demand.why if demand else ''}"
                    yield self.problem.at((*path, row.key), message, row.instead)


class Unrecorded(ProfileRule):
    """Connections that nobody could look up."""

    problem = Problem(
        "PROF-E101",
        Severity.ERROR,
        "Connections are not recorded",
        "Without flow logs nobody can say afterwards who reached what. Profiles healthcare, finance and manufacturing "
        "demand them.",
        "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], flow_logs: true}",
        REFERENCES,
        policy=True,
    )
    rows = (Wrong("network", "flow_logs", value=False, instead="remove it, or set flow_logs: true"),)


class Unversioned(ProfileRule):
    """Data that a mistake overwrites for good."""

    problem = Problem(
        "PROF-E102",
        Severity.ERROR,
        "Earlier versions of data are not kept",
        "What is overwritten or deleted by mistake is gone, and the data that a model was trained on cannot be named. "
        "Profiles healthcare, finance and autonomous-driving demand versions. Encryption at rest needs no profile: "
        "everything is (PLAN-E104).",
        "datasets: {kind: object, versioned: true}",
        REFERENCES,
        policy=True,
    )
    rows = (Wrong("object", "versioned", value=False, instead="remove it, or set versioned: true"),)


class Undefended(ProfileRule):
    """Data that goes away with its stack."""

    problem = Problem(
        "PROF-E103",
        Severity.ERROR,
        "Data is deleted with its stack",
        "`deletion: delete` removes a bucket or file system with everything in it when the stack is destroyed. "
        "Profiles healthcare, finance and autonomous-driving demand that data stays.",
        "datasets: {kind: object, deletion: protect}",
        REFERENCES,
        policy=True,
    )
    rows = (
        Wrong("object", "deletion", value="delete", instead="set deletion: protect, or retain"),
        Wrong("file", "deletion", value="delete", instead="set deletion: protect, or retain"),
    )


class Public(Rule["Blueprint"]):
    """Public networks whose people may log in."""

    problem = Problem(
        "PROF-E104",
        Severity.ERROR,
        "Hosts are reached from public networks",
        "Addresses of the internet say little about who uses them. Profiles healthcare, finance and manufacturing "
        "demand sessions without open ports, or private networks.",
        "access: {kind: ssm}",
        REFERENCES,
        policy=True,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every block that may come in, where the profile demands it."""
        demand = demands(subject.profile).get(self.problem.code)
        for at in sites(subject) if demand else ():
            for index, text in enumerate(at.site.access.allow_from):
                network = block(text)
                if demand and network is not None and not any(network.subnet_of(one) for one in PRIVATE):
                    path = (*at.path, "access", "allow_from", index)
                    message = f"{text} is public, which is not accepted in {subject.profile}: {demand.why}"
                    yield self.problem.at(path, message, "use sessions or tunnels, or a private network")


class Unaudited(Rule["Blueprint"]):
    """Data of which nobody knows who read it."""

    problem = Problem(
        "PROF-E105",
        Severity.ERROR,
        "Access to data is not recorded",
        "Without records of access nobody can say afterwards who read or changed an object. Profiles healthcare and "
        "finance demand them of sites with buckets: CloudTrail on AWS, data access audit logs on Google Cloud.",
        "security: {audit: data-access}",
        REFERENCES,
        policy=True,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site with buckets, where the profile demands it."""
        demand = demands(subject.profile).get(self.problem.code)
        for at in sites(subject) if demand else ():
            buckets = any(one.kind == "object" for one in at.site.storage.values())
            if demand and buckets and not is_audited(at):
                message = f"nobody records who reads objects, which is not accepted in {subject.profile}: {demand.why}"
                yield self.problem.at(at.path, message, "say security: {audit: data-access}", of_key=True)


def _things(blueprint: Blueprint) -> Iterator[tuple[str, Path, Any]]:
    for at in sites(blueprint):
        yield "network", (*at.path, "network"), at.site.network
    for stored in storages(blueprint):
        yield stored.storage.kind, stored.path, stored.storage


RULES: tuple[Rule[Blueprint], ...] = (Unrecorded(), Unversioned(), Undefended(), Public(), Unaudited())
