"""What a datacenter may cost and does: over its budget, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.diagnostics.record import dataclass
from rackwright.plan import Plan
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.estimate import Cost

BUDGET: Path = ("budget", "usd_per_month")


@dataclass(frozen=True, slots=True)
class Priced:
    """A blueprint with its plans; what is judged only where both are known."""

    blueprint: Blueprint
    plans: tuple[Plan, ...]


class OverBudget(Rule[Priced]):
    """A datacenter that costs more than its budget."""

    problem = Problem(
        "COST-E101",
        Severity.ERROR,
        "Over the budget",
        "Everything whose list price the catalog knows already costs more, in a month of 730 hours. Discounts are "
        "not in the catalog; where yours make up for it, accept the finding and say so.",
        "budget: {usd_per_month: 300000}",
        policy=True,
    )

    def check(self, subject: Priced) -> Iterator[Finding]:
        """Add up what has a price."""
        found = _costs(subject)
        total = sum(one.usd_month for one in found)
        budget = subject.blueprint.budget
        if budget is not None and total > budget.usd_per_month:
            most = max(found, key=lambda one: one.usd_hour)
            least = "" if all(one.complete for one in found) else "at least "
            message = f"the datacenter costs {least}{total:,.0f} USD a month"
            yield self.problem.at(BUDGET, message, f"{most.stack} costs most of it: {most.usd_month:,.0f} USD")


class UnknownCost(Rule[Priced]):
    """A budget that may be kept or not: not everything has a price."""

    problem = Problem(
        "COST-W102",
        Severity.WARNING,
        "Whether the budget is kept is not known",
        "Capacity blocks and flex-start have prices of their own, and for some machines no price is published. What "
        "is charged by use, as traffic and stored bytes, is in no estimate. Nothing is guessed.",
        "budget: {usd_per_month: 300000}\nclusters: {train: {capacity: {kind: spot}}}",
    )

    def check(self, subject: Priced) -> Iterator[Finding]:
        """Look for what has no price, where the rest is within the budget."""
        found = _costs(subject)
        total = sum(one.usd_month for one in found)
        budget = subject.blueprint.budget
        if budget is None or total > budget.usd_per_month or all(one.complete for one in found):
            return
        unpriced = {name for one in found for name in (*(line.item for line in one.unpriced), *one.unknown)}
        message = f"{total:,.0f} USD a month are known, and there is no price for {', '.join(sorted(unpriced))}"
        yield self.problem.at(BUDGET, message)


def _costs(subject: Priced) -> tuple[Cost, ...]:
    """Return what each stack costs, nothing where there is no budget to compare it with."""
    if subject.blueprint.budget is None:
        return ()
    from rackwright.estimate import cost

    return tuple(cost(plan) for plan in subject.plans)


RULES: tuple[Rule[Priced], ...] = (OverBudget(), UnknownCost())
