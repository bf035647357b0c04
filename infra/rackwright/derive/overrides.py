"""Arguments of planned resources that a blueprint overrides: merged into what is planned, or refused with a reason.

A role is the name that a program gives a resource: `template`, `instances`, `vpc`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from rackwright.diagnostics import Path, suggest
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Json, List, Lit, Map, Override, Resource, Span, value, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.plan import Value

KEY = "overrides"
Said: TypeAlias = "Mapping[str, Mapping[str, Any]]"
"""What a blueprint overrides: role to arguments."""
OWNERSHIP = "tags and labels say to whom a resource belongs"
KEPT = "what happens to a resource that goes is said where it is declared"
PLACE = "a resource stands where its site does"
MACHINE = "the machine decides about drivers, checks and prices"
PROTECTED = {
    name: (why, hint)
    for why, hint, names in (
        (OWNERSHIP, "set labels:", "tags tags_all labels default_tags tag_specifications user_labels resource_labels"),
        (KEPT, "set deletion: of the storage", "deletion_policy deletion_protection deletion_protection_enabled"),
        (KEPT, "set deletion: of the storage", "delete_protection force_destroy force_delete skip_destroy"),
        (KEPT, "set deletion: of the storage", "skip_final_backup deletion_window_in_days"),
        (PLACE, "set it at the site", "region project"),
        (MACHINE, "set machine: or accelerator:", "instance_type machine_type accelerator_type"),
    )
    for name in names.split()
}
"""Arguments that no override reaches, at any depth: why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An override that is not made: below which place of the blueprint, and whether it is of the wrong type."""

    path: Path
    message: str
    hint: str
    protected: bool = False


def overridden(resource: Resource, said: Mapping[str, Any], origin: Path) -> Resource:
    """Return a resource with the arguments that can be overridden; `origin` is where they stand in the blueprint."""
    merging = Merging()
    inputs = dict(resource.inputs)
    for name, one in said.items():
        merged = merging.argument(inputs.get(name), one, (*origin, name))
        if merged is not None:
            inputs[name] = merged
    made = tuple(Override(tuple(map(str, path[len(origin) :])), one, path) for path, one in merging.made.items())
    return replace(resource, inputs=tuple(inputs.items()), overrides=made)


def wrong(resource: Resource, said: Mapping[str, Any], origin: Path) -> tuple[Wrong, ...]:
    """Return the overrides of a resource that are not made."""
    merging = Merging()
    for name, one in said.items():
        merging.argument(dict(resource.inputs).get(name), one, (*origin, name))
    return tuple(merging.wrong)


class Merging:
    """Overrides of one resource, with the places of those that are made and the reasons against the others."""

    def __init__(self) -> None:
        self.made: dict[Path, Value] = {}
        self.wrong: list[Wrong] = []

    def argument(self, planned: Value | None, said: Any, path: Path) -> Value | None:
        """Return an argument with what is said of it; as it is planned where that cannot be."""
        name = str(path[-1])
        if name in PROTECTED:
            why, hint = PROTECTED[name]
            self.wrong.append(Wrong(path, f"{name} cannot be overridden: {why}", hint, protected=True))
            return planned
        match planned, said:
            case _, None:
                return self._refused(planned, path, "an override says a value, and takes none away", "remove it")
            case None, dict():
                found = [(key, self.argument(None, one, (*path, key))) for key, one in said.items()]
                return Map(tuple((key, one) for key, one in found if one is not None))
            case Map(items), dict():
                return self._map(dict(items), said, path)
            case List(items), dict():
                return self._items(list(items), said, path)
            case Json(inner), dict():
                merged = self.argument(inner, said, path)
                return Json(merged) if merged is not None else planned
            case _ if _holds_protected(planned) or _holds_protected(value(said)):
                words = f"{name} cannot be overridden as a whole: it holds what is protected"
                self.wrong.append(Wrong(path, words, "name its items by number", protected=True))
                return planned
            case _ if planned is not None and _shape(planned) not in {"", _shape(value(said))}:
                words = f"{name} is {_shape(planned)}, not {_shape(value(said))}"
                return self._refused(planned, path, words, "write it as the program has it")
            case _:
                self.made[path] = value(said)
                return self.made[path]

    def _map(self, found: dict[str, Value], said: Mapping[str, Any], path: Path) -> Value:
        for key, one in said.items():
            merged = self.argument(found.get(key), one, (*path, key))
            if merged is not None:
                found[key] = merged
        return Map(tuple(found.items()))

    def _items(self, found: list[Value], said: Mapping[str, Any], path: Path) -> Value:
        """Return a list of which some items are changed, by their numbers."""
        numbers = {str(number): number for number, one in enumerate(found) if not isinstance(one, Span)}
        for key, one in said.items():
            merged = self.argument(found[numbers[key]], one, (*path, key)) if key in numbers else None
            if merged is not None:
                found[numbers[key]] = merged
            elif key not in numbers:
                known = f"items by number: {', '.join(numbers)}" if numbers else "write the whole list"
                self._refused(None, (*path, key), f"{path[-1]} has no item '{key}'", known)
        return List(tuple(found))

    def _refused(self, planned: Value | None, path: Path, message: str, hint: str) -> Value | None:
        self.wrong.append(Wrong(path, message, hint))
        return planned


def _holds_protected(held: Value | None) -> bool:
    inside = walk(held) if held is not None else ()
    return any(name in PROTECTED for one in inside if isinstance(one, Map) for name, _ in one.items)


def unknown_role(said: Said, roles: Mapping[str, Resource], stack: str, origin: Path) -> tuple[Wrong, ...]:
    """Return the roles that nothing in a stack has, with those that there are."""
    return tuple(
        Wrong((*origin, role), f"no resource of {stack} is called '{role}'", _near(role, roles))
        for role in said
        if role not in roles
    )


def _near(role: str, roles: Mapping[str, Resource]) -> str:
    return "account, region and labels are said at the site" if role == "provider" else suggest(role, roles)


def _shape(planned: Value) -> str:
    """Return what kind of thing a value is, in words; blank where it is known only later."""
    match planned:
        case Lit(bool()):
            return "true or false"
        case Lit(int() | float()):
            return "a number"
        case Lit(str()):
            return "text"
        case List():
            return "a list"
        case Map():
            return "a mapping"
        case _:
            return ""
