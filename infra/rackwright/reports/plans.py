"""Plans as people and machines read them: stacks, resources, hosts, cost, power."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rackwright.catalog import UNITS
from rackwright.catalog.proofs import proof_of
from rackwright.derive.choice import settled
from rackwright.derive.quotas import needs, undetermined
from rackwright.diagnostics import dotted
from rackwright.estimate import Cost, Power, cost, power
from rackwright.plan import Resource, host_names, row_count
from rackwright.rules.inputs import known

if TYPE_CHECKING:
    from rich.console import Console

    from rackwright.blueprint import Blueprint
    from rackwright.derive.quotas import Need
    from rackwright.plan import HostSet, Plan


def as_data(plans: tuple[Plan, ...], blueprints: tuple[Blueprint, ...]) -> dict[str, Any]:
    """Return plans for a machine; unknown prices are null, and `usd_hour` is a lower bound unless `complete`."""
    return {
        "stacks": [_stack(plan, cost(plan), power(plan, _pue(plan, blueprints))) for plan in plans],
        "quotas": [_quota(need) for one in blueprints for need in needs(settled(one))],
        "quotas_unknown": [thing for one in blueprints for thing in undetermined(settled(one))],
    }


def resource_counts(plan: Plan) -> dict[str, int]:
    """Return resource type -> how many, from the compact form."""
    count: Counter[str] = Counter()
    for node, repeat in plan.singles():
        if isinstance(node, Resource):
            count[node.type] += row_count(repeat.over) if repeat is not None else 1
    return dict(sorted(count.items()))


def overrides(plan: Plan) -> list[dict[str, Any]]:
    """Return what the blueprint overrides of a plan: role, type and argument, the value, and the path of its line."""
    return [
        {
            "role": node.key,
            "type": node.type,
            "argument": list(one.argument),
            "value": known(one.value),
            "path": dotted(one.origin),
        }
        for node, _ in plan.singles()
        if isinstance(node, Resource)
        for one in node.overrides
    ]


def print_plans(plans: tuple[Plan, ...], blueprints: tuple[Blueprint, ...], console: Console) -> None:
    """Print a table of resources, the hosts, the cost and the power of every stack."""
    from rich.table import Table

    for plan in plans:
        estimated = cost(plan)
        table = Table("resource", "count", title=f"{plan.stack}: {plan.title}", title_justify="left", min_width=60)
        for kind, count in resource_counts(plan).items():
            table.add_row(kind, str(count))
        console.print(table)
        for one in plan.host_sets:
            names = host_names(one)
            hosts = f"{len(names)} x {one.expect.machine}: {names[0]} ... {names[-1]}"
            console.print(f"hosts   {hosts}; proved: {proof_of(one.expect.machine) or 'no'}", highlight=False)
        for row in overrides(plan):
            shown = f"{row['role']}: {'.'.join(row['argument'])} = {json.dumps(row['value'], ensure_ascii=False)}"
            console.print(f"override  {shown} ({row['path']})", highlight=False, markup=False)
        console.print(f"cost    {_cost_line(estimated)}", highlight=False)
        drawn = power(plan, _pue(plan, blueprints))
        console.print(f"power   {_power_line(drawn)}\n" if drawn.draws else "", highlight=False)


def print_quotas(blueprints: tuple[Blueprint, ...], console: Console) -> None:
    """Print what accounts and projects must be granted before a blueprint can be deployed."""
    for blueprint in map(settled, blueprints):
        for need in needs(blueprint):
            code = f" ({need.quota.code})" if need.quota.key != need.quota.name else ""
            much = f"{need.amount:,} {UNITS[need.quota.unit]} in {need.place} of {need.owner}"
            console.print(f"quota   {need.quota.name}{code}: {much}", highlight=False)
        for thing in undetermined(blueprint):
            console.print(f"quota   not known for {thing}", highlight=False)


def _cost_line(estimated: Cost) -> str:
    bound = "" if estimated.complete else "at least "
    unpriced = sorted({line.item for line in estimated.unpriced})
    missing = f"; no price here for {', '.join(unpriced)}" if unpriced else ""
    return f"{bound}{estimated.usd_hour:,.2f} USD/hour, {estimated.usd_month:,.0f} USD/month{missing}"


def _power_line(drawn: Power) -> str:
    bound = "at least " if drawn.unknown else ""
    carbon = "" if drawn.kgco2e_month is None else f", {drawn.kgco2e_month / 1000:,.1f} tCO2e/month"
    missing = f"; nobody says what {', '.join(drawn.unknown)} draw" if drawn.unknown else ""
    return f"{bound}{drawn.watts / 1000:,.1f} kW at the limit (PUE {drawn.pue:g}){carbon}{missing}"


def _pue(plan: Plan, blueprints: tuple[Blueprint, ...]) -> float | None:
    """Return what the blueprint of a plan says that a datacenter adds."""
    name = plan.stack.partition(".")[0]
    return next((one.power.pue for one in blueprints if one.name == name and one.power), None)


def _quota(need: Need) -> dict[str, Any]:
    return {
        "owner": need.owner,
        "place": need.place,
        "name": need.quota.name,
        "code": need.quota.code,
        "unit": UNITS[need.quota.unit],
        "needed": need.amount,
        "clusters": [f"{draw.site}.{draw.cluster}" for draw in need.draws],
    }


def _hosts(one: HostSet) -> dict[str, Any]:
    proof = proof_of(one.expect.machine)
    level = proof.level if proof else None
    return {"set": one.name, "machine": one.expect.machine, "proved": level, "names": host_names(one)}


def _stack(plan: Plan, estimated: Cost, drawn: Power) -> dict[str, Any]:
    return {
        "stack": plan.stack,
        "title": plan.title,
        "cloud": plan.cloud,
        "region": plan.region,
        "resources": resource_counts(plan),
        "hosts": [_hosts(one) for one in plan.host_sets],
        "overrides": overrides(plan),
        "cost": {
            "usd_hour": round(estimated.usd_hour, 4),
            "usd_month": round(estimated.usd_month, 2),
            "complete": estimated.complete,
            "unpriced": [line.item for line in estimated.unpriced],
            "by_use": list(estimated.by_use),
            "lines": [
                {"item": line.item, "count": line.count, "usd_hour": line.usd_hour, "basis": line.basis}
                for line in estimated.lines
            ],
        },
        "power": {
            "watts": round(drawn.watts, 1),
            "pue": drawn.pue,
            "complete": not drawn.unknown,
            "unknown": list(drawn.unknown),
            "grid_gco2e_kwh": drawn.grid_gco2e_kwh,
            "kgco2e_month": None if drawn.kgco2e_month is None else round(drawn.kgco2e_month, 1),
        },
    }
