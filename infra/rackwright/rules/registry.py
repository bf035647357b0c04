"""Every rule and every code there is, in one static list: nothing is searched for at start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint.problems import PROBLEMS
from rackwright.rules import (
    accelerators,
    acceptance,
    access,
    alerts,
    buckets,
    budget,
    capacity,
    containers,
    disks,
    dns,
    elsewhere,
    endpoints,
    existing,
    fabric,
    filed,
    groups,
    hosts,
    identity,
    images,
    joined,
    keys,
    labels,
    links,
    locks,
    lustre,
    machines,
    monitoring,
    mounts,
    names,
    network,
    nodes,
    objects,
    openzfs,
    overrides,
    pins,
    plans,
    policy,
    power,
    profile,
    quotas,
    records,
    renames,
    repeated,
    reservations,
    room,
    scheduler,
    shared,
    sizes,
    slices,
    software,
    sold,
    standing,
    storage,
    suppression,
    twice,
    volumes,
    zones,
)
from rackwright.rules.runner import CRASHED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rackwright.blueprint import Blueprint
    from rackwright.diagnostics import Problem
    from rackwright.plan import Plan
    from rackwright.rules.budget import Priced
    from rackwright.rules.dated import Dated
    from rackwright.rules.filed import Filed
    from rackwright.rules.locks import Locked
    from rackwright.rules.rule import Rule
    from rackwright.rules.weighing import Coded, Outcome

BLUEPRINT_RULES: tuple[Rule[Blueprint], ...] = (
    *network.RULES,
    *existing.RULES,
    *endpoints.RULES,
    *zones.RULES,
    *machines.RULES,
    *accelerators.RULES,
    *slices.RULES,
    *sold.RULES,
    *capacity.RULES,
    *reservations.RULES,
    *quotas.RULES,
    *nodes.RULES,
    *scheduler.RULES,
    *room.RULES,
    *fabric.RULES,
    *joined.RULES,
    *storage.RULES,
    *lustre.RULES,
    *openzfs.RULES,
    *buckets.RULES,
    *objects.RULES,
    *volumes.RULES,
    *records.RULES,
    *monitoring.RULES,
    *dns.RULES,
    *alerts.RULES,
    *standing.RULES,
    *elsewhere.RULES,
    *mounts.RULES,
    *shared.RULES,
    *software.RULES,
    *pins.RULES,
    *acceptance.RULES,
    *containers.RULES,
    *images.RULES,
    *access.RULES,
    *profile.RULES,
    *keys.RULES,
    *identity.RULES,
    *labels.RULES,
    *disks.RULES,
    *renames.RULES,
    *links.RULES,
    *repeated.RULES,
    *power.RULES,
)
IMAGE_RULES: tuple[Rule[Locked], ...] = locks.IN_BLUEPRINT
LOCK_RULES: tuple[Rule[Locked], ...] = locks.IN_LOCK
CODED_RULES: tuple[Rule[Coded], ...] = (*policy.RULES, *suppression.RULES)
DATED_RULES: tuple[Rule[Dated], ...] = (*reservations.DATED, *images.DATED, *suppression.DATED)
PRICED_RULES: tuple[Rule[Priced], ...] = (*budget.RULES, *power.PLANNED, *overrides.RULES)
FILED_RULES: tuple[Rule[Filed], ...] = filed.RULES
OUTCOME_RULES: tuple[Rule[Outcome], ...] = suppression.OUTCOME
PLAN_RULES: tuple[Rule[Plan], ...] = (
    *names.RULES,
    *plans.RULES,
    *groups.RULES,
    *hosts.RULES,
    *twice.RULES,
    *sizes.RULES,
)
TOGETHER_RULES: tuple[Rule[tuple[Plan, ...]], ...] = twice.TOGETHER


def by_code(problems: Iterable[Problem]) -> dict[str, Problem]:
    """Return problems by code; raises ValueError where two share one."""
    found: dict[str, Problem] = {}
    for problem in problems:
        if problem.code in found:
            raise ValueError(f"two problems have the code {problem.code}")
        found[problem.code] = problem
    return dict(sorted(found.items()))


CODES = by_code(
    (
        *PROBLEMS,
        *(rule.problem for rule in BLUEPRINT_RULES),
        *(rule.problem for rule in (*IMAGE_RULES, *LOCK_RULES)),
        *(rule.problem for rule in CODED_RULES),
        *(rule.problem for rule in DATED_RULES),
        *(rule.problem for rule in PRICED_RULES),
        *(rule.problem for rule in FILED_RULES),
        *(rule.problem for rule in OUTCOME_RULES),
        *(rule.problem for rule in PLAN_RULES),
        *(rule.problem for rule in TOGETHER_RULES),
        overrides.OUT_OF_BOUNDS,
        CRASHED,
    )
)
