"""Overrides against the installed SDK: what a resource does not take, found where the blueprint says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.plan import Json, List, Lit, Map, Resource
from rackwright.rules.overrides import REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.diagnostics import Finding
    from rackwright.plan import Plan, Value


def check_arguments(plans: Iterable[Plan]) -> tuple[Finding, ...]:
    """Return every override that its resource does not take; without overrides no SDK is loaded."""
    given = [node for plan in plans for node, _ in plan.singles() if isinstance(node, Resource) and node.overrides]
    return tuple(finding for resource in given for finding in _refused(resource))


def _refused(resource: Resource) -> list[Finding]:
    from rackwright.engine.schema.arguments import refused

    names = {one.argument[0] for one in resource.overrides}
    origin = resource.overrides[0].origin[: -len(resource.overrides[0].argument)]
    arguments = {name: _plain(value) for name, value in resource.inputs if name in names}
    kind = resource.type.rpartition(":")[2]
    found = refused(resource.type, arguments)
    return [REFUSED.at((*origin, *one.path), f"{kind}: {one.reason}", one.hint, of_key=True) for one in found]


def _plain(value: Value) -> Any:
    """Return a value as the SDK gets it; documents are text, and what is known only later is Unknown."""
    from rackwright.engine.records import UNKNOWN

    match value:
        case Lit(scalar):
            return scalar
        case List(items):
            return [_plain(item) for item in items]
        case Map(items):
            return {key: _plain(item) for key, item in items}
        case Json():
            return ""
        case _:
            return UNKNOWN
