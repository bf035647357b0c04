"""The stack of a Google Cloud site: services, keys, network, storage; what every cluster on it builds upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import SliceCluster
from rackwright.derive.budgets import has_budget
from rackwright.plan import ROW, Export, Named, Plan, Repeat, args, out, text
from rackwright.planning.gcp.audit import audit
from rackwright.planning.gcp.backup import backup, filed
from rackwright.planning.gcp.bastion import bastion, bastion_exports
from rackwright.planning.gcp.context import CLOUD, GcpStack, account
from rackwright.planning.gcp.keys import keys
from rackwright.planning.gcp.network import network
from rackwright.planning.gcp.storage import storage, storage_exports
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Blueprint, GcpSite
    from rackwright.derive.images import Ids

APIS = ("cloudkms", "cloudresourcemanager", "compute", "iam", "logging", "monitoring", "oslogin", "storage")
"""What every site and its clusters call; roles of a project are granted through cloudresourcemanager."""
STORAGE_APIS = {"file": ("file",), "parallel": ("lustre", "servicenetworking")}
"""What each kind of storage calls beyond those."""


def plan_site(blueprint: Blueprint, name: str, site: GcpSite, ids: Ids) -> Plan:
    """Return the plan of a site's own stack."""
    here = GcpStack(blueprint, name, site, ids=ids)
    gate = (bastion(here),) if site.access.kind == "bastion" else ()
    recorded = (audit(here),) if site.security.audit == "data-access" else ()
    told: tuple[Planned, ...] = ()
    tells: tuple[Export, ...] = ()
    if site.network.dns:
        from rackwright.planning.gcp.dns import dns, dns_exports

        told, tells = (dns(here, site.network.dns),), dns_exports()
    if site.monitoring:
        from rackwright.planning.gcp.monitoring import monitoring, monitoring_exports

        told = (*told, monitoring(here, site.monitoring))
        tells = (*tells, *monitoring_exports(site.monitoring))
    if blueprint.budget and has_budget(blueprint, name):
        from rackwright.planning.gcp.budget import budget

        told = (*told, budget(here, blueprint.budget))
    kept = (backup(here, site.backup),) if site.backup and filed(site) else ()
    stored = (*gate, storage(here), *kept)
    sections = (account(here), _services(here), keys(here), network(here), *stored, *recorded, *told)
    return Plan(
        stack=here.stack,
        datacenter=blueprint.name,
        cloud=CLOUD,
        region=site.region,
        identity=site.project,
        title=f"network, keys and storage of site {name} in {site.region}",
        sections=tuple(one.section for one in sections),
        nodes=tuple(node for one in sections for node in one.nodes),
        exports=(
            Export("network_id", out("vpc")),
            Export("subnetwork_id", out("hosts")),
            Export("key_id", out("site_key")),
            *bastion_exports(here),
            *storage_exports(here),
            *tells,
        ),
    )


def _services(here: GcpStack) -> Planned:
    area = here.area("services", "project")
    inputs = args(service=text(ROW, ".googleapis.com"), disable_on_destroy=False)
    service = area.resource("enabled", "projects/service:Service", ROW, inputs)
    note = "They stay enabled when the stack goes: others in the project may use them."
    repeat = Repeat("apis", "api", Named(_called(here)), (), (service,), area.section, area.origin, note)
    return Planned(area.titled("Services: the interfaces of Google Cloud that this site uses"), (repeat,))


def _called(here: GcpStack) -> tuple[str, ...]:
    """Return the interfaces that the stacks of the site call."""
    stored = (api for kind, apis in STORAGE_APIS.items() if here.uses(kind) for api in apis)
    slices = any(isinstance(one, SliceCluster) for one in here.site.clusters.values())
    paid = ("billingbudgets",) if has_budget(here.blueprint, here.site_name) else ()
    named = ("dns",) if here.site.network.dns else ()
    kept = ("backupdr",) if here.site.backup and filed(here.site) else ()
    reached = ("iap",) if here.site.access.kind == "iap" else ()
    return tuple(sorted({*APIS, *stored, *reached, *(("tpu",) if slices else ()), *named, *paid, *kept}))
