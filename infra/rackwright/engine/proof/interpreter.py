"""The other side of the proof: a plan's expansion evaluated with the same sentinels, without any program."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics.record import dataclass
from rackwright.engine import schema
from rackwright.engine.proof.world import invoke_result, resource_outputs, sentinel_id
from rackwright.engine.records import REFERENCE_TYPE, Secret, urn_of
from rackwright.engine.schema.sdk import camel, output_names
from rackwright.engine.schema.wire_names import arguments_to_wire
from rackwright.engine.wire import marked, revealed
from rackwright.plan import (
    Concat,
    ConfigSecret,
    Invoke,
    Json,
    List,
    Lit,
    Map,
    Out,
    Provider,
    Resource,
    StackOut,
    StackReference,
    expand,
    walk,
)

if TYPE_CHECKING:
    from rackwright.plan import OutPath, Plan, Single, Value


@dataclass(frozen=True, slots=True)
class Setting:
    """How a stack is named where it runs, and what the stacks it refers to export (by organization/project/stack)."""

    project: str
    organization: str
    stacks: Mapping[str, Mapping[str, Any]]


class Interpreter:
    """Evaluates the values of one plan."""

    def __init__(self, plan: Plan, setting: Setting) -> None:
        self.plan, self._setting = plan, setting
        self.flat = expand(plan)
        self._nodes: dict[tuple[str, str | None], Single] = {(node.key, row): node for row, node in self.flat}

    def urn(self, node: Resource | Provider) -> str:
        """Return the URN of an expanded resource or provider."""
        return urn_of(self.plan.stack, self._setting.project, type_of(node), str(self.value(node.name)))

    def node(self, key: str, row: Value | None) -> Single:
        """Return an expanded node."""
        return self._nodes[key, str(row.value) if isinstance(row, Lit) else None]

    def value(self, value: Value) -> Any:
        """Return `value` as plain data, secrets marked."""
        match value:
            case Lit(scalar):
                return scalar
            case List(items):
                return [self.value(item) for item in items]
            case Map(items):
                return {key: self.value(item) for key, item in items}
            case Out(key, path, row):
                return self._output(self.node(key, row), path)
            case StackOut(key, path):
                return _follow(self._exports(key), path)
            case ConfigSecret(key):
                return Secret(config_value(key))
            case Json(inner):
                return _computed(self.value(inner), json.dumps)
            case Concat(parts):
                return _computed([self.value(part) for part in parts], lambda known: "".join(map(str, known)))
            case _:
                raise TypeError(f"{value} is left over in an expansion")

    def depends_on(self, value: Value) -> frozenset[str]:
        """Return the URNs whose outputs are in `value`; through a data source, those of its arguments."""
        found: set[str] = set()
        for part in walk(value):
            match part:
                case Out(key, _, row):
                    found |= self._behind(self.node(key, row))
                case StackOut(key, _):
                    found |= self._behind(self.node(key, None))
                case _:
                    continue
        return frozenset(found)

    def _behind(self, node: Single) -> set[str]:
        match node:
            case Resource() | Provider():
                return {self.urn(node)}
            case Invoke():
                return {urn for _, value in node.inputs for urn in self.depends_on(value)}
            case StackReference():
                return {self.reference_urn(node)}

    def reference_urn(self, node: StackReference) -> str:
        """Return the URN of a reference to another stack."""
        return urn_of(self.plan.stack, self._setting.project, REFERENCE_TYPE, self.stack_name(node))

    def stack_name(self, node: StackReference) -> str:
        """Return organization/project/stack of a reference."""
        return f"{self._setting.organization}/{self._setting.project}/{node.stack}"

    def arguments(self, node: Invoke) -> dict[str, Any]:
        """Return the arguments of a data source by wire name."""
        return arguments_to_wire(node.type, {name: self.value(value) for name, value in node.inputs})

    def _exports(self, key: str) -> Mapping[str, Any]:
        node = self.node(key, None)
        if not isinstance(node, StackReference):
            raise TypeError(f"{key} is no reference to a stack")
        return self._setting.stacks[self.stack_name(node)]

    def _output(self, node: Single, path: OutPath) -> Any:
        match node:
            case Resource() | Provider() if path == ("id",):
                return sentinel_id(self.urn(node))
            case Resource() | Provider():
                token = type_of(node)
                wire = output_names(token)[str(path[0])]
                return _follow(resource_outputs(self.urn(node), token)[wire], path[1:])
            case Invoke():
                return _follow(invoke_result(node.type, revealed(self.arguments(node))), path)
            case StackReference():
                raise TypeError("outputs of other stacks are StackOut")


def type_of(node: Resource | Provider) -> str:
    """Return the token of a resource or provider."""
    return node.type if isinstance(node, Resource) else f"{schema.sdk.PROVIDER}{node.cloud}"


def config_value(key: str) -> str:
    """Return what the proof sets a secret to."""
    return f"<config#{key}>"


def _follow(value: Any, path: OutPath) -> Any:
    for step in path:
        known = isinstance(value, list) or step in value
        value = value[step if known else camel(str(step))]
    return value


def _computed(value: Any, compute: Any) -> Any:
    """Return what is computed from `value`; secret as a whole where any part is."""
    result = compute(revealed(value))
    return Secret(result) if marked(value, Secret) else result
