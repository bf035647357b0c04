"""The topology of a plan as a Mermaid diagram: sections as boxes, resources with counts, references as edges."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rackwright.plan import Each, Invoke, Out, Provider, Resource, StackOut, StackReference, row_count, walk

if TYPE_CHECKING:
    from rackwright.plan import Plan, Repeat, Single

QUIET = ("Policy", "Attachment", "Rule", "Association", "PublicAccessBlock", "Versioning", "Configuration", "Alias")
"""Kinds that refine another resource: they would hide the picture."""


def mermaid(plan: Plan) -> str:
    """Return a flowchart of the plan: one node per resource key, `x N` where it is repeated."""
    shown = {node.key: (node, repeat) for node, repeat in plan.singles() if _is_shown(node)}
    lines = ["flowchart LR"]
    for section in plan.sections:
        members = [_box(node, repeat) for node, repeat in shown.values() if node.section == section.name]
        if members:
            lines += [f"  subgraph {section.name}", *(f"    {member}" for member in members), "  end"]
    edges = Counter((source, node.key) for node, _ in shown.values() for source in _sources(node) if source in shown)
    return "\n".join([*lines, *(f"  {source} --> {target}" for source, target in sorted(edges))])


def _is_shown(node: Single) -> bool:
    return not isinstance(node, (Provider, Invoke)) and not (isinstance(node, Resource) and node.type.endswith(QUIET))


def _box(node: Single, repeat: Repeat | None) -> str:
    times = f" x {row_count(repeat.over)}" if repeat is not None else ""
    kind = node.type.split(":")[-1] if isinstance(node, Resource) else "stack"
    return f'{node.key}["{node.key.replace("_", " ")}{times}<br/>{kind}"]'


def _sources(node: Single) -> set[str]:
    if isinstance(node, StackReference):
        return set()
    found: set[str] = set()
    for _, value in node.inputs:
        for part in walk(value):
            match part:
                case Out(key, _, _) | Each(key, _, _) | StackOut(key, _) if key != node.key:
                    found.add(key)
                case _:
                    continue
    return found
