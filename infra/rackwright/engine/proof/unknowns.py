"""The second proof: in a preview, exactly the inputs that hold another resource's new outputs are unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.engine import schema
from rackwright.engine.proof.compare import Mismatch, kept_secret
from rackwright.engine.proof.interpreter import type_of
from rackwright.engine.records import Secret, Unknown
from rackwright.engine.wire import marked
from rackwright.plan import ConfigSecret, Invoke, List, Lit, Map, Out, Provider, Resource, walk

if TYPE_CHECKING:
    from rackwright.engine.proof.interpreter import Interpreter
    from rackwright.engine.records import Recording
    from rackwright.plan import OutPath, Value


def compare_unknowns(interpreter: Interpreter, recording: Recording) -> tuple[Mismatch, ...]:
    """Return every input whose being unknown, or secret, is not what the plan says."""
    registered = recording.by_urn()
    found: list[Mismatch] = []
    for _, node in interpreter.flat:
        if not isinstance(node, (Resource, Provider)):
            continue
        urn = interpreter.urn(node)
        names = schema.sdk.input_names(schema.sdk.args_class(type_of(node)))
        if urn not in registered:
            found.append(Mismatch(urn, "resource", planned=True, found=False))
            continue
        for name, value in node.inputs:
            given = registered[urn].inputs.get(names[name])
            secret, kept = _is_secret(value), names[name] in kept_secret(registered[urn])
            for what, planned, seen in (
                ("unknown", is_unknown(interpreter, value), marked(given, Unknown)),
                ("secret", secret, marked(given, Secret) and (secret or not kept)),
            ):
                if planned is not seen:
                    found.append(Mismatch(urn, f"{names[name]} {what}", planned, seen))
    return tuple(found)


def is_unknown(interpreter: Interpreter, value: Value) -> bool:
    """Return whether a value is unknown until deployment: it holds a new resource's output that is no input of it."""
    return any(_is_new(interpreter, part) for part in walk(value) if isinstance(part, Out))


def _is_new(interpreter: Interpreter, part: Out) -> bool:
    node = interpreter.node(part.node, part.row)
    match node:
        case Resource() | Provider():
            inputs = dict(node.inputs)
            name = str(part.path[0])
            return name not in inputs or is_unknown(interpreter, _at(inputs[name], part.path[1:]))
        case Invoke():
            return any(is_unknown(interpreter, value) for _, value in node.inputs)
        case _:
            return False


def _at(value: Value, path: OutPath) -> Value:
    """Return the part of an input at a path; what was not given there is None to a preview without a provider."""
    match value:
        case List(items) if path and isinstance(path[0], int):
            return _at(items[path[0]], path[1:])
        case Map(items) if path:
            return _at(dict(items).get(str(path[0]), Lit(None)), path[1:])
        case _:
            return value


def _is_secret(value: Value) -> bool:
    return any(isinstance(part, ConfigSecret) for part in walk(value))
