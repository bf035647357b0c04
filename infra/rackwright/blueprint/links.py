"""Links: private ways between the networks of two sites."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, StringConstraints, Tag

from rackwright.blueprint.model import IAM_ROLE, Model, Name

Port = Annotated[int, Field(ge=1, le=65535)]
Asn = Annotated[int, Field(ge=64512, le=4294967294)]
"""A private autonomous system number; which of these the clouds take is a rule's business."""


class Link(Model):
    """Two sites whose hosts reach each other by private addresses, in a stack of its own."""

    renamed_from: Name | None = None
    """Name that it had before; its stack is renamed, the way stays open."""
    between: tuple[Name, ...] = Field(min_length=2, max_length=2, strict=False)
    """The two sites; in a peering the first one asks, the second accepts."""
    ports: dict[Name, Annotated[tuple[Port, ...], Field(min_length=1, strict=False)]] = Field(default_factory=dict)
    """Site to the TCP ports of its nodes that the other site's hosts may reach; default: none."""
    roles: dict[Name, Annotated[str, StringConstraints(pattern=IAM_ROLE)]] = Field(default_factory=dict)
    """Site to the role that the program takes on in its account (AWS), where one's own credentials are of another."""


class Peering(Link):
    """The networks of two sites on one cloud, of any regions, accounts and projects, are peered."""

    kind: Literal["peering"] = "peering"


class Vpn(Link):
    """A site on AWS and one on Google Cloud, joined by four encrypted tunnels over the internet."""

    kind: Literal["vpn"]
    asns: dict[Name, Asn] = Field(default_factory=dict)
    """Site to the autonomous system number that it has in BGP; default: 64512 on AWS, 64513 on Google Cloud."""


def link_kind(given: Any) -> str:
    """Return which kind of link is meant: what `kind` says, or a peering."""
    return str(given.get("kind", "peering") if isinstance(given, dict) else getattr(given, "kind", "peering"))


AnyLink: TypeAlias = Annotated[
    Annotated[Peering, Tag("peering")] | Annotated[Vpn, Tag("vpn")], Discriminator(link_kind)
]
