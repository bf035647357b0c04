"""The one provider interface, shaped like Pulumi's protocol, so that any engine can load what implements it."""

from __future__ import annotations

from typing import Any, Protocol

from rackwright.diagnostics.record import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with one input, by wire name."""

    property: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """What changing a resource means: the inputs that differ, and those of them that force a replacement."""

    changed: tuple[str, ...]
    replaces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A resource that exists: its id, and its outputs by wire name."""

    id: str
    outputs: dict[str, Any]


class Provider(Protocol):
    """Resources of one cloud. Inputs and outputs are plain data by wire name; failures to act are StepErrors."""

    def check(self, urn: str, kind: str, inputs: dict[str, Any]) -> tuple[Failure, ...]:
        """Return everything that is wrong with the inputs of a resource."""

    def diff(self, kind: str, old: dict[str, Any], new: dict[str, Any]) -> Change:
        """Return what differs between two sets of inputs."""

    def create(self, urn: str, kind: str, inputs: dict[str, Any]) -> Made:
        """Create a resource."""

    def read(self, kind: str, identity: str) -> Made | None:
        """Return a resource by id, None where there is none."""

    def update(self, urn: str, kind: str, identity: str, inputs: dict[str, Any]) -> Made:
        """Change a resource in place."""

    def delete(self, kind: str, identity: str) -> None:
        """Delete a resource."""

    def invoke(self, token: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Return the result of a data source."""
