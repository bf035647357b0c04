"""Access and identity: doors that are open to everyone, accounts that are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsAccess, AwsSite, Blueprint, ExistingVpc
from rackwright.catalog import machine
from rackwright.derive.bastion import bastion_machine
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.network import NOBODYS, PRIVATE
from rackwright.rules.places import block, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from ipaddress import IPv4Network

MOST_RULES = 60
"""Inbound rules that a security group of AWS takes until the quota is raised."""
PREFIX_OF_PRIVATE = 8
WIDEST = 16
"""A public block with a shorter prefix holds more than 65,536 strangers."""
OPEN = {"direct": "direct access", "bastion": "a bastion"}
"""Kinds of access that open a port, in words."""
PLACEHOLDERS = frozenset(
    {
        *("000000000000", "123456789012"),
        *("your-project", "your-project-id", "your-gcp-project", "your-gcp-project-id"),
        *("my-project", "my-project-id", "my-gcp-project", "project-id", "gcp-project-id", "example-project"),
    }
)


class OpenToTheWorld(Rule[Blueprint]):
    """SSH for everybody."""

    problem = Problem(
        "ACC-E101",
        Severity.ERROR,
        "Access is open to the world",
        "SSH from 0.0.0.0/0, or from a public block wider than /16, is found and tried within minutes. Name the "
        "networks your people come from, or use sessions that need no open port.",
        "access: {kind: direct, allow_from: [203.0.113.0/24]}",
        (
            "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13",
            "https://cloud.google.com/iap/docs/using-tcp-forwarding",
        ),
        policy=True,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every block that may come in."""
        for at in sites(subject):
            for index, text in enumerate(at.site.access.allow_from):
                network = block(text)
                private = network is not None and any(network.subnet_of(one) for one in PRIVATE)
                if network is not None and network.prefixlen < WIDEST and not private:
                    who = "everyone" if network.prefixlen == 0 else f"{network.num_addresses:,} public addresses"
                    path = (*at.path, "access", "allow_from", index)
                    yield self.problem.at(path, f"{text} lets {who} try to log in", "name the networks you come from")


