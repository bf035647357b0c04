"""Links between sites: ends that are none, networks that cannot be peered, ways that lead no further."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, Link, Vpn
from rackwright.derive.links import asn_of
from rackwright.diagnostics import Finding, Path, Problem, Severity, suggest
from rackwright.diagnostics.record import dataclass
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

AWS_PEERING = "https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html"
GCP_PEERING = "https://cloud.google.com/vpc/docs/vpc-peering"
HA_VPN = "https://cloud.google.com/network-connectivity/docs/vpn/how-to/connect-ha-vpn-aws-peer-gateway"
ACCOUNT = 4
"""Where the account stands in an ARN."""
PRIVATE = "64512 to 65534 or 4200000000 to 4294967294"
RESERVED, LARGE = 65535, 4200000000
"""From here on, numbers are not private; from there on, they are again."""
RIGHT = "links:\n  backbone: {between: [use1, usw2], ports: {usw2: [443]}}"


@dataclass(frozen=True, slots=True)
class LinkPlace:
    """A link with its name, its path and its ends, the names of two sites that there are."""

    name: str
    link: Link
    path: Path

    @property
    def ends(self) -> frozenset[str]:
        """The sites that it joins: one where both ends are the same."""
        return frozenset(self.link.between)


def _links(blueprint: Blueprint) -> Iterator[LinkPlace]:
    """Yield every link whose ends are sites of the blueprint."""
    for name, link in blueprint.links.items():
        if all(site in blueprint.sites for site in link.between):
            yield LinkPlace(name, link, ("links", name))


def _joined(blueprint: Blueprint) -> Iterator[LinkPlace]:
    """Yield every link between two sites that its kind joins."""
    for place in _links(blueprint):
        clouds = {blueprint.sites[site].cloud for site in place.ends}
        if len(place.ends) > 1 and len(clouds) == (2 if isinstance(place.link, Vpn) else 1):
            yield place


class NoSuchEnd(Rule[Blueprint]):
    """Links that lead to no site."""

    problem = Problem(
        "LINK-E101",
        Severity.ERROR,
        "A link leads to no site",
        "`between` names two sites of the blueprint; `ports`, `roles` and `asns` say something of one of these two.",
        RIGHT,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every name of a site in a link; a site that several name, as after a rename, is missing once."""
        missing = set[str]()
        for name, link in subject.links.items():
            path: Path = ("links", name)
            ends: list[tuple[str, str | int, str]] = [("between", at, site) for at, site in enumerate(link.between)]
            for key, at, site in (*ends, *((key, site, site) for key, site in _keyed(link))):
                if site not in (*subject.sites, *missing):
                    missing.add(site)
                    hint = suggest(site, subject.sites if key == "between" else link.between)
                    message = f"there is no site '{site}'"
                    yield self.problem.at((*path, key, at), message, hint, of_key=key != "between")
        for place in _links(subject):
            for key, site in _keyed(place.link):
                if site in subject.sites and site not in place.ends:
                    message = f"'{place.name}' does not end at site '{site}'"
                    hint = f"it joins {' and '.join(place.link.between)}"
                    yield self.problem.at((*place.path, key, site), message, hint, of_key=True)


def _keyed(link: Link) -> Iterator[tuple[str, str]]:
    """Yield every key of a link that is the name of a site, with the mapping that it stands in."""
    yield from (("ports", site) for site in link.ports)
    yield from (("roles", site) for site in link.roles)
    yield from (("asns", site) for site in (link.asns if isinstance(link, Vpn) else ()))


