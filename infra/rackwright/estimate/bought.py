"""Which machines and slices a plan buys, how many, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from rackwright.catalog import attached, machine, slice_of_shape, slice_type
from rackwright.catalog.prices import billing
from rackwright.diagnostics.record import dataclass
from rackwright.estimate.inputs import launch_template, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rackwright.catalog import Machine, SliceType
    from rackwright.estimate.inputs import Variant
    from rackwright.plan import Plan, Scalar


Offer: TypeAlias = Literal["on demand", "spot", "capacity block", "flex-start"]
OFFERS: Mapping[tuple[str, ...], Mapping[Scalar, Offer]] = {
    ("instance_market_options", "market_type"): {"spot": "spot", "capacity-block": "capacity block"},
    ("scheduling", "provisioning_model"): {"SPOT": "spot", "FLEX_START": "flex-start"},
    ("scheduling", "preemptible"): {True: "spot"},
    ("scheduling_config", "spot"): {True: "spot"},
    ("scheduling_config", "preemptible"): {True: "spot"},
}
"""How a resource says that it is not bought on demand: input, value, what that is."""


@dataclass(frozen=True, slots=True)
class Bought:
    """`count` machines or slices of one type, from one resource of the plan (its key), sold as `offer`.

    `attached`: accelerators that each machine gets, as the cloud names them, and how many.
    """

    resource: str
    kind: Literal["machine", "slice"]
    type: str | None
    count: int
    offer: Offer
    attached: tuple[str, int] | None = None

    @property
    def name(self) -> str:
        """The machine or slice in words, with what is attached to each."""
        more = f" with {self.attached[1]} x {self.attached[0]}" if self.attached else ""
        return f"{self.type or 'a type that is not known while planning'}{more}"


def bought(plan: Plan) -> tuple[Bought, ...]:
    """Return what a plan buys, in the order of its program; `type` is None where the plan does not say it."""
    found: list[Bought] = []
    for variant in variants(plan):
        row = billing(variant.resource.type)
        if row is not None and row.basis in {"machine", "slice"}:
            found.append(_machines(plan, variant) if row.basis == "machine" else _slices(variant))
    return tuple(found)


def facts(plans: Iterable[Plan]) -> tuple[Machine | SliceType, ...]:
    """Return the catalog records that plans were made from, each once."""
    return tuple(
        dict.fromkeys(fact for plan in plans for one in bought(plan) if (fact := known(plan.cloud, one)) is not None)
    )


def known(cloud: str, one: Bought) -> Machine | SliceType | None:
    """Return the catalog's record of what is bought."""
    if one.type is None:
        return None
    if one.kind == "slice":
        return slice_type(one.type)
    host = machine(cloud, one.type)
    return attached(host, *one.attached) if host and one.attached else host


def _machines(plan: Plan, variant: Variant) -> Bought:
    template = launch_template(plan, variant)
    named = (each.scalar(name) for each in (variant, template) for name in ("instance_type", "machine_type"))
    kind = next((str(name) for name in named if name is not None), None)
    more = next((found for each in (variant, template) if (found := _attached(each))), None)
    return Bought(variant.resource.key, "machine", kind, variant.count, _offer(variant, template), more)


def _attached(variant: Variant) -> tuple[str, int] | None:
    kind, count = (variant.scalar("guest_accelerators", 0, key) for key in ("type", "count"))
    return (str(kind), int(count)) if kind is not None and isinstance(count, int) else None


def _offer(*variants: Variant) -> Offer:
    said = (offers.get(each.scalar(*path)) for each in variants for path, offers in OFFERS.items())
    return next((offer for offer in said if offer), "on demand")


def _slices(variant: Variant) -> Bought:
    kind = variant.scalar("accelerator_type") or _shaped(variant)
    return Bought(variant.resource.key, "slice", None if kind is None else str(kind), variant.count, _offer(variant))


def _shaped(variant: Variant) -> str | None:
    """Return the slice type that has as many chips as a slice of its own shape, for its price is the same."""
    kind, topology = (variant.scalar("accelerator_config", name) for name in ("type", "topology"))
    known = slice_of_shape(str(kind), str(topology)) if topology else None
    return known.name if known else None
