"""What a running program asked of its engine, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that is known only after deployment."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must not be shown or stored in clear."""

    value: Any


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Registration:
    """One resource as the program registered it; input keys are wire names, values plain or marked.

    `dependencies` and the sets in `property_dependencies` hold URNs; `options` holds what differs from the defaults.
    """

    urn: str
    type: str
    name: str
    custom: bool
    parent: str
    inputs: dict[str, Any]
    provider: str
    dependencies: frozenset[str]
    property_dependencies: dict[str, frozenset[str]]
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class InvokeRecord:
    """One data source as the program asked it."""

    token: str
    args: dict[str, Any]
    provider: str


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One existing resource as the program read it; a StackReference is one."""

    urn: str
    type: str
    name: str
    properties: dict[str, Any]


@dataclass(slots=True)
class Recording:
    """Everything one run of a program asked for, in the order of arrival; `exports` are its stack outputs."""

    registrations: list[Registration] = field(default_factory=list)
    invokes: list[InvokeRecord] = field(default_factory=list)
    reads: list[ReadRecord] = field(default_factory=list)
    exports: dict[str, Any] = field(default_factory=dict)
    log: list[tuple[str, str]] = field(default_factory=list)

    def by_urn(self) -> dict[str, Registration]:
        """Return the resources by URN, the stack itself left out."""
        return {one.urn: one for one in self.registrations if one.type != STACK_TYPE}


STACK_TYPE = "pulumi:pulumi:Stack"
REFERENCE_TYPE = "pulumi:pulumi:StackReference"


def urn_of(stack: str, project: str, kind: str, name: str, parent: str = "") -> str:
    """Return the URN the real engine gives: the parent's type chain is kept, but for the stack's own type."""
    chain = parent.split("::")[2] if parent else ""
    types = f"{chain}${kind}" if chain and chain != STACK_TYPE else kind
    return f"urn:pulumi:{stack}::{project}::{types}::{name}"