class ToItself(Rule[Blueprint]):
    """Links from a site to the same one."""

    problem = Problem(
        "LINK-E102",
        Severity.ERROR,
        "A link leads from a site to itself",
        "The hosts of one site reach each other anyway; no cloud peers a network with itself.",
        RIGHT,
        (AWS_PEERING,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at both ends of every link."""
        for place in _links(subject):
            if len(place.ends) == 1:
                message = f"both ends are '{place.link.between[0]}'"
                yield self.problem.at((*place.path, "between", 1), message, "name another site, or remove the link")


class UnfitKind(Rule[Blueprint]):
    """Links of a kind that does not join their sites."""

    problem = Problem(
        "LINK-E103",
        Severity.ERROR,
        "The kind of a link does not fit its sites",
        "Networks are peered within a cloud; a site on AWS and one on Google Cloud are joined by a VPN.",
        "links:\n  bridge: {between: [use1, euw4], kind: vpn}",
        (GCP_PEERING, HA_VPN),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at both ends of every link."""
        for place in _links(subject):
            one, other = (subject.sites[site].cloud for site in place.link.between)
            if len(place.ends) > 1 and isinstance(place.link, Vpn) is (one == other):
                first, second = place.link.between
                shown = f"both on {one}" if one == other else f"on {one} and {other}"
                hint = "leave kind out: they are peered" if one == other else "kind: vpn"
                yield self.problem.at((*place.path, "between"), f"'{first}' and '{second}' are {shown}", hint)


class LinkedTwice(Rule[Blueprint]):
    """Two links between the same sites."""

    problem = Problem(
        "LINK-E104",
        Severity.ERROR,
        "Two links join the same sites",
        "Two networks are joined once: clouds refuse the second peering, and routes by two ways would compete.",
        RIGHT,
        ("https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html", GCP_PEERING),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every pair of links, and name the later one."""
        first = dict[frozenset[str], str]()
        for place in _joined(subject):
            if place.ends in first:
                message = f"'{first[place.ends]}' joins {' and '.join(place.link.between)} already"
                yield self.problem.at((*place.path, "between"), message, "say all ports in one link")
            first.setdefault(place.ends, place.name)


class NotOurNetwork(Rule[Blueprint]):
    """Links that would change a network that somebody else made."""

    problem = Problem(
        "LINK-E105",
        Severity.ERROR,
        "A link ends in a network that stands already",
        "A link and its routes change both networks. Programs change nothing in a network that stands already: "
        "whoever made it links it.",
        RIGHT,
        ("https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html", GCP_PEERING),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the networks at both ends of every link."""
        for place in _joined(subject):
            for index, site in enumerate(place.link.between):
                if subject.sites[site].network.existing is not None:
                    message = f"the network of '{site}' stands already, and is not changed"
                    hint = "its owner links it; remove the link"
                    yield self.problem.at((*place.path, "between", index), message, hint)


class NamedLikeASite(Rule[Blueprint]):
    """Links whose stack would be that of a site."""

    problem = Problem(
        "LINK-E106",
        Severity.ERROR,
        "A link is called as a site is",
        "Stacks of sites and of links are named alike, DATACENTER.NAME: two of them would be one.",
        RIGHT,
        ("https://www.pulumi.com/docs/iac/concepts/stacks/",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the name of every link, and at the one that it had."""
        taken = {*subject.sites, *(site.renamed_from for site in subject.sites.values() if site.renamed_from)}
        for name, link in subject.links.items():
            path: Path = ("links", name)
            if name in taken:
                message = f"'{name}' is, or was, the name of a site"
                yield self.problem.at(path, message, "call it otherwise", of_key=True)
            if link.renamed_from in taken:
                message = f"'{link.renamed_from}' is, or was, the name of a site, whose stack it has"
                yield self.problem.at((*path, "renamed_from"), message, "leave renamed_from out")


class NoFurther(Rule[Blueprint]):
    """Sites that one could take for linked, by way of a third."""

    problem = Problem(
        "LINK-N107",
        Severity.NOTE,
        "Links lead no further than their ends",
        "Linked networks reach each other and nothing behind: a site that two others are linked to does not join them.",
        "links:\n  one: {between: [use1, usw2]}\n  two: {between: [usw2, euw1]}\n  three: {between: [use1, euw1]}",
        (AWS_PEERING, GCP_PEERING),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every pair of links that meet in a site, and name the later one."""
        places = list(_joined(subject))
        told = {place.ends for place in places}
        for one, other in combinations(places, 2):
            apart = one.ends ^ other.ends
            if one.ends & other.ends and apart and apart not in told:
                told.add(apart)
                ends, (middle,) = sorted(apart), one.ends & other.ends
                message = f"'{ends[0]}' and '{ends[1]}' do not reach each other through '{middle}'"
                yield self.problem.at((*other.path, "between"), message, "link them too if they should")


class OpenToNothing(Rule[Blueprint]):
    """Ports of a site that has no nodes."""

    problem = Problem(
        "LINK-W108",
        Severity.WARNING,
        "Ports are opened at a site without clusters",
        "`ports` opens ports of nodes, and the site has none: nothing is opened.",
        RIGHT,
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site of which a link opens ports."""
        for place in _joined(subject):
            for site in place.link.ports:
                if site in place.ends and not subject.sites[site].clusters:
                    path = (*place.path, "ports", site)
                    yield self.problem.at(path, f"site '{site}' has no clusters", "remove them", of_key=True)


class RolesOfAccounts(Rule[Blueprint]):
    """Links between accounts that nobody is in at once, and roles of other accounts than they are for."""

    problem = Problem(
        "LINK-E109",
        Severity.ERROR,
        "Accounts and roles of a link do not fit",
        "The program of a link changes both networks, and credentials are of one account of AWS. Where the sites are "
        "in two, it takes on a role in one of them at least, which is a role of the site's account. On Google Cloud "
        "one identity has roles in many projects, and takes on none.",
        "links:\n  backbone: {between: [use1, usw2], roles: {usw2: arn:aws:iam::111122223333:role/links}}",
        (
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html",
            "https://www.pulumi.com/registry/packages/aws/installation-configuration/",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the accounts at both ends, and at every role."""
        for place in _joined(subject):
            accounts = {site: getattr(subject.sites[site], "account", None) for site in place.link.between}
            for site, role in place.link.roles.items():
                if site not in accounts:
                    continue
                path = (*place.path, "roles", site)
                if accounts[site] is None:
                    message = f"'{site}' is on Google Cloud, where nobody takes on a role of AWS"
                    yield self.problem.at(path, message, "remove it", of_key=True)
                elif role.split(":")[ACCOUNT] != accounts[site]:
                    message = f"'{site}' is in account {accounts[site]}, the role in {role.split(':')[ACCOUNT]}"
                    yield self.problem.at(path, message)
            if len(set(accounts.values()) - {None}) > 1 and not place.link.roles:
                message = f"the sites are in accounts {' and '.join(map(str, accounts.values()))}, and no role is said"
                hint = f"roles: {{{place.link.between[1]}: ARN}}"
                yield self.problem.at((*place.path, "between"), message, hint)


class SecondVpn(Rule[Blueprint]):
    """VPN links that meet at a site on AWS."""

    problem = Problem(
        "LINK-E110",
        Severity.ERROR,
        "A second VPN ends at a site on AWS",
        "A VPC has one VPN gateway, which belongs to the stack of its link: a second cannot be attached.",
        "links:\n  bridge: {between: [use1, euw4], kind: vpn}",
        ("https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the ends on AWS, and name the later link; one that joins the same sites is another mistake."""
        first = dict[str, LinkPlace]()
        for place in _joined(subject):
            if not isinstance(place.link, Vpn):
                continue
            index = next(index for index, site in enumerate(place.link.between) if subject.sites[site].cloud == "aws")
            site = place.link.between[index]
            before = first.setdefault(site, place)
            if before.ends != place.ends:
                message = f"'{before.name}' has the VPN gateway of '{site}' already"
                hint = "end it at another site on AWS, or make this way by hand"
                yield self.problem.at((*place.path, "between", index), message, hint)


class UnfitAsns(Rule[Blueprint]):
    """Autonomous system numbers that two ends cannot have."""

    problem = Problem(
        "LINK-E111",
        Severity.ERROR,
        "Autonomous system numbers of a VPN do not fit",
        f"Both ends tell each other their routes by BGP, each with a private number of its own: {PRIVATE}.",
        "links:\n  bridge: {between: [use1, euw4], kind: vpn, asns: {use1: 64600, euw4: 64601}}",
        ("https://www.rfc-editor.org/rfc/rfc6996", HA_VPN),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at the numbers of every VPN, said or by default."""
        for place in _joined(subject):
            if isinstance(place.link, Vpn):
                for site, asn in place.link.asns.items():
                    if site in place.ends and RESERVED <= asn < LARGE:
                        path = (*place.path, "asns", site)
                        yield self.problem.at(path, f"{asn} is not a private number", f"take one of {PRIVATE}")
                numbers = [asn_of(place.link, site, subject.sites[site].cloud) for site in place.link.between]
                if numbers[0] == numbers[1]:
                    message = f"both ends have {numbers[0]}"
                    yield self.problem.at((*place.path, "asns"), message, "give each a number of its own")


RULES: tuple[Rule[Blueprint], ...] = (
    NoSuchEnd(),
    ToItself(),
    UnfitKind(),
    LinkedTwice(),
    NotOurNetwork(),
    NamedLikeASite(),
    NoFurther(),
    OpenToNothing(),
    RolesOfAccounts(),
    SecondVpn(),
    UnfitAsns(),
)
