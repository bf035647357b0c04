"""A budget is kept, exceeded, or nobody knows; nothing is guessed."""

from __future__ import annotations

import pytest
from tests.rules.blueprints import AWS, GCP

from rackwright.blueprint.load import loads
from rackwright.planning import plan_datacenter
from rackwright.rules import check_cost

FLEX = "nodes: 4\n        capacity: {kind: flex-start, hours: 24}"


def found(text: str, budget: str, *change: str) -> list[str]:
    """Return the codes found in what a blueprint costs."""
    given = text.replace("owner:", f"{budget}\nowner:").replace(*(change or ("", ""))) if budget else text
    blueprint = loads(given).blueprint
    return [one.code for one in check_cost(blueprint, plan_datacenter(blueprint))]


@pytest.mark.parametrize(
    ("text", "budget", "change", "expected"),
    [
        (AWS, "", (), []),
        (AWS, "budget: {usd_per_month: 1000000}", (), []),
        (AWS, "budget: {usd_per_month: 100000}", (), ["COST-E101"]),
        (GCP, "budget: {usd_per_month: 1000000}", ("nodes: 4", FLEX), ["COST-W102"]),
        (GCP, "budget: {usd_per_month: 10}", ("nodes: 4", FLEX), ["COST-E101"]),
    ],
)
def test_a_budget_is_judged_by_what_is_known(text: str, budget: str, change: tuple[str, ...], expected: object) -> None:
    """Over it is an error, and a sum with holes within it is a warning."""
    assert found(text, budget, *change) == expected
