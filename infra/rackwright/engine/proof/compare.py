"""Comparing what a program asked for with what its plan says, by URN and property."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics.record import dataclass
from rackwright.engine import schema
from rackwright.engine.proof.baseline import sdk_defaults
from rackwright.engine.proof.interpreter import Interpreter, type_of
from rackwright.engine.proof.world import sentinel_id
from rackwright.engine.records import Secret
from rackwright.engine.wire import revealed
from rackwright.plan import Invoke, Provider, Ref, Resource, StackReference, expand_exports

if TYPE_CHECKING:
    from rackwright.engine.records import Recording, Registration
    from rackwright.plan import Options


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One difference: where, what the plan says, what the program did."""

    where: str
    what: str
    planned: Any
    found: Any

    def __str__(self) -> str:
        """Return it as a line for people."""
        return f"{self.where}: {self.what}: planned {self.planned!r}, found {self.found!r}"


def compare(interpreter: Interpreter, recording: Recording) -> tuple[Mismatch, ...]:
    """Return every difference between a plan and a run of its program; none means that they are the same."""
    found: list[Mismatch] = []
    registered = recording.by_urn()
    nodes = [node for _, node in interpreter.flat]
    planned = {interpreter.urn(node): node for node in nodes if isinstance(node, (Resource, Provider))}
    for urn in sorted(planned.keys() | registered.keys()):
        if urn not in registered or urn not in planned:
            found.append(Mismatch(urn, "resource", urn in planned, urn in registered))
        else:
            found += _resource(interpreter, planned[urn], registered[urn])
    found += _invokes(interpreter, [node for node in nodes if isinstance(node, Invoke)], recording)
    found += _references(interpreter, [node for node in nodes if isinstance(node, StackReference)], recording)
    exports = {one.name: interpreter.value(one.value) for one in expand_exports(interpreter.plan)}
    return (*found, *_differences("exports", exports, recording.exports))


def _resource(interpreter: Interpreter, node: Resource | Provider, asked: Registration) -> list[Mismatch]:
    token, urn = type_of(node), asked.urn
    names = schema.sdk.input_names(schema.sdk.args_class(token))
    inputs = schema.inputs_to_wire(token, {name: interpreter.value(value) for name, value in node.inputs})
    own = sdk_defaults(node.cloud).inputs if isinstance(node, Provider) else {}
    given = _unpacked(inputs, asked.inputs, own) if isinstance(node, Provider) else _shown(inputs, asked)
    behind = {names[name]: interpreter.depends_on(value) for name, value in node.inputs}
    behind = {name: urns for name, urns in behind.items() if urns}
    options = planned_options(interpreter, node.options) if isinstance(node, Resource) else {}
    provider, others = _outside(interpreter, node)
    return [
        *_differences(f"{urn} inputs", inputs, given),
        *_differences(f"{urn} dependencies of properties", behind, asked.property_dependencies),
        *_differences(f"{urn} options", options, _said(options, asked.options)),
        *_one(urn, "provider", provider, asked.provider),
        *_one(urn, "dependencies", others.union(*behind.values()), asked.dependencies),
    ]


def _outside(interpreter: Interpreter, node: Resource | Provider) -> tuple[str, frozenset[str]]:
    """Return the provider reference of a node, and the URNs it depends on besides those in its inputs."""
    if isinstance(node, Provider):
        return "", frozenset()
    return provider_of(interpreter, node.options), frozenset(_urn(interpreter, ref) for ref in node.options.depends_on)


def provider_of(interpreter: Interpreter, options: Options) -> str:
    """Return URN::id of the provider in the options."""
    provider = interpreter.node(options.provider, None)
    if not isinstance(provider, Provider):
        raise TypeError(f"{options.provider} is no provider")
    urn = interpreter.urn(provider)
    return f"{urn}::{sentinel_id(urn)}"


def planned_options(interpreter: Interpreter, options: Options) -> dict[str, Any]:
    """Return the options that differ from the defaults, as a Registration holds them."""
    names = ("protect", "retain_on_delete", "delete_before_replace", "replace_on_changes", "additional_secret_outputs")
    times = options.timeouts
    given = {
        **{name: getattr(options, name) for name in names},
        "ignore_changes": tuple(schema.sdk.camel(name) for name in options.ignore_changes),
        "aliases": tuple(interpreter.value(alias) for alias in options.aliases),
        "timeouts": (times.create, times.update, times.delete),
    }
    return {name: value for name, value in given.items() if value and value != ("", "", "")}


def _invokes(interpreter: Interpreter, nodes: list[Invoke], recording: Recording) -> list[Mismatch]:
    planned = Counter(
        _canonical(node.type, interpreter.arguments(node), provider_of(interpreter, node.options)) for node in nodes
    )
    asked = Counter(_canonical(one.token, one.args, one.provider) for one in recording.invokes)
    return _differences("invokes", dict(planned), dict(asked))


def _references(interpreter: Interpreter, nodes: list[StackReference], recording: Recording) -> list[Mismatch]:
    planned = sorted(interpreter.stack_name(node) for node in nodes)
    return _one("stack references", "names", planned, sorted(one.name for one in recording.reads))


def _canonical(token: str, arguments: Any, provider: str) -> str:
    return f"{token} {json.dumps(arguments, sort_keys=True, default=str)} through {provider}"


def _said(planned: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return the options found without secret outputs that the SDK's class adds by itself: more secret is no loss."""
    name = "additional_secret_outputs"
    kept = tuple(one for one in found.get(name, ()) if one in planned.get(name, ()))
    return {**{key: value for key, value in found.items() if key != name}, **({name: kept} if kept else {})}


def kept_secret(found: Registration) -> tuple[str, ...]:
    """Return the wire names that the SDK's class keeps secret by itself, whatever they are given."""
    kept: tuple[str, ...] = found.options.get("additional_secret_outputs", ())
    return kept


def _shown(planned: dict[str, Any], found: Registration) -> dict[str, Any]:
    """Return the inputs found, plain where the SDK's class and not the program made a secret of them."""
    own = [name for name in kept_secret(found) if not isinstance(planned.get(name), Secret)]
    return {name: revealed(value) if name in own else value for name, value in found.inputs.items()}


def _unpacked(planned: dict[str, Any], given: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return a provider's inputs without the SDK's `own`, the JSON texts it makes of nested ones read back."""
    return {
        name: json.loads(value) if isinstance(value, str) and not isinstance(planned.get(name), str) else value
        for name, value in given.items()
        if name in planned or own.get(name) != value
    }


def _urn(interpreter: Interpreter, ref: Ref) -> str:
    node = interpreter.node(ref.node, ref.row)
    if not isinstance(node, (Resource, Provider)):
        raise TypeError(f"{ref.node} is no resource")
    return interpreter.urn(node)


def _differences(where: str, planned: dict[str, Any], found: dict[str, Any]) -> list[Mismatch]:
    return [
        Mismatch(where, name, planned.get(name), found.get(name))
        for name in sorted(planned.keys() | found.keys())
        if planned.get(name) != found.get(name)
    ]


def _one(where: str, what: str, planned: Any, found: Any) -> list[Mismatch]:
    return [] if planned == found else [Mismatch(where, what, planned, found)]
