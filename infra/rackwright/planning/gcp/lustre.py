"""Managed Lustre: encrypted with the site's key, reached through private services access."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import gib
from rackwright.derive.places import home_zone
from rackwright.plan import Ref, Timeouts, args, out
from rackwright.planning.deletion import deletion
from rackwright.planning.gcp.keys import grant_of
from rackwright.planning.gcp.private_services import CONNECTION, is_made

if TYPE_CHECKING:
    from rackwright.blueprint import ParallelStorage
    from rackwright.plan import Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

FILE_SYSTEM = "lustrefs"
"""What clients mount, after the servers' address: at most eight letters and digits."""
SLOW = "120m"


def lustre(here: GcpStack, area: Area, name: str, given: ParallelStorage) -> Resource:
    """Return the file system; clients use port 988, as it is not made for GKE."""
    if given.size is None:
        raise ValueError(f"the size of {name} was not checked before planning")
    return area.resource(
        name.replace("-", "_"),
        "lustre/instance:Instance",
        name,
        args(
            instance_id=f"{here.label}-{name}",
            location=home_zone(here.site, given),
            filesystem=FILE_SYSTEM,
            capacity_gib=str(gib(given.size)),
            per_unit_storage_throughput=str(given.throughput),
            network=out("vpc"),
            kms_key=out("site_key"),
        ),
        depends_on=(*((Ref(CONNECTION),) if is_made(here) else ()), Ref(grant_of("lustre"))),
        timeouts=Timeouts(SLOW, SLOW, SLOW),
        **deletion(given.deletion),
    )
