"""Who answers a running program: a dry run, a provider, or the sentinels of the proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from rackwright.diagnostics import StepError
from rackwright.diagnostics.record import dataclass
from rackwright.engine.records import UNKNOWN
from rackwright.engine.schema import function_result
from rackwright.engine.sentinels import sentinel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.engine.records import InvokeRecord, ReadRecord, Registration


INSIDE_INPUTS = {"gcp:filestore/instance:Instance": ("networks", "ipAddresses")}
"""Resource type -> outputs that the cloud adds to the items of an input: they are unknown before it has."""


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

    def invoke(self, asked: InvokeRecord) -> dict[str, Any]:
        """Return the result of a data source by wire name."""

    def reference(self, asked: ReadRecord) -> dict[str, Any]:
        """Return the outputs of another stack."""


class DryRun:
    """True unknowns: a resource has its inputs and nothing else; other stacks are as given.

    `stacks` maps organization/project/stack to its outputs. A data source is answered in a preview of the real engine
    too, by the cloud; here nobody is asked, and what it would say stands as a text that names it.
    """

    dry_run = True

    def __init__(self, stacks: Mapping[str, Mapping[str, Any]]) -> None:
        self._stacks = stacks

    def resource(self, asked: Registration) -> Answer:
        """Return no id and the inputs, with unknowns where the cloud adds to them."""
        name, added = INSIDE_INPUTS.get(asked.type, ("", ""))
        items = [{**item, added: UNKNOWN} for item in asked.inputs.get(name, [])]
        return Answer("", {**asked.inputs, name: items} if items else asked.inputs)

    def invoke(self, asked: InvokeRecord) -> dict[str, Any]:
        """Return texts that name what the function would say."""
        return dict(sentinel(f"looked up: {asked.token.rpartition(':')[2]}", function_result(asked.token)))

    def reference(self, asked: ReadRecord) -> dict[str, Any]:
        """Return the outputs of the stack that was named."""
        return named_stack(self._stacks, asked)


def named_stack(stacks: Mapping[str, Mapping[str, Any]], asked: ReadRecord) -> dict[str, Any]:
    """Return the outputs of the stack a reference names; raises StepError where there is none."""
    name = str(asked.properties.get("name", asked.name))
    if name not in stacks:
        raise StepError(f"unknown stack {name!r}", hint=f"deploy {name.rpartition('/')[2]} first")
    return dict(stacks[name])
