"""The one printer of plan values as Python expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.emit.program.scope import sdk
from rackwright.plan import (
    Column,
    Concat,
    ConfigSecret,
    Each,
    Json,
    List,
    Lit,
    Map,
    Out,
    OutPath,
    Span,
    StackOut,
    walk,
)
from rackwright.rendering.python import dict_display, f_string, inline_call, keyword_argument, list_display, literal

if TYPE_CHECKING:
    from rackwright.emit.program.scope import Scope
    from rackwright.plan import Value


def expression(value: Value, scope: Scope) -> str:
    """Return `value` as a Python expression in `scope`."""
    match value:
        case Lit(scalar):
            return literal(scalar)
        case List(items):
            return list_display(expression(item, scope) for item in items)
        case Map(items):
            return dict_display((key, expression(item, scope)) for key, item in items)
        case Out(node, path, row):
            printed_row = "" if row is None else expression(row, scope)
            return scope.node(node, row, printed_row) + _attributes(path)
        case Each():
            return _each(value, scope)
        case Concat(parts):
            return _concat(parts, scope)
        case Json(inner):
            return _json(inner, scope)
        case ConfigSecret(key):
            return f"{scope.need('pulumi')}.Config().require_secret({literal(key)})"
        case StackOut(stack, path):
            return f"{scope.place(stack)}.require_output({literal(path[0])}){_items(path[1:])}"
        case Column():
            return scope.column(value)
        case Span():
            return _span(value, scope)


def is_output(value: Value) -> bool:
    """Return whether the value is known only while the program runs."""
    return any(isinstance(part, (Out, Each, ConfigSecret, StackOut)) for part in walk(value))


def _attributes(path: OutPath) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _items(path: OutPath) -> str:
    return "".join(f"[{literal(step)}]" for step in path)


def _each(each: Each, scope: Scope) -> str:
    rows, item = scope.place(each.node), "each" + _attributes(each.path)
    return f"{{key: {item} for key, each in {rows}.items()}}" if each.keyed else f"[{item} for each in {rows}.values()]"


def _span(span: Span, scope: Scope) -> str:
    module, name = sdk(scope, span.type)
    inner = scope.counting(span.column)
    given = [keyword_argument(key, expression(item, inner)) for key, item in span.item.items]
    numbers = f"range({span.start}, {span.stop})" if span.start else f"range({span.stop})"
    return f"*[{inline_call(f'{module}.{name}Args', given)} for {span.column} in {numbers}]"


def _json(inner: Value, scope: Scope) -> str:
    if is_output(inner):
        return inline_call(f"{scope.need('pulumi')}.Output.json_dumps", [expression(inner, scope)])
    return inline_call(f"{scope.need('json')}.dumps", [expression(inner, scope)])


def _concat(parts: tuple[Value, ...], scope: Scope) -> str:
    if not any(is_output(part) for part in parts):
        return _text(list(parts), scope)
    if len(parts) == 1:
        return inline_call(f"{scope.need('pulumi')}.Output.format", ['"{}"', expression(parts[0], scope)])
    arguments: list[str] = []
    known: list[Value] = []
    for part in parts:
        if is_output(part):
            arguments += [_text(known, scope)] if known else []
            arguments.append(expression(part, scope))
            known = []
        else:
            known.append(part)
    arguments += [_text(known, scope)] if known else []
    return inline_call(f"{scope.need('pulumi')}.Output.concat", arguments)


def _text(parts: list[Value], scope: Scope) -> str:
    """Return known parts as one literal, one expression or one f-string."""
    if len(parts) == 1:
        return expression(parts[0], scope)
    return f_string(
        (False, str(part.value)) if isinstance(part, Lit) else (True, expression(part, scope).replace('"', "'"))
        for part in parts
    )
