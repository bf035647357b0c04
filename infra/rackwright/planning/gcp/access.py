"""access.py of a cluster: what its nodes may do, and who may reach them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rackwright.derive.links import openings
from rackwright.derive.registries import registries
from rackwright.plan import ROW, Export, Named, Repeat, StackOut, args, out, text
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.hosts import used_buckets
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.derive.links import Opening
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

IAP = "35.235.240.0/20"
"""Where Identity-Aware Proxy connects from (Google Cloud, IAP, TCP forwarding)."""
ROLES = ("logging.logWriter", "monitoring.metricWriter")
READER = "artifactregistry.reader"
"""The role of those who pull images."""


def access(here: GcpStack) -> Planned:
    """Return the access section: the nodes' service account, its roles, and the firewall."""
    area = here.area("access", "access")
    firewall = () if here.is_shared else _firewall(here, area)
    reached = "" if here.is_shared else " and who may reach them"
    account = account_of(here, area, "node", "nodes", here.label, roles=(*ROLES, *_reader(here)))
    nodes = (*account, *buckets(here, area, "node", "nodes"), *firewall)
    return Planned(area.titled(f"Access: what the nodes may do{reached}"), nodes)


def _reader(here: GcpStack) -> tuple[str, ...]:
    """Return the role of nodes whose own commands run in images of the site's project."""
    return (READER,) if registries(here.site.clusters[here.cluster], CLOUD, here.site.project) else ()


def account_of(
    here: GcpStack, area: Area, key: str, name: str, identity: str, *, roles: tuple[str, ...] = ROLES
) -> tuple[Node, ...]:
    """Return the service account of hosts, with its roles: those that every host has, or more; none that stands."""
    if here.site.security.identity.existing:
        return ()
    account = area.resource(
        f"{key}_account",
        "serviceaccount/account:Account",
        name,
        args(account_id=identity, display_name=f"{name.capitalize()} of {here.stack}"),
    )
    role = area.resource(
        f"{key}_role",
        "projects/iAMMember:IAMMember",
        text(f"{name}-", ROW),
        args(project=here.site.project, role=text("roles/", ROW), member=out(f"{key}_account", "member")),
    )
    repeated = "roles" if key == "node" else f"{key}_roles"
    return account, Repeat(repeated, "role", Named(roles), (), (role,), area.section, area.origin)


def buckets(here: GcpStack, area: Area, key: str, name: str) -> tuple[Node, ...]:
    """Return what lets hosts use the buckets that the cluster mounts, and no others; who stands is given nothing."""
    if here.site.security.identity.existing:
        return ()
    use = "use" if key == "node" else f"{key}_use"
    return tuple(
        area.resource(
            f"{use}_{bucket.replace('-', '_')}",
            "storage/bucketIAMMember:BucketIAMMember",
            f"{name}-{bucket}",
            args(
                bucket=StackOut("site", (f"{bucket.replace('-', '_')}_bucket",)),
                role="roles/storage.objectUser",
                member=out(f"{key}_account", "member"),
            ),
        )
        for bucket in used_buckets(here.site, here.cluster)
    )


def gate(here: GcpStack) -> tuple[Export, ...]:
    """Return the bastion that leads to the nodes, if there is one."""
    return (Export("bastion", StackOut("site", ("bastion",))),) if here.site.access.kind == "bastion" else ()


def _firewall(here: GcpStack, area: Area) -> tuple[Node, ...]:
    nodes = [here.account("node")]
    inside = firewall(
        area,
        "internal",
        f"{here.label}-internal",
        network=StackOut("site", ("network_id",)),
        description="All traffic between nodes",
        source={"source_service_accounts": nodes},
        target=nodes,
    )
    linked = (_linked(here, area, one) for one in openings(here.blueprint, here.site_name))
    return (*ssh(here, area, "ssh", nodes), inside, *linked)


def _linked(here: GcpStack, area: Area, opening: Opening) -> Resource:
    """Return the rule that lets in what a link opens to the site at its other end."""
    return firewall(
        replace(area, origin=opening.path),
        f"from-{opening.link}",
        f"{here.label}-from-{opening.link}",
        network=StackOut("site", ("network_id",)),
        description=f"Link {opening.link}",
        source={"source_ranges": [opening.source]},
        target=[here.account("node")],
        tcp=list(map(str, opening.ports)),
    )


def ssh(here: GcpStack, area: Area, name: str, target: Plain) -> tuple[Node, ...]:
    """Return the rule that lets SSH reach service accounts; none where nobody may come in."""
    why, source = _way_in(here)
    if not any(source.values()):
        return ()
    return (
        firewall(
            area,
            name,
            f"{here.label}-{name}",
            network=StackOut("site", ("network_id",)),
            description=why,
            source=source,
            target=target,
            tcp=["22"],
        ),
    )


def _way_in(here: GcpStack) -> tuple[str, dict[str, Plain]]:
    """Return where SSH comes from: in words, and as the firewall says it."""
    if here.site.access.kind == "iap":
        return "SSH through Identity-Aware Proxy", {"source_ranges": [IAP]}
    if here.site.access.kind == "bastion":
        account = StackOut("site", ("bastion", "service_account"))
        return "SSH from the bastion", {"source_service_accounts": [account]}
    named = list(dict.fromkeys(here.site.access.allow_from))
    return "SSH from networks the blueprint names", {"source_ranges": named}


def firewall(
    area: Area,
    logical: Plain,
    name: Plain,
    *,
    network: Plain,
    description: str,
    source: dict[str, Plain],
    target: Plain,
    tcp: Plain = None,
) -> Resource:
    """Return a rule that lets `source` reach the service accounts in `target`: TCP ports, logged, or everything."""
    return area.resource(
        f"{logical.replace('-', '_')}_rule" if isinstance(logical, str) else "data_rule",
        "compute/firewall:Firewall",
        logical,
        args(
            name=name,
            network=network,
            description=description,
            direction="INGRESS",
            **source,
            target_service_accounts=target,
            allows=[{"protocol": "tcp", "ports": tcp} if tcp else {"protocol": "all"}],
            log_config={"metadata": "INCLUDE_ALL_METADATA"} if tcp else None,
        ),
    )
