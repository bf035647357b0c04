"""Access and identity: doors that are open to everyone, accounts that are nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import AwsSite, Blueprint
from rackwright.diagnostics import Finding, Problem, Severity
from rackwright.rules.network import PRIVATE
from rackwright.rules.places import block, sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDEST = 16
"""A public block with a shorter prefix holds more than 65,536 strangers."""
PLACEHOLDERS = frozenset(
    {"000000000000", "123456789012", "your-project", "your-project-id", "my-project", "project-id"}
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
    """Direct access from nowhere."""

    problem = Problem(
        "ACC-E102",
        Severity.ERROR,
        "Direct access from nowhere",
        "`kind: direct` opens SSH to the networks in `allow_from` only. Without any, nobody gets in, neither people "
        "nor the configuration that follows.",
        "access: {kind: direct, allow_from: [10.0.0.0/16]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site with direct access."""
        for at in sites(subject):
            access = at.site.access
            if access.kind == "direct" and not access.allow_from:
                yield self.problem.at((*at.path, "access", "kind"), "direct access needs allow_from", "add allow_from")


class UnusedDoor(Rule[Blueprint]):
    """Networks that may come in, where nothing is open."""

    problem = Problem(
        "ACC-W103",
        Severity.WARNING,
        "Allowed networks without an open door",
        "With `kind: ssm` or `kind: iap` no port is open, so `allow_from` has no effect.",
        "access: {kind: direct, allow_from: [10.0.0.0/16]}",
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site without direct access."""
        for at in sites(subject):
            access = at.site.access
            if access.kind != "direct" and access.allow_from:
                message = f"allow_from has no effect with kind {access.kind}"
                yield self.problem.at((*at.path, "access", "allow_from"), message, "set kind: direct, or remove it")


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


RULES: tuple[Rule[Blueprint], ...] = (OpenToTheWorld(), NobodyAllowed(), UnusedDoor(), Placeholder())
