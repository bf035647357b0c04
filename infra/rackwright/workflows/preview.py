"""Previewing committed programs: with the Pulumi CLI against what is deployed, or without credentials.

Without them the embedded engine compares with nothing, and each stack sees what those before it will export.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rackwright.diagnostics import StepError
from rackwright.diagnostics.record import dataclass
from rackwright.engine import pulumi_cli
from rackwright.engine.answers import DryRun
from rackwright.engine.embedded import Program, run
from rackwright.engine.records import Recording, Secret, Unknown
from rackwright.plan import Plan, StackReference, from_json
from rackwright.workflows.steps import Steps

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.engine.pulumi_cli import Deployed
    from rackwright.workflows.steps import Watcher

ORGANIZATION = "organization"
PROJECT = "rackwright"


@dataclass(frozen=True, slots=True)
class Preview:
    """One stack as it would be created."""

    plan: Plan
    recording: Recording

    def counts(self) -> dict[str, int]:
        """Return resource type -> how many would be created."""
        return dict(sorted(Counter(one.type for one in self.recording.by_urn().values()).items()))


def through_cli(root: Path, folder: Path, watcher: Watcher) -> Deployed:
    """Return what `pulumi preview` says that deploying the stack in `folder` would change."""
    with Steps(watcher).step(f"pulumi preview --stack {folder.name}") as step:
        done = pulumi_cli.preview(root, folder.name, step.progress, committed_plan(folder).renamed_from)
        step.detail = "compared with what is deployed"
        return done


def preview(folder: Path) -> Preview:
    """Return the preview of the compiled stack in `folder`; the stacks it refers to are previewed for their exports."""
    plan = committed_plan(folder)
    needed = {node.stack for node in plan.nodes if isinstance(node, StackReference)}
    others = {stack: preview(folder.parent / stack).recording.exports for stack in sorted(needed)}
    stacks = {f"{ORGANIZATION}/{PROJECT}/{stack}": exports for stack, exports in others.items()}
    program = Program(folder / "program", PROJECT, plan.stack, plan.cloud, organization=ORGANIZATION)
    return Preview(plan, run(program, DryRun(stacks)))


def committed_plan(folder: Path) -> Plan:
    """Return the plan that is committed beside a program."""
    try:
        return from_json((folder / "plan.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as wrong:
        hint = f"rackwright compile {folder.parent.name}"
        raise StepError(f"{folder.name} has no readable plan.json: {wrong}", hint=hint) from wrong


def shown(value: Any) -> Any:
    """Return a value as people and logs may see it: secrets hidden, unknowns said to be."""
    match value:
        case Secret():
            return "[secret]"
        case Unknown():
            return "[known after deployment]"
        case dict():
            return {key: shown(item) for key, item in value.items()}
        case list():
            return [shown(item) for item in value]
        case _:
            return value
