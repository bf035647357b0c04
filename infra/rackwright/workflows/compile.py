"""load -> check -> plan -> check -> emit: the line every verb begins with."""

from __future__ import annotations

import difflib
from os.path import normpath
from pathlib import Path
from typing import TYPE_CHECKING

from rackwright import __version__
from rackwright.blueprint.load import Loaded, load
from rackwright.blueprint.lock import FILE as LOCK
from rackwright.blueprint.lock import LoadedLock, load_lock
from rackwright.derive.images import ids
from rackwright.diagnostics import Finding, FindingsError, StepError, errors
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Plan
from rackwright.planning import plan_datacenter
from rackwright.rules import (
    check_blueprint,
    check_cost,
    check_folder,
    check_lock,
    check_outcome,
    check_plans,
    weigh,
)
from rackwright.system import files

if TYPE_CHECKING:
    from datetime import date

    from rackwright.blueprint import Blueprint


@dataclass(frozen=True, slots=True)
class Checked:
    """A blueprint without errors: loaded, judged, planned and judged again; warnings and notes remain."""

    loaded: Loaded
    lock: LoadedLock
    plans: tuple[Plan, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a blueprint compiles to: stack name -> file name -> text."""

    checked: Checked
    folder: Path
    stacks: dict[str, dict[str, str]]


def check(path: Path, today: date | None = None) -> Checked:
    """Return the checked blueprint; raises FindingsError with all findings of the first phase that has errors.

    Dates in the blueprint are judged by `today`, and not at all without one.
    """
    loaded = load(path)
    blueprint = loaded.blueprint
    found = (*loaded.findings, *check_blueprint(blueprint, today), *_misfiled(blueprint, path))
    findings = _or_stop(loaded.located(weigh(blueprint, found, today)))
    lock = load_lock(path.parent / LOCK)
    findings = _or_stop(findings + _of_lock(loaded, lock, today))
    plans = plan_datacenter(blueprint, ids(lock.lock))
    found = check_plans(plans) + check_cost(blueprint, plans)
    findings = _or_stop(findings + loaded.located(weigh(blueprint, found, today)))
    past = () if today is None else check_outcome(blueprint, findings, today)
    return Checked(loaded, lock, plans, findings + loaded.located(past))


def typed(checked: Checked) -> Checked:
    """Return what was checked; raises FindingsError where an override is nothing that the installed SDK takes."""
    from rackwright.workflows.overrides import check_arguments

    found = check_arguments(checked.plans)
    _or_stop(checked.findings + checked.loaded.located(weigh(checked.loaded.blueprint, found)) if found else ())
    return checked


def _of_lock(loaded: Loaded, lock: LoadedLock, today: date | None) -> tuple[Finding, ...]:
    """Return what is wrong with images and their lock, each finding where it stands."""
    in_blueprint, in_lock = check_lock(loaded.blueprint, lock.lock)
    findings = loaded.located(in_blueprint) + (lock.places.located(in_lock) if lock.places else ())
    return weigh(loaded.blueprint, findings, today)


def _misfiled(blueprint: Blueprint, path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a blueprint's place; only below stacks/ has the name of a folder a meaning."""
    folder = path.resolve().parent
    return check_folder(blueprint, folder.name) if folder.parent.name == "stacks" else ()


def compile_blueprint(path: Path) -> Compiled:
    """Return everything the blueprint at `path` compiles to, writing nothing."""
    from rackwright.emit import Source, emit
    from rackwright.workflows.facts import facts_digest

    checked = typed(check(path))
    committed = committed_path(path)
    bases = committed_bases(committed, checked.loaded)
    source = Source(committed, checked.loaded.text, checked.loaded.locate, bases, checked.lock.text)
    facts = facts_digest(checked.loaded.blueprint)
    return Compiled(checked, path.parent, emit(checked.plans, source, facts=facts, compiler=__version__))


def committed_path(path: Path) -> str:
    """Return the blueprint's path as programs name it: stacks/<datacenter>/blueprint.yaml, wherever one stands."""
    return "/".join(path.resolve().parts[-3:])


def committed_bases(path: str, loaded: Loaded) -> dict[str, str]:
    """Return the files that a blueprint extends as its repository names them, with their texts."""
    return {normpath(f"{path}/../{loaded.label(base.file)}").replace("\\", "/"): base.text for base in loaded.bases}


def write(compiled: Compiled) -> tuple[str, ...]:
    """Write every stack's folder and remove those of stacks that are gone; return the stacks that changed."""
    changed = tuple(stack for stack, artifacts in compiled.stacks.items() if _committed(compiled, stack) != artifacts)
    for stack in changed:
        files.write_tree(compiled.folder / stack, compiled.stacks[stack])
    for stale in stale_stacks(compiled):
        files.remove_tree(compiled.folder / stale)
    return changed


def stale_stacks(compiled: Compiled) -> tuple[str, ...]:
    """Return the compiled folders beside the blueprint whose stack is no longer in it."""
    have = {path.parent.name for path in compiled.folder.glob("*/manifest.json")}
    return tuple(sorted(have - set(compiled.stacks)))


def differences(compiled: Compiled) -> dict[str, str]:
    """Return path below the datacenter's folder -> unified diff from what is committed to what compiles now."""
    found: dict[str, str] = {}
    for stack in (*compiled.stacks, *stale_stacks(compiled)):
        old, new = _committed(compiled, stack), compiled.stacks.get(stack, {})
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                found[f"{stack}/{name}"] = _diff(f"{stack}/{name}", old.get(name, ""), new.get(name, ""))
    return found


def refuse_stale(compiled: Compiled) -> None:
    """Raise StepError where committed output is not what the blueprint compiles to now."""
    changed = sorted(differences(compiled))
    if changed:
        raise StepError(
            f"committed output is not what the blueprint compiles to: {', '.join(changed[:5])}",
            hint=f"rackwright compile {compiled.folder.name}",
        )


def _diff(name: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"committed/{name}", f"compiled/{name}"
    )
    return "".join(lines)


def _committed(compiled: Compiled, stack: str) -> dict[str, str]:
    return files.read_tree(compiled.folder / stack)


def _or_stop(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if errors(findings):
        raise FindingsError(findings)
    return findings
