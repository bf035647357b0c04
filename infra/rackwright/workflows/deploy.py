"""Deploying and destroying a stack with the Pulumi CLI, after the blueprint and the committed output were checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.engine import pulumi_cli
from rackwright.workflows import compile as compiling
from rackwright.workflows.steps import Steps

if TYPE_CHECKING:
    from pathlib import Path

    from rackwright.engine.pulumi_cli import Deployed
    from rackwright.workflows.steps import Watcher


def up(root: Path, folder: Path, watcher: Watcher) -> Deployed:
    """Return how deploying the stack in `folder` ended; raises before anything is deployed where output is stale."""
    steps = Steps(watcher)
    with steps.step("check and compile") as step:
        compiled = compiling.compile_blueprint(folder.parent / "blueprint.yaml")
        compiling.refuse_stale(compiled)
        step.detail = "committed programs are what the blueprint compiles to"
    before = next(plan.renamed_from for plan in compiled.checked.plans if plan.stack == folder.name)
    with steps.step(f"pulumi up --stack {folder.name}") as step:
        return pulumi_cli.up(root, folder.name, step.progress, before)


def destroy(root: Path, folder: Path, watcher: Watcher) -> Deployed:
    """Return how destroying the stack in `folder` ended; raises before anything is deleted where state is protected."""
    with Steps(watcher).step(f"pulumi destroy --stack {folder.name}") as step:
        return pulumi_cli.destroy(root, folder.name, step.progress)
