"""Private services access: the addresses and the peering through which a VPC reaches what Google runs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import ParallelStorage
from rackwright.plan import Concat, Lit, Ref, args, out
from rackwright.planning.deletion import deletion

if TYPE_CHECKING:
    from rackwright.plan import Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

RANGE, CONNECTION = "services_range", "services_connection"
PREFIX = 20
"""Room for eight file systems: each takes a /23 of its own (Google Cloud, Managed Lustre, configure a VPC network)."""
PORT = "988"
"""What Lustre listens on (Google Cloud, Managed Lustre, configure a VPC network)."""
POLICIES = ("protect", "retain", "delete")
"""Deletion policies, the strictest first."""


def private_services(here: GcpStack, area: Area) -> tuple[Resource, ...]:
    """Return the range, the peering and the way in for Lustre, where storage needs them and the network is ours."""
    if not is_made(here):
        return ()
    return (*_peering(here, area), _firewall(here, area))


def is_made(here: GcpStack) -> bool:
    """Return whether the site makes its private services access; a network that stands already brings its own."""
    return here.makes("parallel") and here.site.network.existing is None


def _peering(here: GcpStack, area: Area) -> tuple[Resource, Resource]:
    """Return the range, whose addresses Google chooses, and the peering; both stay as long as what they carry."""
    kept = deletion(_strictest(here))
    return (
        area.resource(
            RANGE,
            "compute/globalAddress:GlobalAddress",
            "services",
            args(
                name=f"{here.label}-services",
                purpose="VPC_PEERING",
                address_type="INTERNAL",
                prefix_length=PREFIX,
                network=out("vpc"),
            ),
            note="Storage is cut off if the range or the peering goes: both stay as long as what they carry.",
            **kept,
        ),
        area.resource(
            CONNECTION,
            "servicenetworking/connection:Connection",
            "services",
            args(
                network=out("vpc"),
                service="servicenetworking.googleapis.com",
                reserved_peering_ranges=[out(RANGE, "name")],
                deletion_policy="REMOVE_PEERING",
            ),
            depends_on=(Ref("enabled"),),
            **kept,
        ),
    )


def _firewall(here: GcpStack, area: Area) -> Resource:
    return area.resource(
        "services_rule",
        "compute/firewall:Firewall",
        "lustre",
        args(
            name=f"{here.label}-lustre",
            network=out("vpc"),
            description=f"Lustre servers call the hosts of {here.stack} back",
            direction="INGRESS",
            source_ranges=[Concat((out(RANGE, "address"), Lit(f"/{PREFIX}")))],
            allows=[{"protocol": "tcp", "ports": [PORT]}],
        ),
    )


def _strictest(here: GcpStack) -> str:
    """Return the strictest deletion policy of the file systems behind the peering."""
    stored = here.site.storage.values()
    carried = [one.deletion for one in stored if isinstance(one, ParallelStorage) and not one.existing]
    return min(carried, key=POLICIES.index)
