"""budget.py: who is told what the datacenter has spent in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Lit, Named, Options, Provider, Ref, Repeat, Resource, args, out, text, value
from rackwright.planning.area import Area
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Budget
    from rackwright.plan import Node
    from rackwright.planning.gcp.context import GcpStack

PAYING = "billing_provider"
LABEL = "rackwright-datacenter"


def budget(here: GcpStack, given: Budget) -> Planned:
    """Return the section of the project's budget, which stands in the billing account."""
    area = Area(CLOUD, "budget", ("budget",))
    title = f"Budget: {given.usd_per_month:,} USD a month for what is labeled {here.blueprint.name} in this project"
    number = args(project_id=here.site.project)
    nodes = (
        _provider(here, area),
        area.invoke("paid_project", "organizations/getProject:getProject", number),
        _mail(here, area, given),
        _budget(here, area, given),
    )
    return Planned(area.titled(title), nodes)


def _provider(here: GcpStack, area: Area) -> Provider:
    inputs = args(
        project=here.site.project,
        region=here.site.region,
        add_pulumi_attribution_label=False,
        user_project_override=True,
        billing_project=here.site.project,
    )
    note = "With a person's own credentials the interface of budgets answers only where a project pays for the call."
    return Provider(PAYING, CLOUD, Lit("billing"), inputs, area.section, area.origin, note)


def _mail(here: GcpStack, area: Area, given: Budget) -> Node:
    channel = area.under("notify").resource(
        "budget_channels",
        "monitoring/notificationChannel:NotificationChannel",
        text("budget-", ROW),
        args(
            type="email",
            display_name=text(f"Budget of {here.blueprint.name}: ", ROW),
            labels={"email_address": ROW},
            user_labels=here.labels(),
        ),
        depends_on=(Ref("enabled"),),
    )
    origin = area.under("notify").origin
    return Repeat("budget_readers", "reader", Named(given.notify), (), (channel,), area.section, origin)


def _budget(here: GcpStack, area: Area, given: Budget) -> Resource:
    inputs = args(
        billing_account=here.site.billing_account,
        display_name=f"rackwright-{here.blueprint.name}",
        budget_filter={
            "projects": [text("projects/", out("paid_project", "number"))],
            "labels": {LABEL: here.labels()[LABEL]},
        },
        amount={"specified_amount": {"currency_code": "USD", "units": str(given.usd_per_month)}},
        threshold_rules=[{"threshold_percent": percent / 100} for percent in given.alerts],
        all_updates_rule={
            "monitoring_notification_channels": [out("budget_channels", "name", row=one) for one in given.notify],
            "disable_default_iam_recipients": True,
        },
    )
    options = Options(provider=PAYING, depends_on=(Ref("enabled"),))
    kind = f"{CLOUD}:billing/budget:Budget"
    return Resource("monthly_budget", kind, value("monthly"), inputs, area.section, area.origin, options)
