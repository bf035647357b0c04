"""budget.py: who is told what the datacenter has spent in the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import args
from rackwright.planning.area import Area
from rackwright.planning.aws.context import CLOUD
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Budget
    from rackwright.plan import Plain
    from rackwright.planning.aws.context import AwsStack

TAG = "rackwright:datacenter"


def budget(here: AwsStack, given: Budget) -> Planned:
    """Return the section of the account's budget."""
    area = Area(CLOUD, "budget", ("budget",))
    alerts: list[Plain] = [
        {
            "comparison_operator": "GREATER_THAN",
            "notification_type": "ACTUAL",
            "threshold": percent,
            "threshold_type": "PERCENTAGE",
            "subscriber_email_addresses": [*given.notify],
        }
        for percent in given.alerts
    ]
    made = area.resource(
        "monthly_budget",
        "budgets/budget:Budget",
        "monthly",
        args(
            name=f"rackwright-{here.blueprint.name}",
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(given.usd_per_month),
            limit_unit="USD",
            cost_filters=[{"name": "TagKeyValue", "values": [f"user:{TAG}${here.blueprint.name}"]}],
            notifications=alerts,
        ),
        note=f"Nothing is counted before {TAG} is activated as a cost allocation tag in the account that pays.",
    )
    title = f"Budget: {given.usd_per_month:,} USD a month for what is tagged with {here.blueprint.name} in this account"
    return Planned(area.titled(title), (made,))
