"""What the proof tells a program: sentinels for everything a cloud would say, other stacks from their own plans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rackwright.engine import schema
from rackwright.engine.answers import Answer, named_stack
from rackwright.engine.sentinels import sentinel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.engine.records import InvokeRecord, ReadRecord, Registration


class SentinelWorld:
    """Answers a running program with sentinels, as if everything had been created."""

    dry_run = False

    def __init__(self, stacks: Mapping[str, Mapping[str, Any]]) -> None:
        self._stacks = stacks

    def resource(self, asked: Registration) -> Answer:
        """Return a sentinel for the id and for every output the SDK knows."""
        return Answer(sentinel_id(asked.urn), resource_outputs(asked.urn, asked.type))

    def invoke(self, asked: InvokeRecord) -> dict[str, Any]:
        """Return a sentinel for everything in the function's result; it depends on the arguments."""
        return invoke_result(asked.token, asked.args)

    def reference(self, asked: ReadRecord) -> dict[str, Any]:
        """Return what the other stack's plan says it exports."""
        return named_stack(self._stacks, asked)


def sentinel_id(urn: str) -> str:
    """Return the id of a resource."""
    return f"<{urn}#id>"


def resource_outputs(urn: str, token: str) -> dict[str, Any]:
    """Return every output of a resource by wire name."""
    return {name: sentinel(f"{urn}#{name}", kind) for name, kind in schema.output_types(token).items()}


def invoke_result(token: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a function's result by wire name, unique to the function and its arguments."""
    origin = f"{token}({json.dumps(arguments, sort_keys=True)})"
    found = sentinel(origin, schema.function_result(token))
    return dict(found)
