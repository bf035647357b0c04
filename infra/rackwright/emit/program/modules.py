"""The modules of a program: one per section, and the entry that exports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.emit.program.scope import ALIASES, Scope
from rackwright.emit.program.statements import loop, statement
from rackwright.emit.program.usage import Usage
from rackwright.emit.program.values import expression
from rackwright.plan import Repeat, Resource
from rackwright.rendering.environment import render
from rackwright.rendering.python import literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rackwright.diagnostics import Path
    from rackwright.plan import Node, Plan, Section

STANDARD = {"json"}


def program_files(plan: Plan, locate: Callable[[Path], str], blueprint: str) -> dict[str, str]:
    """Return the program of `plan`, not yet formatted: file name to text.

    `locate` gives "blueprint.yaml:12" for a blueprint path; `blueprint` is the path a reader opens.
    """
    usage = Usage(plan)
    files = {f"{section.name}.py": _module(plan, section, usage, locate) for section in plan.sections}
    return {"__main__.py": _main(plan, usage, blueprint), **files}


def _module(plan: Plan, section: Section, usage: Usage, locate: Callable[[Path], str]) -> str:
    scope = Scope(usage, section.name)
    nodes = [_noted(node, locate) for node in plan.nodes if node.section == section.name]
    body = [loop(node, scope) if isinstance(node, Repeat) else statement(node, scope) for node in nodes]
    opening = f"{section.title} ({locate(section.origin)})."
    return render("program/module.py.j2", opening=opening, imports=_imports(scope), body=body)


def _noted(node: Node, locate: Callable[[Path], str]) -> Node:
    """Return a node whose comment also says what the blueprint overrides of it, and in which line."""
    match node:
        case Repeat():
            body = tuple(_told(one, locate) if isinstance(one, Resource) else one for one in node.body)
            return replace(node, body=body)
        case Resource():
            return _told(node, locate)
        case _:
            return node


def _told(resource: Resource, locate: Callable[[Path], str]) -> Resource:
    said = [f"{'.'.join(map(str, one.argument))} ({locate(one.origin)})" for one in resource.overrides]
    told = f"Overridden: {', '.join(said)}." if said else ""
    return replace(resource, note=" ".join(filter(None, (resource.note, told))))


def _main(plan: Plan, usage: Usage, blueprint: str) -> str:
    scope = Scope(usage, "__main__")
    exports = [f"pulumi.export({literal(one.name)}, {expression(one.value, scope)})" for one in plan.exports]
    sections = sorted((section.name, section.name in scope.modules) for section in plan.sections)
    standard = _lines(sorted(scope.modules & STANDARD))
    return render(
        "program/main.py.j2",
        plan=plan,
        blueprint=blueprint,
        standard=standard,
        sections=sections,
        exports=exports,
    )


def _imports(scope: Scope) -> list[str]:
    """Return the import blocks a module needs: standard library, SDKs, other sections."""
    sdks = {name for name in scope.modules if name == "pulumi" or name in ALIASES}
    own = scope.modules - sdks - STANDARD
    blocks = (_lines(sorted(scope.modules & STANDARD)), _lines(sorted(sdks)), _lines(sorted(own)))
    return [block for block in blocks if block]


def _lines(names: list[str]) -> str:
    return "\n".join(f"import {name} as {ALIASES[name]}" if name in ALIASES else f"import {name}" for name in names)
