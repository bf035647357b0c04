"""Links: private ways between the networks of two sites."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rackwright.blueprint.model import IAM_ROLE, Model, Name

Port = Annotated[int, Field(ge=1, le=65535)]


class Link(Model):
    """Two sites whose hosts reach each other by private addresses, in a stack of its own."""

    kind: Literal["peering"] = "peering"
    """`peering`: the networks of two sites on one cloud, of any regions, accounts and projects, are peered."""
    renamed_from: Name | None = None
    """Name that it had before; its stack is renamed, the way stays open."""
    between: tuple[Name, ...] = Field(min_length=2, max_length=2, strict=False)
    """The two sites; the first one asks for the peering, the second accepts."""
    ports: dict[Name, Annotated[tuple[Port, ...], Field(min_length=1, strict=False)]] = Field(default_factory=dict)
    """Site to the TCP ports of its nodes that the other site's hosts may reach; default: none."""
    roles: dict[Name, Annotated[str, StringConstraints(pattern=IAM_ROLE)]] = Field(default_factory=dict)
    """Site to the role that the program takes on in its account (AWS), where one's own credentials are of another."""
