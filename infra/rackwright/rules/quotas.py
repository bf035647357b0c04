"""Quotas that are declared: too small for what draws on them, granted for another use, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.catalog import UNITS, quota_demand, quotas
from rackwright.derive.places import owner
from rackwright.derive.quotas import draws, needs
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.places import sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.catalog import Quota
    from rackwright.derive.quotas import Draw, Need
    from rackwright.rules.places import SitePlace

AWS_QUOTAS = "https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-quotas.html"
GCP_QUOTAS = "https://cloud.google.com/compute/resource-usage"


class QuotaExceeded(Rule[Blueprint]):
    """A quota that the clusters of an account or project exceed together."""

    problem = Problem(
        "QUOTA-E101",
        Severity.ERROR,
        "More is needed than the quota grants",
        "All clusters of an account or project in a region (for TPUs: in a zone) share a quota. EC2 counts vCPUs, not "
        "instances; Google Cloud counts GPUs, chips or TensorCores. What goes beyond is refused while the first "
        "machines are paid for. Reserved machines drew on a quota when they were reserved, and are not counted.",
        "quotas: {L-417A185B: 768}\nclusters: {train: {machine: p5.48xlarge, nodes: 4}}",
        (AWS_QUOTAS, GCP_QUOTAS, "https://cloud.google.com/tpu/docs/quota"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare what is needed with the least that a site declares for it."""
        for need in needs(subject):
            key = need.quota.key
            found = [at for at in sites(subject) if key in at.site.quotas and _grants(at, need)]
            for at in sorted(found, key=lambda one: one.site.quotas[key])[:1]:
                granted = at.site.quotas[key]
                if need.amount <= granted:
                    continue
                names = ", ".join(dict.fromkeys(draw.cluster for draw in need.draws))
                much = f"{need.amount:,} {UNITS[need.quota.unit]}"
                message = f"{much} are needed in {need.place} ({names}), {granted:,} are granted"
                hint = f"have '{need.quota.name}' raised to {need.amount}, or use fewer machines"
                yield self.problem.at((*at.path, "quotas", key), message, hint)


class UnknownQuota(Rule[Blueprint]):
    """A declared quota that nothing is compared with."""

    problem = Problem(
        "QUOTA-W102",
        Severity.WARNING,
        "A quota that is not compared with anything",
        "Quotas are called by their code, as L-417A185B or NVIDIA_H100_MEGA_GPUS; `rackwright catalog machine NAME` "
        "shows on which a machine draws, and `rackwright plan` what a blueprint needs.",
        "quotas: {L-417A185B: 768}",
        (AWS_QUOTAS, GCP_QUOTAS),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every declared quota."""
        for at in sites(subject):
            known = {one.key: one.name for one in quotas(at.cloud)}
            for key in at.site.quotas:
                if key not in known:
                    named = next((code for code, name in known.items() if name == key), "")
                    message = f"the catalog knows no quota '{key}' of {at.cloud.upper()}"
                    hint = f"write {named}" if named else suggest(key, known)
                    yield self.problem.at((*at.path, "quotas", key), message, hint, of_key=True)


class QuotaOfOtherUse(Rule[Blueprint]):
    """A quota that is declared for another use of the same machines."""

    problem = Problem(
        "QUOTA-W103",
        Severity.WARNING,
        "The quota is granted for another use",
        "Machines on demand and spare machines (spot) draw on quotas of their own, and each is raised for itself. "
        "Google Cloud lets spare machines draw on the quota of the others until they are granted one.",
        "quotas: {L-DB2E81BA: 192}\nclusters: {serve: {machine: g6.48xlarge, nodes: 1, capacity: {kind: on-demand}}}",
        (AWS_QUOTAS, "https://github.com/skypilot-org/skypilot/issues/2509"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every quota that clusters draw on while only its counterpart is declared."""
        for draw in draws(subject):
            site = subject.sites[draw.site]
            other = _counterpart(draw)
            if other and draw.quota.key not in site.quotas and other.key in site.quotas:
                message = f"{draw.cluster} draws on {draw.quota.key} ({draw.quota.name}), not on this"
                hint = f"declare {draw.quota.key}, or take another kind of capacity"
                yield self.problem.at(("sites", draw.site, "quotas", other.key), message, hint, of_key=True)


def _grants(at: SitePlace, need: Need) -> bool:
    """Return whether what a site declares is granted where something is needed."""
    return owner(at.site) == need.owner and need.place in {at.site.region, *at.site.network.zones}


def _counterpart(draw: Draw) -> Quota | None:
    """Return the quota that the machines of a cluster would draw on, were they bought the other way."""
    if draw.use == "spot" and draw.quota.cloud == "gcp":
        return None
    found = quota_demand(draw.thing, "spot" if draw.use == "on-demand" else "on-demand")
    return found.quota if found else None


RULES: tuple[Rule[Blueprint], ...] = (QuotaExceeded(), UnknownQuota(), QuotaOfOtherUse())
