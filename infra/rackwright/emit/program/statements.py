"""One way to write each kind of node as a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.emit.program.scope import sdk
from rackwright.emit.program.usage import Form
from rackwright.emit.program.values import expression
from rackwright.plan import Invoke, List, Map, Named, Numbered, Provider, Resource, StackReference
from rackwright.rendering.python import (
    call,
    comment,
    dict_display,
    inline_call,
    keyword_argument,
    list_display,
    literal,
    snake,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.emit.program.scope import Scope
    from rackwright.plan import Inputs, Options, Ref, Repeat, Single


def statement(node: Single, scope: Scope) -> str:
    """Return the statement that creates or asks for `node`, with its comment."""
    text = _assigned(node, _created(node, scope), scope)
    return f"{comment(node.note)}\n{text}" if node.note else text


def loop(repeat: Repeat, scope: Scope) -> str:
    """Return the rows of a Repeat as a constant, and the loop over them."""
    inner = scope.within(repeat)
    dicts = [_declared(node, scope) for node in repeat.body if scope.usage.form(node.key) is Form.DICT]
    head = f"for {repeat.row}, row in {repeat.key.upper()}.items():" if repeat.table else _bare_head(repeat)
    body = "\n\n".join(statement(node, inner) for node in repeat.body)
    lines = [comment(repeat.note)] if repeat.note else []
    lines += [f"{repeat.key.upper()} = {_rows(repeat, scope)}", *dicts, head, _indented(body)]
    return "\n".join(lines)


def _bare_head(repeat: Repeat) -> str:
    return f"for {repeat.row} in {repeat.key.upper()}:"


def _rows(repeat: Repeat, scope: Scope) -> str:
    match repeat.over:
        case Numbered(prefix, count, without):
            left_out = f" if number not in {{{', '.join(map(str, without))}}}" if without else ""
            return f'[f"{prefix}{{number}}" for number in range({count}){left_out}]'
        case Named(keys) if repeat.table:
            cells = [
                dict_display((column, expression(values[at], scope)) for column, values in repeat.table)
                for at in range(len(keys))
            ]
            return "{" + ", ".join(f"{literal(key)}: {row}" for key, row in zip(keys, cells, strict=True)) + ",}"
        case Named(keys):
            return list_display(map(literal, keys))


def _declared(node: Single, scope: Scope) -> str:
    return f"{node.key}: dict[str, {_class(node, scope)}] = {{}}"


def _class(node: Single, scope: Scope) -> str:
    match node:
        case Resource():
            module, name = sdk(scope, node.type)
            return f"{module}.{name}"
        case Invoke():
            module, name = sdk(scope, node.type)
            return f"{scope.need('pulumi')}.Output[{module}.{name[0].upper()}{name[1:]}Result]"
        case _:
            raise TypeError(f"{node.key} cannot be collected in a dict: only resources and data sources can")


def _assigned(node: Single, created: str, scope: Scope) -> str:
    match scope.usage.form(node.key):
        case Form.BARE:
            return created
        case Form.VARIABLE:
            return f"{node.key} = {created}"
        case Form.DICT if scope.repeat is not None:
            return f"{node.key}[{scope.repeat.row}] = {created}"
        case Form.DICT:
            return f"{node.key} = {created}"


def _created(node: Single, scope: Scope) -> str:
    match node:
        case Resource():
            module, name = sdk(scope, node.type)
            options = _opts("ResourceOptions", node.options, scope)
            return call(f"{module}.{name}", [expression(node.name, scope), *_inputs(node.inputs, scope), options])
        case Provider():
            made = f"{scope.need(f'pulumi_{node.cloud}')}.Provider"
            return call(made, [expression(node.name, scope), *_settings(made, node.inputs, scope)])
        case Invoke():
            module, name = sdk(scope, node.type)
            options = _opts("InvokeOptions", node.options, scope)
            return call(f"{module}.{snake(name)}_output", [*_inputs(node.inputs, scope), options])
        case StackReference():
            pulumi = scope.need("pulumi")
            name = f'f"{{{pulumi}.get_organization()}}/{{{pulumi}.get_project()}}/{node.stack}"'
            return inline_call(f"{pulumi}.StackReference", [name])


def _inputs(inputs: Inputs, scope: Scope) -> Iterator[str]:
    return (keyword_argument(name, expression(value, scope)) for name, value in inputs)


def _settings(made: str, inputs: Inputs, scope: Scope) -> Iterator[str]:
    """Yield the arguments of a provider: blocks as objects, for the SDK hands on the keys of mappings as written."""
    for name, value in inputs:
        blocks = value.items if isinstance(value, List) else ()
        kind = f"{made}{''.join(map(str.capitalize, name.removesuffix('s').split('_')))}Args"
        objects = [inline_call(kind, _inputs(one.items, scope)) for one in blocks if isinstance(one, Map)]
        yield keyword_argument(name, list_display(objects) if objects else expression(value, scope))


def _opts(kind: str, options: Options, scope: Scope) -> str:
    return "opts=" + inline_call(f"{scope.need('pulumi')}.{kind}", _options(options, scope))


def _options(options: Options, scope: Scope) -> Iterator[str]:
    if options.provider:
        yield f"provider={scope.place(options.provider)}"
    if options.depends_on:
        yield f"depends_on={list_display(_ref(ref, scope) for ref in options.depends_on)}"
    for flag in ("protect", "retain_on_delete", "delete_before_replace"):
        if getattr(options, flag):
            yield f"{flag}=True"
    for names in ("ignore_changes", "replace_on_changes", "additional_secret_outputs"):
        if getattr(options, names):
            yield f"{names}={list_display(map(literal, getattr(options, names)))}"
    if options.aliases:
        aliases = (f"{scope.need('pulumi')}.Alias(name={expression(alias, scope)})" for alias in options.aliases)
        yield f"aliases={list_display(aliases)}"
    times = [(n, getattr(options.timeouts, n)) for n in ("create", "update", "delete") if getattr(options.timeouts, n)]
    if times:
        given = (f"{name}={literal(time)}" for name, time in times)
        yield "custom_timeouts=" + inline_call(f"{scope.need('pulumi')}.CustomTimeouts", given)


def _ref(ref: Ref, scope: Scope) -> str:
    whole = ref.row is None and scope.usage.repeated(ref.node)
    if whole and not (scope.repeat is not None and ref.node in {node.key for node in scope.repeat.body}):
        return f"*{scope.place(ref.node)}.values()"
    printed = expression(ref.row, scope) if ref.row is not None else ""
    return scope.node(ref.node, ref.row, printed)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in text.splitlines())
