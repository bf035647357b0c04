"""Names that things had before: with them, what two plans refer to can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rackwright.plan import Lit
from rackwright.review.plain import STACK, Key, Reference, exports, questions

if TYPE_CHECKING:
    from rackwright.plan import Plan
    from rackwright.review.plain import Known


@dataclass(frozen=True, slots=True)
class Names:
    """What is called otherwise now: resources and stacks by key, and outputs of stacks."""

    keys: Mapping[Key, Key]
    exports: Mapping[Reference, str]

    def now(self, value: Any) -> Any:
        """Return plain data of an earlier plan with the names of now."""
        match value:
            case Reference():
                return self._reference(value)
            case dict():
                return {key: self.now(item) for key, item in value.items()}
            case list():
                return [self.now(item) for item in value]
            case tuple():
                return tuple(map(self.now, value))
            case _:
                return value

    def _reference(self, given: Reference) -> Reference:
        moved = replace(given, key=self.keys.get(given.key, given.key))
        name = self.exports.get(Reference(moved.key, moved.path[:1]))
        return replace(moved, path=(name, *moved.path[1:])) if name else moved


def before(now: Known, known: Mapping[Key, Known]) -> Known | None:
    """Return the resource as it was, under this name or one that it had before."""
    names = [str(one.value) for one in now.options.aliases if isinstance(one, Lit)]
    return next((known[key] for key in (now.key, *((now.key[0], name) for name in names)) if key in known), None)


def asked_before(old: Plan, new: Plan) -> dict[Key, Key]:
    """Return the data sources of before that another name asks the same now."""
    after = questions(new)
    gone = {key: asked for key, asked in questions(old).items() if key not in after}
    same = {(key[0], repr(asked)): key for key, asked in after.items()}
    found = {key: same.get((key[0], repr(asked))) for key, asked in gone.items()}
    return {key: now for key, now in found.items() if now}


def exported_before(old: Plan, new: Plan, names: Names) -> dict[Reference, str]:
    """Return the outputs of a stack that say the same by another name, as others refer to them."""
    after = exports(new)
    gone = {name: names.now(value) for name, value in exports(old).items() if name not in after}
    return {
        Reference((STACK, new.stack), (name,)): next(other for other, value in after.items() if value == said)
        for name, said in gone.items()
        if said in after.values()
    }
