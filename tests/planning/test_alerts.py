"""Alerts of a budget: one budget for each account and project, that counts what the datacenter is tagged with."""

from __future__ import annotations

from typing import Any

from tests.planning.plans import SITE, asked, planned

BUDGET = {"usd_per_month": 300000, "alerts": [80, 100], "notify": ["owner@acme.example"]}


def plans(**sites: dict[str, Any]) -> dict[str, Any]:
    """Return the plans of a datacenter with alerts, by stack."""
    owner = {"team": "ml", "cost_center": "1"}
    found = planned({"blueprint": 1, "name": "dc", "owner": owner, "budget": BUDGET, "sites": sites})
    return {plan.stack: plan for plan in found}


def test_a_budget_of_aws_counts_the_tag_and_tells_at_each_percentage() -> None:
    """In the whole month, what was spent and not what is forecast."""
    (made,) = asked(plans(one=SITE["aws"])["dc.one"], "budget:Budget")

    assert [made.inputs[key] for key in ("limit_amount", "limit_unit", "time_unit")] == ["300000", "USD", "MONTHLY"]
    assert made.inputs["cost_filters"] == [{"name": "TagKeyValue", "values": ["user:rackwright:datacenter$dc"]}]
    assert [one["threshold"] for one in made.inputs["notifications"]] == [80, 100]
    assert {one["notification_type"] for one in made.inputs["notifications"]} == {"ACTUAL"}


def test_an_account_has_one_budget_whatever_its_sites() -> None:
    """The first site of each account has it; another account has its own."""
    found = plans(one=SITE["aws"], two=SITE["aws"], three={**SITE["aws"], "account": "444455556666"})

    assert [stack for stack, plan in found.items() if asked(plan, "budget:Budget")] == ["dc.one", "dc.three"]


def test_a_budget_of_google_cloud_stands_in_the_billing_account() -> None:
    """It counts the label in the project, by its number, through a provider that pays for the calls itself."""
    site = plans(one={**SITE["gcp"], "billing_account": "012345-6789AB-CDEF01"})["dc.one"]
    (made,) = asked(site, "budget:Budget")
    enabled = [one.inputs["service"] for one in asked(site, "projects/service:Service")]

    assert made.options.provider == "billing_provider"
    assert made.inputs["billing_account"] == "012345-6789AB-CDEF01"
    assert made.inputs["budget_filter"]["labels"] == {"rackwright-datacenter": "dc"}
    assert [one["threshold_percent"] for one in made.inputs["threshold_rules"]] == [0.8, 1.0]
    assert "billingbudgets.googleapis.com" in enabled
