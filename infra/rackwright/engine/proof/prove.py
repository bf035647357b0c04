"""The two proofs of a stack: with sentinels, and as a dry run with true unknowns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rackwright.engine.answers import DryRun
from rackwright.engine.embedded import Program, run
from rackwright.engine.proof.compare import Mismatch, compare
from rackwright.engine.proof.interpreter import Interpreter, Setting, config_value
from rackwright.engine.proof.unknowns import compare_unknowns
from rackwright.engine.proof.world import SentinelWorld
from rackwright.plan import ConfigSecret, expand_exports, walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rackwright.plan import Plan

PROJECT = "proof"
ORGANIZATION = "organization"


def prove(plan: Plan, directory: Path, others: Sequence[Plan] = (), *, cold: bool = False) -> tuple[Mismatch, ...]:
    """Return how the program in `directory` differs from `plan`; `others` are the plans it refers to."""
    setting = _setting(others)
    recording = run(_program(plan, directory), SentinelWorld(setting.stacks), cold=cold)
    return compare(Interpreter(plan, setting), recording)


def prove_dry_run(
    plan: Plan, directory: Path, others: Sequence[Plan] = (), *, cold: bool = False
) -> tuple[Mismatch, ...]:
    """Return where the program, previewed with true unknowns and secrets, knows more or less than its plan says."""
    setting = _setting(others)
    recording = run(_program(plan, directory), DryRun(setting.stacks), cold=cold)
    return compare_unknowns(Interpreter(plan, setting), recording)


def _setting(others: Sequence[Plan]) -> Setting:
    """Return the setting in which stacks see each other; a stack sees those before it in `others`."""
    stacks: dict[str, Mapping[str, Any]] = {}
    for other in others:
        interpreter = Interpreter(other, Setting(PROJECT, ORGANIZATION, dict(stacks)))
        exports = {one.name: interpreter.value(one.value) for one in expand_exports(other)}
        stacks[f"{ORGANIZATION}/{PROJECT}/{other.stack}"] = exports
    return Setting(PROJECT, ORGANIZATION, stacks)


def _program(plan: Plan, directory: Path) -> Program:
    keys = _secrets(plan)
    config = {f"{PROJECT}:{key}": config_value(key) for key in keys}
    return Program(directory, PROJECT, plan.stack, plan.cloud, config=config, secret_keys=tuple(config))


def _secrets(plan: Plan) -> list[str]:
    from rackwright.plan import StackReference

    values = [value for node, _ in plan.singles() if not isinstance(node, StackReference) for _, value in node.inputs]
    return sorted({part.key for value in values for part in walk(value) if isinstance(part, ConfigSecret)})
