"""RUNBOOK.md: what a stack is and the commands that deploy, verify and destroy it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rackwright.derive.accounts import by_account
from rackwright.emit.topology import mermaid
from rackwright.plan import ConfigSecret, Instances, Resource, StackReference, host_names, row_count, walk
from rackwright.rendering.environment import render

if TYPE_CHECKING:
    from rackwright.plan import Plan


BUDGET = "aws:budgets/budget:Budget"


def runbook(plan: Plan, blueprint: str) -> str:
    """Return the runbook of one stack as Markdown."""
    return render(
        "stack/RUNBOOK.md.j2",
        plan=plan,
        blueprint=blueprint,
        accounts=by_account(plan),
        topology=mermaid(plan),
        kinds=_kinds(plan),
        needs=[node.stack for node in plan.nodes if isinstance(node, StackReference)],
        secrets=_secrets(plan),
        protected=_protected(plan),
        budget=any(node.type == BUDGET for node, _ in plan.singles() if isinstance(node, Resource)),
        scheduler=next((one.scheduler for one in plan.host_sets if isinstance(one, Instances)), None),
        host_sets=[(one, len(host_names(one))) for one in plan.host_sets],
    )


def _kinds(plan: Plan) -> list[tuple[str, int]]:
    count: Counter[str] = Counter()
    for node, repeat in plan.singles():
        if isinstance(node, Resource):
            count[node.type] += row_count(repeat.over) if repeat is not None else 1
    return sorted(count.items())


def _secrets(plan: Plan) -> list[str]:
    values = [value for node, _ in plan.singles() if isinstance(node, Resource) for _, value in node.inputs]
    return sorted({part.key for value in values for part in walk(value) if isinstance(part, ConfigSecret)})


def _protected(plan: Plan) -> list[str]:
    return [node.key for node, _ in plan.singles() if isinstance(node, Resource) and node.options.protect]
