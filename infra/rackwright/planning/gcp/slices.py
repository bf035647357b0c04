"""nodes.py of a cluster of TPU slices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import ReservedSlices, SliceCluster, Spot
from rackwright.catalog import SHAPED, slice_type
from rackwright.derive.places import home_zone
from rackwright.plan import ROW, Numbered, Repeat, StackOut, Timeouts, args, text
from rackwright.planning.gcp.machines import SLOW, identity
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Plain
    from rackwright.planning.gcp.context import GcpStack


def workers(cluster: SliceCluster) -> int:
    """Return how many hosts a slice has."""
    found = slice_type(cluster.accelerator)
    if found is None:
        raise ValueError(f"slice type {cluster.accelerator} was not checked before planning")
    return found.hosts


def slices(here: GcpStack, cluster: SliceCluster) -> Planned:
    """Return the section of a cluster's slices."""
    area, zone = here.area("nodes", "clusters", here.cluster), home_zone(here.site, cluster)
    known = slice_type(cluster.accelerator)
    made = area.under("slices").resource(
        "slices",
        "tpu/v2Vm:V2Vm",
        ROW,
        args(
            name=text(f"{here.blueprint.name}-{here.site_name}-", ROW),
            zone=zone,
            **_shape(cluster),
            runtime_version=cluster.runtime or (known.runtime_version if known else None),
            network_config={
                "network": StackOut("site", ("network_id",)),
                "subnetwork": StackOut("site", ("subnetwork_id",)),
                "enable_external_ips": False,
            },
            scheduling_config=_scheduling(cluster),
            service_account=identity(here, "node"),
            shielded_instance_config={"enable_secure_boot": True},
            metadata={"enable-oslogin": "TRUE"},
        ),
        timeouts=Timeouts(create=SLOW, delete=SLOW),
    )
    over = Numbered(f"{here.cluster}-", cluster.slices)
    repeat = Repeat("slices", "slice_name", over, (), (made,), area.section, area.under("slices").origin)
    hosts = f"{workers(cluster)} host{'s' if workers(cluster) > 1 else ''} each"
    title = f"Nodes: {cluster.slices} x {cluster.accelerator} in {zone}, {hosts}"
    return Planned(area.titled(title), (repeat,))


def _shape(cluster: SliceCluster) -> dict[str, Plain]:
    """Return the arguments that say which slice it is: its name, or generation and topology where another is asked."""
    known = slice_type(cluster.accelerator)
    if known is None or cluster.topology in {None, known.topology}:
        return {"accelerator_type": cluster.accelerator}
    kind = next(name for name, generation in SHAPED.items() if generation == known.generation)
    return {"accelerator_config": {"type": kind, "topology": cluster.topology}}


def _scheduling(cluster: SliceCluster) -> dict[str, Plain]:
    if isinstance(cluster.capacity, ReservedSlices):
        return {"reserved": True}
    return {"spot": isinstance(cluster.capacity, Spot)}
