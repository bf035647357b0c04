"""snapshots.py: the schedule by which the disks of a cluster's nodes are kept, and the disks that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, args, out, text
from rackwright.planning.gcp.volumes import disks_of, mounted

if TYPE_CHECKING:
    from rackwright.blueprint import Backup, MachineCluster
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

STEP = 4
"""Hours between the times at which daily snapshots may begin (Compute Engine, resourcePolicies, dailySchedule)."""


def schedule(here: GcpStack, area: Area, cluster: MachineCluster) -> tuple[Node, ...]:
    """Return the schedule of a cluster, to stand before its nodes, where a volume of theirs asks for it."""
    if here.site.backup is None or not _asking(here, cluster):
        return ()
    policy = _policy(here, here.site.backup)
    inputs = args(name=f"{here.label}-daily", region=here.site.region, snapshot_schedule_policy=policy)
    return (area.resource("snapshots", "compute/resourcePolicy:ResourcePolicy", "snapshots", inputs),)


def followed(here: GcpStack, area: Area, cluster: MachineCluster, zone: str) -> tuple[Resource, ...]:
    """Return what puts the disks of one node under the schedule, to stand behind them in its loop."""
    kind = "compute/diskResourcePolicyAttachment:DiskResourcePolicyAttachment"
    return tuple(
        area.under(name).resource(
            f"{name.replace('-', '_')}_snapshots",
            kind,
            text(ROW, f"-{name}"),
            args(name=out("snapshots", "name"), disk=out(disks_of(name), "name"), zone=zone),
        )
        for name in _asking(here, cluster)
    )


def _asking(here: GcpStack, cluster: MachineCluster) -> list[str]:
    return [name for name, given in mounted(here, cluster).items() if given.backups]


def _policy(here: GcpStack, given: Backup) -> dict[str, Plain]:
    """Return a daily schedule at the hour or the next that is one, whose snapshots stay in the region and expire."""
    hour = -(-given.hour // STEP) * STEP % 24
    return {
        "schedule": {"daily_schedule": {"days_in_cycle": 1, "start_time": f"{hour:02}:00"}},
        "retention_policy": {
            "max_retention_days": given.keep_days,
            "on_source_disk_delete": "APPLY_RETENTION_POLICY",
        },
        "snapshot_properties": {"labels": here.labels(), "storage_locations": here.site.region},
    }
