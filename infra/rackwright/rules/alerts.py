"""Alerts of a budget: that nobody reads, that no account carries, and what they take for granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint, Budget, GcpSite
from rackwright.derive.budgets import has_budget
from rackwright.diagnostics import Finding, Path, Problem, Severity
from rackwright.rules.places import sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

BUDGETS = "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html"
AWS_API = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html"
TAGS = "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html"
GCP_BUDGETS = "https://cloud.google.com/billing/docs/how-to/budgets"
MOST_ALERTS = 10
"""Notifications of one budget (AWS Budgets API, NotificationWithSubscribersList)."""
MOST_READERS = {"aws": 10, "gcp": 5}
"""Addresses of a notification (AWS Budgets API, Subscriber), and channels of a budget (Cloud Billing budgets)."""


class AlertsUnread(Rule[Blueprint]):
    """Alerts that nobody reads, readers without an alert, and more of either than a budget takes."""

    problem = Problem(
        "COST-E103",
        Severity.ERROR,
        "Alerts of a budget need readers, each once",
        "`alerts` says at how many percent somebody is told, `notify` says who. A budget of AWS has at most ten alerts "
        "with ten addresses each, a budget of Google Cloud at most five addresses.",
        "budget: {usd_per_month: 300000, alerts: [80, 100], notify: [owner@acme.example]}",
        (AWS_API, GCP_BUDGETS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare alerts and readers."""
        given = subject.budget
        if given is None:
            return
        if given.alerts and not given.notify:
            yield self.problem.at(("budget", "alerts"), "nobody is told", "say notify: [ADDRESS]", of_key=True)
        if given.notify and not given.alerts:
            yield self.problem.at(("budget", "notify"), "there is no alert", "say alerts: [80, 100]", of_key=True)
        for key, listed in (("alerts", given.alerts), ("notify", given.notify)):
            for index, one in enumerate(listed):
                if one in listed[:index]:
                    yield self.problem.at(("budget", key, index), f"{one} is there already")
        yield from self._too_many(subject, given)

    def _too_many(self, subject: Blueprint, given: Budget) -> Iterator[Finding]:
        if len(given.alerts) > MOST_ALERTS:
            message = f"a budget has at most {MOST_ALERTS} alerts, not {len(given.alerts)}"
            yield self.problem.at(("budget", "alerts"), message, of_key=True)
        most = min(MOST_READERS[at.cloud] for at in sites(subject))
        if given.alerts and len(given.notify) > most:
            message = f"a budget tells at most {most} addresses here, not {len(given.notify)}"
            yield self.problem.at(("budget", "notify"), message, "name a mailing list", of_key=True)


class NoBillingAccount(Rule[Blueprint]):
    """A project whose billing account nobody names, where its budget would stand."""

    problem = Problem(
        "COST-E104",
        Severity.ERROR,
        "A budget without its billing account",
        "Budgets of Google Cloud stand in the billing account that pays for a project. The first site of a project "
        "names it where the budget of the datacenter has alerts; elsewhere it would do nothing.",
        "project: acme-ai-prod\nbilling_account: 012345-6789AB-CDEF01",
        (GCP_BUDGETS,),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every site on Google Cloud."""
        for at in sites(subject):
            if not isinstance(at.site, GcpSite):
                continue
            wanted, named = has_budget(subject, at.name), at.site.billing_account
            if wanted and named is None:
                message = "its budget has alerts, and no billing account is named"
                yield self.problem.at(at.path, message, "say billing_account: ID", of_key=True)
            elif named and not wanted:
                message = "no budget with alerts stands in this site's stack"
                yield self.problem.at((*at.path, "billing_account"), message, "remove it, or say budget.alerts")


class AlertsGranted(Rule[Blueprint]):
    """What alerts of a budget need of the accounts that pay, and nothing here can see."""

    problem = Problem(
        "COST-N105",
        Severity.NOTE,
        "Taken for granted of a budget with alerts",
        "What is spent is found by the tag or the label of the datacenter. On AWS the account that pays must activate "
        "the tag rackwright:datacenter for cost allocation; before that nothing is counted. On Google Cloud whoever "
        "deploys needs the role billing.costsManager on the billing account, which must be kept in USD. Each account "
        "and project is compared with the whole budget.",
        "budget: {usd_per_month: 300000, alerts: [80, 100], notify: [owner@acme.example]}",
        (BUDGETS, TAGS, GCP_BUDGETS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look for alerts, and for the clouds that tell them."""
        if subject.budget is None or not subject.budget.alerts:
            return
        clouds = {at.cloud for at in sites(subject)}
        aws = ["the tag rackwright:datacenter active for cost allocation"] if "aws" in clouds else []
        gcp = ["billing.costsManager on a billing account in USD"] if "gcp" in clouds else []
        path: Path = ("budget", "alerts")
        yield self.problem.at(path, f"needed for it: {', '.join((*aws, *gcp))}", of_key=True)


RULES: tuple[Rule[Blueprint], ...] = (AlertsUnread(), NoBillingAccount(), AlertsGranted())
