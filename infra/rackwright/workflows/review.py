"""What a change of blueprints means for what stands: two states of a repository, planned and compared."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from rackwright.blueprint import Blueprint
from rackwright.derive.images import UNLOCKED, ids
from rackwright.diagnostics import FindingsError, StepError
from rackwright.diagnostics.record import dataclass
from rackwright.estimate import cost
from rackwright.planning import plan_datacenter
from rackwright.review.compare import compare
from rackwright.review.document import Caused, Review
from rackwright.review.edits import causes, edits
from rackwright.system import processes
from rackwright.workflows import compile as compiling

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path as File

    from rackwright.derive.images import Ids
    from rackwright.estimate import Cost
    from rackwright.plan import Plan
    from rackwright.review.changes import Change

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One state of a datacenter: its blueprint and its plans by stack; both empty where it does not exist."""

    checked: compiling.Checked | None

    @property
    def plans(self) -> dict[str, Plan]:
        """The plans by stack, sites before their clusters."""
        return {plan.stack: plan for plan in self.checked.plans} if self.checked else {}

    @property
    def ids(self) -> Ids:
        """The image that the lock says for each alias."""
        return ids(self.checked.lock.lock) if self.checked else UNLOCKED

    @property
    def called_before(self) -> str | None:
        """The name that the datacenter had before."""
        return self.checked.loaded.blueprint.renamed_from if self.checked else None

    @property
    def data(self) -> dict[str, Any]:
        """The blueprint as data, with what it says and inherits and nothing else."""
        if self.checked is None:
            return {}
        said = self.checked.loaded.blueprint
        return said.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"bases"})


def reviews(base: str, head: str, only: tuple[str, ...], root: File) -> tuple[Review, ...]:
    """Return a review of every datacenter that differs between two revisions; a blank `head` is the files as they are.

    `only` names the datacenters to look at; blank looks at all.
    """
    old = at(base, root)
    new = at(head, root) if head else sides(root / "stacks")
    was = {name: side.called_before for name, side in new.items() if name not in old and side.called_before in old}
    names = only or tuple(name for name in dict.fromkeys([*old, *new]) if name not in was.values())
    nothing = Side(None)
    found = (review(name, old.get(was.get(name, name), nothing), new.get(name, nothing)) for name in names)
    return tuple(one for one in found if one.changes or one.images or only)


def at(ref: str, root: File) -> dict[str, Side]:
    """Return the datacenters of a Git revision; raises StepError where the revision is none or has mistakes."""
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "stacks.tar"
        command = ["git", "archive", "--format=tar", f"--output={archive}", ref, "stacks", *_outside(ref, root)]
        done = processes.run(command, timeout=SECONDS, cwd=root)
        if not done.ok:
            words = done.err.strip().splitlines()
            raise StepError(f"git has no {ref}: {words[-1] if words else 'no reason given'}", hint="git log --oneline")
        with tarfile.open(archive) as members:
            members.extractall(scratch, filter="data")
        try:
            return sides(Path(scratch) / "stacks")
        except FindingsError as wrong:
            first = wrong.findings[0]
            raise StepError(
                f"a blueprint at {ref} does not pass check: {first.code} {first.message}",
                hint="compare with a later revision",
            ) from None


def _outside(ref: str, root: File) -> list[str]:
    """Return the YAML files beside stacks/ at a revision: a blueprint may extend one."""
    done = processes.run(["git", "ls-tree", "-r", "-z", "--name-only", ref], timeout=SECONDS, cwd=root)
    names = (name for name in done.out.split("\0") if name.endswith((".yaml", ".yml")))
    return [name for name in names if not name.startswith("stacks/")]


def sides(stacks: File) -> dict[str, Side]:
    """Return every datacenter under stacks/."""
    found = sorted(stacks.glob("*/blueprint.yaml"))
    return {path.parent.name: Side(compiling.check(path)) for path in found}


def review(datacenter: str, old: Side, new: Side) -> Review:
    """Return what going from `old` to `new` does, each change with the blueprint line that causes it."""
    before, after = old.plans, new.plans
    pairs = _pairs(before, after)
    changes = compare(pairs)
    because = causes(old.data, tuple(edits(old.data, new.data)), lambda data: _changed_by(before, data, old.ids))
    costs = {stack: (_cost(was), _cost(now)) for stack, (was, now) in pairs.items()}
    renamed = {stack: was.stack for stack, (was, _) in pairs.items() if was is not None and was.stack != stack}
    caused = tuple(_caused(one, because, old, new) for one in changes)
    return Review(datacenter, caused, costs, renamed, _images(old.ids, new.ids))


def _images(old: Ids, new: Ids) -> dict[str, tuple[str, str]]:
    """Return every alias that is locked otherwise than before."""
    found = {alias: (old.get(alias, ""), new.get(alias, "")) for alias in sorted({*old, *new})}
    return {str(alias): pair for alias, pair in found.items() if pair[0] != pair[1]}


def _pairs(before: Mapping[str, Plan], after: Mapping[str, Plan]) -> dict[str, tuple[Plan | None, Plan | None]]:
    """Return every stack's plan before, under the name that it had then, and after."""
    were = {stack: before.get(stack) or before.get(plan.renamed_from) for stack, plan in after.items()}
    kept = {plan.stack for plan in were.values() if plan is not None}
    gone: dict[str, tuple[Plan | None, Plan | None]] = {
        stack: (plan, None) for stack, plan in before.items() if stack not in kept
    }
    return {**{stack: (were[stack], plan) for stack, plan in after.items()}, **gone}


def _changed_by(before: Mapping[str, Plan], data: dict[str, Any], known: Ids) -> tuple[Change, ...] | None:
    try:
        plans = {plan.stack: plan for plan in plan_datacenter(Blueprint.model_validate(data), known)}
    except (ValidationError, FindingsError, StepError, ValueError, KeyError):
        return None  # not every edit makes sense alone
    return compare(_pairs(before, plans))


def _caused(change: Change, because: Mapping[Any, Any], old: Side, new: Side) -> Caused:
    path = because.get((change.stack, change.key), change.origin)
    shown = new if new.checked and new.checked.loaded.source.known(path) == path else old
    line = shown.checked.loaded.locate(path) if shown.checked else ""
    return Caused(change, line, ".".join(map(str, path)))


def _cost(plan: Plan | None) -> Cost | None:
    return None if plan is None else cost(plan)