class NobodyAllowed(Rule[Blueprint]):
    """Direct access, or a bastion, from nowhere."""

    problem = Problem(
        "ACC-E102",
        Severity.ERROR,
        "Access from nowhere",
        "`kind: direct` and `kind: bastion` open SSH to the networks in `allow_from` only. Without any, nobody gets "
        "in, neither people nor the configuration that follows.",
        "access: {kind: direct, allow_from: [10.0.0.0/16]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site with an open port."""
        for at in sites(subject):
            access = at.site.access
            if access.kind in OPEN and not access.allow_from:
                message = f"{OPEN[access.kind]} needs allow_from"
                yield self.problem.at((*at.path, "access", "kind"), message, "add allow_from")


class UnusedDoor(Rule[Blueprint]):
    """Networks that may come in, where nothing is open."""

    problem = Problem(
        "ACC-W103",
        Severity.WARNING,
        "Allowed networks without an open door",
        "With `kind: ssm`, `instance-connect` or `iap` no port is open, so `allow_from` has no effect.",
        "access: {kind: direct, allow_from: [10.0.0.0/16]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site without an open port."""
        for at in sites(subject):
            access = at.site.access
            if access.kind not in OPEN and access.allow_from:
                message = f"allow_from has no effect with kind {access.kind}"
                path = (*at.path, "access", "allow_from")
                yield self.problem.at(path, message, "set kind: bastion or direct, or remove it")


class NoBastion(Rule[Blueprint]):
    """Settings of a bastion, where none is made or where they have no effect."""

    problem = Problem(
        "ACC-W104",
        Severity.WARNING,
        "Settings of a bastion that have no effect",
        "`machine`, `image` and `subnet` are the bastion's, which is made with `kind: bastion` alone. The subnet is "
        "made too, unless the VPC stands already.",
        "access: {kind: bastion, allow_from: [203.0.113.0/24], machine: t4g.small}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site whose access says something of a bastion."""
        for at in sites(subject):
            access = at.site.access
            for key in ("machine", "image", "subnet"):
                made = access.kind == "bastion" and (key != "subnet" or at.site.network.existing)
                if getattr(access, key, None) and not made:
                    why = f"with kind {access.kind}" if access.kind != "bastion" else "where the VPC is made here"
                    yield self.problem.at((*at.path, "access", key), f"{key} has no effect {why}", "remove it")


class NoPublicSubnet(Rule[Blueprint]):
    """A bastion in a VPC that stands already, nobody knows in which subnet."""

    problem = Problem(
        "ACC-E105",
        Severity.ERROR,
        "A bastion without a public subnet",
        "In a VPC that stands already nothing is made but hosts. A bastion needs a subnet whose route leads to an "
        "internet gateway, and `existing` names private ones.",
        "access: {kind: bastion, allow_from: [203.0.113.0/24], subnet: subnet-0123456789abcdef1}",
        ("https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bastion in a VPC that stands already."""
        for at in sites(subject):
            access, existing = at.site.access, at.site.network.existing
            if not isinstance(access, AwsAccess) or not isinstance(existing, ExistingVpc) or access.kind != "bastion":
                continue
            private = {one.id: zone for zone, one in existing.subnets.items()}
            if access.subnet is None:
                message = "a bastion in a VPC that stands already needs the public subnet to stand in"
                yield self.problem.at((*at.path, "access", "kind"), message, "add subnet: subnet-...")
            elif access.subnet in private:
                message = f"{access.subnet} is the private subnet of {private[access.subnet]}"
                yield self.problem.at((*at.path, "access", "subnet"), message, "name a public one")


class SecondEndpoint(Rule[Blueprint]):
    """Two EC2 Instance Connect Endpoints in one VPC."""

    problem = Problem(
        "ACC-E106",
        Severity.ERROR,
        "A second Instance Connect Endpoint in one VPC",
        "A VPC has one EC2 Instance Connect Endpoint. Each site with `kind: instance-connect` makes one of its own, so "
        "two sites in the same VPC cannot both.",
        "access: {kind: instance-connect}",
        ("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/connect-with-ec2-instance-connect-endpoint.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every such site in a VPC that stands already, and name the later one."""
        taken: dict[str, str] = {}
        for at in sites(subject):
            existing = at.site.network.existing
            if not isinstance(existing, ExistingVpc) or at.site.access.kind != "instance-connect":
                continue
            first = taken.setdefault(existing.vpc, at.name)
            if first != at.name:
                message = f"{existing.vpc} has the endpoint of site '{first}' already"
                yield self.problem.at((*at.path, "access", "kind"), message, "choose another kind for one of them")


class Placeholder(Rule[Blueprint]):
    """An account that stands in examples."""

    problem = Problem(
        "ID-W101",
        Severity.WARNING,
        "The account is a placeholder",
        "Programs refuse to run in any account but this one, so nothing can be deployed until the real one stands "
        "here. A rehearsal works without it.",
        'account: "210987654321"',
        ("https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site."""
        for at in sites(subject):
            key, value = ("account", at.site.account) if isinstance(at.site, AwsSite) else ("project", at.site.project)
            if value in PLACEHOLDERS:
                yield self.problem.at((*at.path, key), f"{key} {value} is a placeholder", f"write your own {key}")


class AllowedTwice(Rule[Blueprint]):
    """A network that may come in already."""

    problem = Problem(
        "ACC-W111",
        Severity.WARNING,
        "A network is allowed twice",
        "It is another one of the list, or a part of it. Whoever removes it later believes to have closed a door.",
        "access: {kind: direct, allow_from: [10.0.0.0/8, 203.0.113.0/24]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare each network with all others of its site; of two equal ones the second is found."""
        for at in sites(subject):
            read = [block(text) for text in at.site.access.allow_from]
            for index, one in enumerate(read):
                others = [other for number, other in enumerate(read) if other and (other != one or number < index)]
                around = next((other for other in others if one and _holds(other, one)), None)
                if around is not None:
                    message = f"{one} is in {around}" if one != around else f"{one} stands here already"
                    yield self.problem.at((*at.path, "access", "allow_from", index), message, "remove it")


class ManyAllowed(Rule[Blueprint]):
    """More networks than a security group takes without a raised quota."""

    problem = Problem(
        "ACC-W112",
        Severity.WARNING,
        "More networks than a security group takes by default",
        "A security group of AWS takes 60 inbound rules until the account's quota is raised; each allowed network is "
        "one. Larger networks, or sessions that need no open port, need fewer.",
        "access: {kind: direct, allow_from: [203.0.113.0/24]}",
        ("https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Count the allowed networks of every site on AWS."""
        for at in sites(subject):
            count = len(set(at.site.access.allow_from))
            if at.cloud == "aws" and at.site.access.kind in OPEN and count > MOST_RULES:
                path = (*at.path, "access", "allow_from")
                yield self.problem.at(path, f"{count} networks are as many rules", f"at most {MOST_RULES}")


class NobodysNetwork(Rule[Blueprint]):
    """An allowed network that nobody comes from."""

    problem = Problem(
        "ACC-W113",
        Severity.WARNING,
        "Nobody comes from an allowed network",
        "Loopback, link-local, multicast and the block of 0.0.0.0 are never where a connection comes from, so that the "
        "rule lets nobody in. 127.0.0.1 is every machine's own address.",
        "access: {kind: bastion, allow_from: [203.0.113.0/24]}",
        ("https://www.rfc-editor.org/rfc/rfc6890",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every allowed network that is not found for its size."""
        for at in sites(subject):
            for index, text in enumerate(at.site.access.allow_from):
                network = block(text)
                if network and network.prefixlen >= WIDEST and any(network.subnet_of(one) for one in NOBODYS):
                    path = (*at.path, "access", "allow_from", index)
                    yield self.problem.at(path, f"nobody comes from {text}", "name the networks you come from")


class LargeBastion(Rule[Blueprint]):
    """A bastion with accelerators."""

    problem = Problem(
        "ACC-W114",
        Severity.WARNING,
        "A bastion with accelerators",
        "A bastion passes SSH on and runs nothing, so that its accelerators are paid for and idle.",
        "access: {kind: bastion, allow_from: [203.0.113.0/24], machine: t4g.micro}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every bastion whose machine the catalog knows."""
        for at in sites(subject):
            known = machine(at.cloud, bastion_machine(at.site)) if at.site.access.kind == "bastion" else None
            if known and known.accelerators:
                message = f"{known.name} has {known.accelerators} x {known.accelerator}, and nothing runs on a bastion"
                yield self.problem.at((*at.path, "access", "machine"), message, "take a machine without")


def _holds(network: IPv4Network, one: IPv4Network) -> bool:
    """Return whether a network that is not found for its size holds another one."""
    return network.prefixlen >= PREFIX_OF_PRIVATE and one.subnet_of(network)


RULES: tuple[Rule[Blueprint], ...] = (
    OpenToTheWorld(),
    NobodyAllowed(),
    UnusedDoor(),
    NoBastion(),
    NoPublicSubnet(),
    SecondEndpoint(),
    Placeholder(),
    AllowedTwice(),
    ManyAllowed(),
    NobodysNetwork(),
    LargeBastion(),
)
