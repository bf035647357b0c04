"""Who answers a running program: a dry run, a provider, or the sentinels of the proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from rackwright.diagnostics import StepError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.engine.records import InvokeRecord, ReadRecord, Registration


@dataclass(frozen=True, slots=True)
class Answer:
    """What the program is told of a resource: its id ("" where it has none yet) and its outputs by wire name."""

    id: str
    outputs: dict[str, Any]


class Answerer(Protocol):
    """Answers resources, data sources and references to other stacks; may raise StepError."""

    dry_run: bool

    def resource(self, asked: Registration) -> Answer:
        """Return id and outputs of a resource."""

    def invoke(self, asked: InvokeRecord) -> dict[str, Any] | None:
        """Return the result of a data source by wire name; None: unknown, which only a dry run may say."""

    def reference(self, asked: ReadRecord) -> dict[str, Any]:
        """Return the outputs of another stack."""


class DryRun:
    """True unknowns: a resource has its inputs and nothing else; data sources and other stacks are as given.

    `stacks` maps organization/project/stack to its outputs, `data` a function token to its result; a data source
    that is not in `data` is unknown, because nobody was asked.
    """

    dry_run = True

    def __init__(
        self, stacks: Mapping[str, Mapping[str, Any]], data: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        self._stacks = stacks
        self._data = data or {}

    def resource(self, asked: Registration) -> Answer:
        """Return no id and the inputs."""
        return Answer("", asked.inputs)

    def invoke(self, asked: InvokeRecord) -> dict[str, Any] | None:
        """Return what was given for the function."""
        known = self._data.get(asked.token)
        return None if known is None else dict(known)

    def reference(self, asked: ReadRecord) -> dict[str, Any]:
        """Return the outputs of the stack that was named."""
        return named_stack(self._stacks, asked)


def named_stack(stacks: Mapping[str, Mapping[str, Any]], asked: ReadRecord) -> dict[str, Any]:
    """Return the outputs of the stack a reference names; raises StepError where there is none."""
    name = str(asked.properties.get("name", asked.name))
    if name not in stacks:
        raise StepError(f"unknown stack {name!r}", hint=f"deploy {name.rpartition('/')[2]} first")
    return dict(stacks[name])
