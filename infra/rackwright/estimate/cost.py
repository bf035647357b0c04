"""What a plan costs an hour: list prices times counts; what has no price is named, never taken for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from rackwright.catalog.prices import billing, price, prices
from rackwright.diagnostics.record import dataclass
from rackwright.estimate.bought import bought, known
from rackwright.estimate.disks import disks
from rackwright.estimate.inputs import variants
from rackwright.plan import List

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog.prices import Billing, Price
    from rackwright.estimate.bought import Bought
    from rackwright.estimate.disks import Disk
    from rackwright.estimate.inputs import Variant
    from rackwright.plan import Plan

HOURS_PER_MONTH = 730
"""Hours in a mean month, as the clouds' own calculators take it."""

Kind: TypeAlias = Literal["machine", "slice", "disk", "storage", "service"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an estimate: `count` times `item`. `usd_hour` is the line's total, None where no price is known.

    `basis` says where the price holds and from when, or why there is none.
    """

    kind: Kind
    resource: str
    item: str
    count: int
    usd_hour: float | None
    basis: str


@dataclass(frozen=True, slots=True)
class Cost:
    """The estimate of one stack. `usd_hour` sums the lines that have a price: a lower bound unless `complete`.

    `unpriced` are lines that cost something, nobody here knows what; `by_use` are resources charged by traffic,
    requests or bytes stored; `unknown` are resource types of which the catalog does not say how they are charged.
    """

    stack: str
    lines: tuple[Line, ...]
    by_use: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def usd_hour(self) -> float:
        """USD an hour of everything that has a price."""
        return sum(line.usd_hour for line in self.lines if line.usd_hour is not None)

    @property
    def usd_month(self) -> float:
        """USD a month of 730 hours of everything that has a price."""
        return self.usd_hour * HOURS_PER_MONTH

    @property
    def unpriced(self) -> tuple[Line, ...]:
        """The lines without a price."""
        return tuple(line for line in self.lines if line.usd_hour is None)

    @property
    def complete(self) -> bool:
        """Whether everything with a fixed price has one here."""
        return not self.unpriced and not self.unknown


def cost(plan: Plan) -> Cost:
    """Return the estimate of a plan from its compact form: 1,024 nodes take as long as 16."""
    return Cost(
        stack=plan.stack,
        lines=(*(_machine_line(plan, one) for one in bought(plan)), *_disk_lines(plan), *_service_lines(plan)),
        by_use=tuple(dict.fromkeys(each.resource.type for each in variants(plan) if _basis(each) == "usage")),
        unknown=tuple(dict.fromkeys(each.resource.type for each in variants(plan) if _basis(each) is None)),
    )


def _basis(variant: Variant) -> str | None:
    row = billing(variant.resource.type)
    return None if row is None else row.basis


def _machine_line(plan: Plan, one: Bought) -> Line:
    fact = known(plan.cloud, one)
    item = f"{one.name}, {one.offer}"
    if fact is None:
        return Line(one.kind, one.resource, item, one.count, None, "not in the catalog")
    each = {"spot": fact.spot_usd_hour, "on demand": fact.on_demand_usd_hour}.get(one.offer)
    if each is None:
        return Line(one.kind, one.resource, item, one.count, None, f"the catalog has no {one.offer} price")
    basis = f"{fact.price_region}, {fact.price_date}"
    return Line(one.kind, one.resource, item, one.count, each * one.count, basis)


def _disk_lines(plan: Plan) -> Iterator[Line]:
    for disk in disks(plan):
        found = price(plan.cloud, disk.type)
        item = f"{disk.gib} GiB {disk.type}"
        each = None if found is None else _hourly(found) * disk.gib
        yield _line("disk", disk.resource, item, disk.count, each, found)
        yield from _speed_lines(plan.cloud, disk)


def _speed_lines(cloud: str, disk: Disk) -> Iterator[Line]:
    """Return what operations and throughput of a disk cost besides its size, by step of the price."""
    for name, unit, asked in (("iops", "IOPS", disk.iops), ("throughput", "MiB/s", disk.throughput)):
        item = f"{disk.type}-{name}"
        above = [int(one.item.rpartition("-")[2]) for one in prices(cloud) if one.item.startswith(f"{item}-")]
        steps = [(item, 0), *((f"{item}-{start}", start) for start in above)]
        for (step, start), end in zip(steps, (*above, asked), strict=True):
            number, found = min(asked, max(end, start)) - start, price(cloud, step)
            if number > 0:
                each = None if found is None else _hourly(found) * number
                yield _line("disk", disk.resource, f"{number} {unit} of {disk.type}", disk.count, each, found)


def _service_lines(plan: Plan) -> Iterator[Line]:
    for variant in variants(plan):
        row = billing(variant.resource.type)
        if row is not None and row.basis in {"fixed", "capacity"}:
            yield _service_line(plan.cloud, variant, row)


def _service_line(cloud: str, variant: Variant, row: Billing) -> Line:
    item = _item(row.item, variant)
    found = price(cloud, item)
    if row.basis == "fixed":
        each = None if found is None else _hourly(found) * _length(variant, row.size)
        return _line("service", variant.resource.key, item, variant.count, each, found)
    size = variant.scalar(*row.size.split(".")) if row.size else None
    gib = int(size) if isinstance(size, int | float | str) else None
    each = None if found is None or gib is None else _hourly(found) * gib
    label = f"{'?' if gib is None else gib} GiB {item}"
    return _line("storage", variant.resource.key, label, variant.count, each, found)


def _line(kind: Kind, resource: str, item: str, count: int, each: float | None, found: Price | None) -> Line:
    if found is None or each is None:
        return Line(
            kind, resource, item, count, None, "the catalog has no price" if found is None else "size not known"
        )
    return Line(kind, resource, item, count, each * count, f"{found.region}, {found.date}")


def _item(template: str, variant: Variant) -> str:
    """Return the name of a price, its {input} filled in from the resource and left out where that does not say it."""
    head, opened, rest = template.partition("{")
    name, _, tail = rest.partition("}")
    said = variant.scalar(name) if opened else None
    return f"{head}{said}{tail}" if said is not None else head.rstrip("-")


def _length(variant: Variant, path: str) -> int:
    """Return by how much a fixed price multiplies: the length of a list, 1 where none is named or given."""
    value = variant.value(*path.split(".")) if path else None
    return len(value.items) if isinstance(value, List) else 1


def _hourly(found: Price) -> float:
    return found.usd if found.unit == "hour" else found.usd / HOURS_PER_MONTH
