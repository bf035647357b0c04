"""The stack of an AWS site: network, keys, storage, audit; what every cluster on it builds upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.budgets import has_budget
from rackwright.derive.links import is_linked
from rackwright.plan import Each, Export, Plan, out
from rackwright.planning.aws.account import account
from rackwright.planning.aws.audit import audit
from rackwright.planning.aws.backup import backup
from rackwright.planning.aws.bastion import bastion, bastion_exports
from rackwright.planning.aws.connect import connect, connect_exports
from rackwright.planning.aws.context import CLOUD, AwsStack
from rackwright.planning.aws.endpoints import endpoints
from rackwright.planning.aws.existing import existing
from rackwright.planning.aws.keys import keys
from rackwright.planning.aws.network import network
from rackwright.planning.aws.storage import storage, storage_exports
from rackwright.planning.aws.trail import trail

if TYPE_CHECKING:
    from rackwright.blueprint import AwsSite, Blueprint
    from rackwright.derive.images import Ids


def plan_site(blueprint: Blueprint, name: str, site: AwsSite, ids: Ids) -> Plan:
    """Return the plan of a site's own stack."""
    here = AwsStack(blueprint, name, site, ids=ids)
    given = site.network.existing
    sections = [account(here), keys(here), *((existing(here, given),) if given else (network(here), endpoints(here)))]
    if site.access.kind == "bastion":
        sections.append(bastion(here))
    if site.access.kind == "instance-connect":
        sections.append(connect(here))
    if here.is_logged:
        sections.append(audit(here))
    sections.append(storage(here))
    if here.is_audited:
        sections.append(trail(here))
    if site.backup:
        sections.append(backup(here, site.backup))
    if blueprint.budget and has_budget(blueprint, name):
        from rackwright.planning.aws.budget import budget

        sections.append(budget(here, blueprint.budget))
    told: tuple[Export, ...] = ()
    if site.network.dns:
        from rackwright.planning.aws.dns import dns, dns_exports

        sections.append(dns(here, site.network.dns))
        told = dns_exports()
    if site.monitoring:
        from rackwright.planning.aws.monitoring import monitoring, monitoring_exports

        sections.append(monitoring(here, site.monitoring))
        told = (*told, *monitoring_exports(site.monitoring))
    logged = " and audit" if here.is_logged or here.is_audited else ""
    backed_up = " with backups" if site.backup else ""
    return Plan(
        stack=here.stack,
        datacenter=blueprint.name,
        cloud=CLOUD,
        region=site.region,
        identity=site.account,
        title=f"network, keys, storage{backed_up}{logged} of site {name} in {site.region}",
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(
            Export("vpc_id", out("vpc")),
            Export("vpc_cidr", out("vpc", "cidr_block")),
            Export("private_subnet_ids", Each("private_subnets", ("id",))),
            *_routed(here),
            Export("key_arn", out("site_key", "arn")),
            *bastion_exports(here),
            *connect_exports(here),
            *storage_exports(here),
            *told,
        ),
    )


def _routed(here: AwsStack) -> tuple[Export, ...]:
    """Return the private route tables, where a link routes through them."""
    linked = is_linked(here.blueprint, here.site_name)
    return (Export("route_table_ids", Each("private_routes", ("id",))),) if linked else ()
