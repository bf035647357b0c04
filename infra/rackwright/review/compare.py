"""Two plans of one stack -> the changes between them; a replacement changes everything that refers to what goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.catalog.replaces import MOVING, replaces
from rackwright.review.changes import SEVERITY, Change, Property
from rackwright.review.plain import PROVIDERS, STACK, Reference, exports, leaves, references, resources
from rackwright.review.renames import Names, asked_before, before, exported_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rackwright.plan import Plan
    from rackwright.review.changes import Effect
    from rackwright.review.plain import Key, Known, Path

SCRATCH_1 = "SCRATCH_1"
PLACES = ("region", "project", "allowed_account_ids")
"""Arguments of a provider that say where its resources are: elsewhere, all of them are others."""
GROWING = {
    ("aws:fsx/lustreFileSystem:LustreFileSystem", "storage_capacity"),
    ("aws:fsx/lustreFileSystem:LustreFileSystem", "metadata_configuration", "iops"),
    ("gcp:compute/disk:Disk", "size"),
}
"""Conditional arguments that are changed in place where they grow (Lustre: but for SCRATCH_1)."""
EFFECTS: dict[str | None, Effect] = {
    "yes": "replace", "conditional": "may-replace", None: "may-replace", "no": "update",
}  # fmt: skip


class Comparison:
    """The changes of all stacks, one plan after the other: sites first, for clusters read what sites export."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self._gone: dict[Reference, Effect] = {}
        self._stacks: dict[Key, Key] = {}
        self._exports: dict[Reference, str] = {}

    def add(self, stack: str, old: Plan | None, new: Plan | None) -> None:
        """Take in one stack as it was (None: it is new) and as it will be (None: it goes)."""
        known = resources(old) if old else {}
        after = resources(new) if new else {}
        pairs = [(before(now, known), now) for now in after.values()]
        kept = {was.key: now.key for was, now in pairs if was is not None}
        asked = asked_before(old, new) if old and new else {}
        names = Names({**self._stacks, **kept, **asked}, self._exports)
        lost: dict[Key, Effect] = {}
        changes = (self._change(stack, was, now, lost, names) for was, now in pairs)
        self.changes += [one for one in changes if one is not None]
        self.changes += [_delete(stack, one) for key, one in known.items() if key not in kept]
        if new is not None:
            self._export(new, lost)
        if new is not None and old is not None:
            self._stacks[STACK, old.stack] = (STACK, new.stack)
            self._exports.update(exported_before(old, new, names))

    def _change(
        self, stack: str, was: Known | None, now: Known, lost: dict[Key, Effect], names: Names
    ) -> Change | None:
        if was is None:
            return Change(stack, now.key, "create", (), now.origin)
        called = "" if was.key == now.key else was.key[1]
        was = replace(was, inputs=names.now(was.inputs))
        properties = (*_differences(was, now), *_guards(was, now), *self._moved(now, lost))
        if not properties:
            return Change(stack, now.key, "rename", (), now.origin, was=called) if called else None
        action: Effect = max((one.effect for one in properties), key=SEVERITY.index)
        if action != "update":
            lost[now.key] = action
        elif now.key[0] in MOVING:
            lost[now.key] = "update"
        return Change(
            stack, now.key, action, properties, now.origin,
            protected=was.options.protect, retained=was.options.retain_on_delete, was=called,
        )  # fmt: skip

    def _moved(self, now: Known, lost: Mapping[Key, Effect]) -> Iterator[Property]:
        """Yield the inputs that refer to what is replaced."""
        place = next((key for key in lost if key[0].startswith(PROVIDERS)), None)
        if place is not None:
            yield Property(("provider",), "", "", "replace", place[1])
        ignored = set(now.options.ignore_changes)
        for path, value in leaves(now.inputs):
            for one in references(value):
                cause = lost.get(one.key) or self._gone.get(one)
                moves = cause != "update" or one.path[0] in MOVING.get(one.key[0], ())
                if cause is not None and moves and path[0] not in ignored:
                    effect = _effect(now.key[0], path, cause)
                    yield Property(_named(path), str(one), "[known after deployment]", effect, one.key[1])
                    break

    def _export(self, plan: Plan, lost: Mapping[Key, Effect]) -> None:
        """Remember which exports change, for the stacks that read them."""
        for name, value in exports(plan).items():
            causes = [lost[one.key] for one in references(value) if lost.get(one.key, "update") != "update"]
            if causes:
                self._gone[Reference((STACK, plan.stack), (name,))] = max(causes, key=SEVERITY.index)


def _differences(was: Known, now: Known) -> Iterator[Property]:
    ignored = set(now.options.ignore_changes)
    old, new = dict(leaves(was.inputs)), dict(leaves(now.inputs))
    for path in dict.fromkeys([*old, *new]):
        differs = (path in old) != (path in new) or old.get(path) != new.get(path)
        if differs and path[0] not in ignored:
            effect = _grown(was, now, path) or _effect(now.key[0], path, "replace")
            yield Property(_named(path), old.get(path), new.get(path), effect)


def _grown(was: Known, now: Known, path: Path) -> Effect | None:
    """Return that an argument which may replace does not, because it grows; None where that is not so."""
    old, new = (dict(leaves(one.inputs)).get(path) for one in (was, now))
    grows = isinstance(old, int) and isinstance(new, int) and new > old
    return "update" if grows and (now.key[0], *path) in GROWING and SCRATCH_1 not in now.inputs.values() else None


def _guards(was: Known, now: Known) -> Iterator[Property]:
    """Yield what changes in how the engine treats the resource when it is to go."""
    for name in ("protect", "retain_on_delete"):
        old, new = getattr(was.options, name), getattr(now.options, name)
        if old != new:
            yield Property((name,), old, new, "update")


def _effect(kind: str, path: Path, cause: Effect) -> Effect:
    """Return what changing an input does; a cause that is not sure is not sure to replace either."""
    if kind.startswith(PROVIDERS):
        return "replace" if path[0] in PLACES else "update"
    effect = EFFECTS[replaces(kind, _named(path))]
    return effect if cause != "may-replace" or effect == "update" else "may-replace"


def _named(path: Path) -> Path:
    """Return a path without positions in lists."""
    return tuple(part for part in path if not part.startswith("["))


def _delete(stack: str, was: Known) -> Change:
    options = was.options
    return Change(
        stack, was.key, "delete", (), was.origin, protected=options.protect, retained=options.retain_on_delete
    )


def compare(pairs: Mapping[str, tuple[Plan | None, Plan | None]]) -> tuple[Change, ...]:
    """Return every change; `pairs` maps a stack's name to its plan before and after, sites before their clusters."""
    found = Comparison()
    for stack, (old, new) in pairs.items():
        found.add(stack, old, new)
    return tuple(found.changes)
