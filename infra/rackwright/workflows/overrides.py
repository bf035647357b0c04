"""Overrides against the installed SDK and the providers' own constraints: found where the blueprint says them."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from rackwright.plan import List, Lit, Map, Resource
from rackwright.rules.overrides import OUT_OF_BOUNDS, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rackwright.diagnostics import Finding
    from rackwright.engine.provider import Failure
    from rackwright.plan import Plan, Value

UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")
NAMES = re.compile(r"(?<=one of ).*(?= must be given)|(?<= where )\w+")
"""Where a reason names arguments, by wire name."""


def check_arguments(plans: Iterable[Plan]) -> tuple[Finding, ...]:
    """Return every override that its resource or provider does not take; without overrides no SDK is loaded."""
    given = [node for plan in plans for node, _ in plan.singles() if isinstance(node, Resource) and node.overrides]
    return tuple(finding for resource in given for finding in _refused(resource) or _out_of_bounds(resource))


def _refused(resource: Resource) -> list[Finding]:
    from rackwright.engine.schema.arguments import refused

    names = {one.argument[0] for one in resource.overrides}
    origin = resource.overrides[0].origin[: -len(resource.overrides[0].argument)]
    arguments = {name: _plain(value) for name, value in resource.inputs if name in names}
    found, kind = refused(resource.type, arguments), _kind(resource)
    return [REFUSED.at((*origin, *one.path), f"{kind}: {one.reason}", one.hint, of_key=True) for one in found]


def _out_of_bounds(resource: Resource) -> Iterator[Finding]:
    """Yield what the provider would refuse of a resource of which the SDK takes every argument."""
    from rackwright.engine.rehearsal.constraints import refused
    from rackwright.engine.schema.wire_names import inputs_to_wire

    inputs = inputs_to_wire(resource.type, {name: _plain(value) for name, value in resource.inputs})
    for failure in refused(resource.type, inputs):
        reason = NAMES.sub(lambda found: _snake(found[0]), failure.reason)
        path = _path(failure)
        about = f"{path[-1]} " if reason.startswith("must") else ""
        nearest = max(resource.overrides, key=lambda one: _shared(one.argument, path))
        below = path[len(nearest.argument) :] if path[: len(nearest.argument)] == nearest.argument else ()
        yield OUT_OF_BOUNDS.at((*nearest.origin, *below), f"{_kind(resource)}: {about}{reason}", of_key=True)


def _path(failure: Failure) -> tuple[str, ...]:
    """Return the names and numbers that lead to what is refused, as the blueprint writes them."""
    return tuple(_snake(part) for part in re.split(r"[.\[\]]+", failure.property) if part)


def _shared(argument: tuple[str, ...], path: tuple[str, ...]) -> int:
    """Return how many steps of two paths are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(argument, path, strict=False)))


def _snake(name: str) -> str:
    return UPPER.sub(r"_\1", name).lower()


def _kind(resource: Resource) -> str:
    return resource.type.rpartition(":")[2]


def _plain(value: Value) -> Any:
    """Return a value as the SDK gets it; documents, and what is known only later, are Unknown."""
    from rackwright.engine.records import UNKNOWN

    match value:
        case Lit(scalar):
            return scalar
        case List(items):
            return [_plain(item) for item in items]
        case Map(items):
            return {key: _plain(item) for key, item in items}
        case _:
            return UNKNOWN
