"""Reading what a compact plan says about its resources: inputs by path, columns by row, alike rows counted once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rackwright.diagnostics.record import dataclass
from rackwright.plan import Column, List, Lit, Map, Out, Repeat, Resource, Value, row_count, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rackwright.plan import Plan, Scalar


@dataclass(frozen=True, slots=True)
class Variant:
    """A resource as `count` rows of its Repeat have it: `cells` are their columns, all equal among these rows."""

    resource: Resource
    count: int
    cells: tuple[tuple[str, Value], ...] = ()

    def value(self, *path: str | int) -> Value | None:
        """Return the input at a path with columns resolved, None where it is not given."""
        return lookup(self.resource, dict(self.cells), path)

    def scalar(self, *path: str | int) -> Scalar:
        """Return the input at a path where it is known while planning, else None."""
        found = self.value(*path)
        return found.value if isinstance(found, Lit) else None


def variants(plan: Plan) -> Iterator[Variant]:
    """Return every resource of a plan with the number of times it stands for."""
    for node, repeat in plan.singles():
        if isinstance(node, Resource):
            yield from (Variant(node, _members(node)),) if repeat is None else _rows(node, repeat)


def _members(resource: Resource) -> int:
    """Return how many machines one resource stands for: a group's number of members, else one."""
    size = lookup(resource, {}, ("desired_capacity",)) or lookup(resource, {}, ("target_size",))
    return size.value if isinstance(size, Lit) and isinstance(size.value, int) else 1


def _rows(resource: Resource, repeat: Repeat) -> Iterator[Variant]:
    """Return a repeated resource once, or once per distinct row where its inputs use columns of the table."""
    used = _columns(resource)
    table = [(name, cells) for name, cells in repeat.table if name in used]
    if not table:
        yield Variant(resource, row_count(repeat.over))
        return
    names = [name for name, _ in table]
    for cells, count in Counter(zip(*(cells for _, cells in table), strict=True)).items():
        yield Variant(resource, count, tuple(zip(names, cells, strict=True)))


def _columns(resource: Resource) -> frozenset[str]:
    return frozenset(each.name for _, value in resource.inputs for each in walk(value) if isinstance(each, Column))


def lookup(resource: Resource, cells: Mapping[str, Value], path: tuple[str | int, ...]) -> Value | None:
    """Return the input of a resource at a path: names lead into maps, numbers into lists."""
    found: Value | None = Map(resource.inputs)
    for step in path:
        found = _inside(found, step)
        if isinstance(found, Column):
            found = cells.get(found.name)
    return found


def _inside(value: Value | None, step: str | int) -> Value | None:
    match value:
        case Map(items):
            return dict(items).get(str(step))
        case List(items) if isinstance(step, int) and step < len(items):
            return items[step]
        case _:
            return None


def launch_template(plan: Plan, variant: Variant) -> Variant:
    """Return the template that an instance or group refers to as a variant of its own, else the instance itself."""
    named = (("launch_template", "id"), ("launch_template", "name"), ("versions", 0, "instance_template"))
    reference = next((found for path in named if (found := variant.value(*path)) is not None), None)
    if isinstance(reference, Out):
        for node, _ in plan.singles():
            if isinstance(node, Resource) and node.key == reference.node:
                return Variant(node, variant.count, variant.cells)
    return variant
