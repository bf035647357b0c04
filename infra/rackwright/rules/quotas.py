"""Quotas that are declared: too small for what draws on them, granted for another use, or not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Blueprint
from rackwright.catalog import UNITS, machine, quota_demand, quotas
from rackwright.catalog.allowances import COUNTED, allowances
from rackwright.derive.counted import EVERYWHERE, taken
from rackwright.derive.places import owner
from rackwright.derive.quotas import draws, needs
from rackwright.diagnostics import Finding, Problem, Severity, suggest
from rackwright.rules.places import sites
from rackwright.rules.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rackwright.derive.counted import Taken
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
        "machines are paid for. Reserved machines drew on a quota when they were reserved, and are not counted. "
        "Addresses, networks, interfaces and terabytes of an account on AWS are counted for all of its sites, and so "
        "are the GPUs of a project in all regions (GPUS_ALL_REGIONS), of which new projects have none.",
        "quotas: {L-417A185B: 768}\nclusters: {train: {machine: p5.48xlarge, nodes: 4}}",
        (
            AWS_QUOTAS,
            GCP_QUOTAS,
            "https://cloud.google.com/tpu/docs/quota",
            "https://github.com/fastai/course-v3/pull/165",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Compare what is needed with the least that a site declares for it."""
        for need in needs(subject):
            key, granting = need.quota.key, _least(subject, need, need.quota.key)
            if granting and need.amount > granting.site.quotas[key]:
                names = ", ".join(dict.fromkeys(draw.cluster for draw in need.draws))
                much = f"{need.amount:,} {UNITS[need.quota.unit]}"
                granted = f"{granting.site.quotas[key]:,} are granted"
                message = f"{much} are needed in {need.place} ({names}), {granted}"
                hint = f"have '{need.quota.name}' raised to {need.amount}, or use fewer machines"
                yield self.problem.at((*granting.path, "quotas", key), message, hint)
        for one in taken(subject):
            key, granting = one.allowance.code, _least(subject, one, one.allowance.code)
            if granting and one.amount > granting.site.quotas[key]:
                message = f"{_needed(one)}, {granting.site.quotas[key]:,} are granted"
                hint = f"have '{one.allowance.name}' raised to {one.amount}"
                yield self.problem.at((*granting.path, "quotas", key), message, hint)


class NewAccount(Rule[Blueprint]):
    """More than an account has before anybody asked for more."""

    problem = Problem(
        "QUOTA-W104",
        Severity.WARNING,
        "More than a new account is granted",
        "AWS grants every account some addresses, VPCs, network interfaces and terabytes of volumes in a region; a "
        "p5.48xlarge alone has 33 interfaces. What goes beyond is refused while the first resources are paid for. "
        "Quotas that were raised are said under `quotas`, and are compared from then on.",
        "network: {zones: [us-east-1a, us-east-1b, us-east-1c], nat: per-zone}\nquotas: {L-0263D0A3: 20}",
        (
            "https://docs.aws.amazon.com/general/latest/gr/vpc-service.html",
            "https://docs.aws.amazon.com/general/latest/gr/ebs-service.html",
            "https://github.com/aws/aws-parallelcluster/issues/1734",
        ),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at what no site declares."""
        for one in taken(subject):
            granted = one.allowance.granted
            if granted is not None and one.amount > granted and _least(subject, one, one.allowance.code) is None:
                message = f"{_needed(one)}, a new account is granted {granted:,}"
                hint = f"once '{one.allowance.name}' is raised, say quotas: {{{one.allowance.code}: {one.amount}}}"
                yield self.problem.at(("sites", one.most), message, hint, of_key=True)


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
            counted = {one.code: one.name for one in allowances() if one.cloud == at.cloud}
            known = {one.key: one.name for one in quotas(at.cloud)} | counted
            for key in at.site.quotas:
                if key not in known:
                    named = next((code for code, name in known.items() if name == key), "")
                    message = f"the catalog knows no quota '{key}' of {at.cloud.upper()}"
                    hint = f"write {named}" if named else _of_machine(at.cloud, key) or suggest(key, known)
                    yield self.problem.at((*at.path, "quotas", key), message, hint, of_key=True)


def _of_machine(cloud: str, name: str) -> str:
    """Return which quota a machine draws on, where its name stands for one; blank where it does not."""
    known = machine(cloud, name)
    drawn = quota_demand(known) if known else None
    return f"it draws on {drawn.quota.key}, {drawn.amount} {UNITS[drawn.quota.unit]} each" if drawn else ""


class QuotaOfOtherUse(Rule[Blueprint]):
    """A quota that is declared for another use of the same machines."""

    problem = Problem(
        "QUOTA-W103",
        Severity.WARNING,
        "The quota is granted for another use",
        "Machines on demand and spare machines (spot) draw on quotas of their own, and each is raised for itself. "
        "Google Cloud lets spare machines draw on the quota of the others until they are granted one. It counts the "
        "H100s of A3 Mega apart from those of A3 High.",
        "quotas: {L-DB2E81BA: 192}\nclusters: {serve: {machine: g6.48xlarge, nodes: 1, capacity: {kind: on-demand}}}",
        (AWS_QUOTAS, "https://github.com/skypilot-org/skypilot/issues/2509"),
    )

    def check(self, subject: Blueprint) -> Iterator[Finding]:
        """Look at every quota that clusters draw on while only another of the same machines is declared."""
        for draw in draws(subject):
            declared = subject.sites[draw.site].quotas
            for other in _others(draw) if draw.quota.key not in declared else ():
                if other in declared:
                    named = f" ({draw.quota.name})" if draw.quota.name != draw.quota.key else ""
                    message = f"{draw.cluster} draws on {draw.quota.key}{named}, not on this"
                    hint = f"declare {draw.quota.key}, or take another kind of capacity"
                    yield self.problem.at(("sites", draw.site, "quotas", other), message, hint, of_key=True)


def _least(blueprint: Blueprint, need: Need | Taken, key: str) -> SitePlace | None:
    """Return the site that declares the least of what is needed somewhere, None where none declares it."""
    found = [at for at in sites(blueprint) if key in at.site.quotas and _grants(at, need)]
    return min(found, key=lambda at: at.site.quotas[key], default=None)


def _needed(one: Taken) -> str:
    return f"{one.amount:,} {COUNTED[one.allowance.counts]} are needed in {one.place}"


def _grants(at: SitePlace, need: Need | Taken) -> bool:
    """Return whether what a site declares is granted where something is needed."""
    return owner(at.site) == need.owner and need.place in {at.site.region, *at.site.network.zones, EVERYWHERE}


def _others(draw: Draw) -> Iterator[str]:
    """Yield the quotas that the machines of a cluster do not draw on: if bought otherwise, and of their siblings."""
    mine = draw.quota
    if not (draw.use == "spot" and mine.cloud == "gcp"):
        found = quota_demand(draw.thing, "spot" if draw.use == "on-demand" else "on-demand")
        yield from (found.quota.key,) if found else ()
    alike = (one for one in quotas(mine.cloud) if one.use == mine.use and {*one.accelerators} & {*mine.accelerators})
    yield from (one.key for one in alike if one.key != mine.key)


RULES: tuple[Rule[Blueprint], ...] = (QuotaExceeded(), UnknownQuota(), QuotaOfOtherUse(), NewAccount())
