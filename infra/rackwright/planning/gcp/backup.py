"""backup.py: a vault, a plan that fills it every day, and the file systems that the plan backs up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FileStorage
from rackwright.plan import Ref, args, out
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Backup, GcpSite
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

ROOM = "backupdisasterrecovery"
"""Where the SDK has the service."""
FILESTORE = "file.googleapis.com/Instance"
DAY = 86_400
"""Seconds of a day, the least for which a vault keeps a backup from being deleted."""
MIDNIGHT = 24
"""When backups begin no more; a window never reaches into the next day."""


def filed(site: GcpSite) -> list[str]:
    """Return the file systems that ask for backups; snapshots of disks belong to the clusters that have them."""
    return [name for name, one in site.storage.items() if isinstance(one, FileStorage) and one.backups]


def backup(here: GcpStack, given: Backup) -> Planned:
    """Return the section of the site's backups."""
    area = here.area("backup", "backup")
    asking = filed(here.site)
    title = f"Backups: {', '.join(asking)}, every day from {given.hour}:00 UTC, kept {given.keep_days} days"
    nodes = (_vault(here, area, given), _plan(here, area, given), *(_protected(here, area, name) for name in asking))
    return Planned(area.titled(title), nodes)


def _vault(here: GcpStack, area: Area, given: Backup) -> Node:
    """Return the vault, which no destroy empties; locked, it keeps each backup from everybody for all of its days."""
    enforced = DAY * given.keep_days if given.lock == "compliance" else DAY
    inputs = args(
        backup_vault_id=f"{here.label}-backups",
        location=here.site.region,
        backup_minimum_enforced_retention_duration=f"{enforced}s",
    )
    kind = f"{ROOM}/backupVault:BackupVault"
    return area.resource("backup_vault", kind, "backups", inputs, depends_on=(Ref("enabled"),), protect=True)


def _plan(here: GcpStack, area: Area, given: Backup) -> Node:
    """Return the plan; its window is as long as the day is, for what has not begun when it closes is not backed up."""
    daily: Plain = {
        "rule_id": "daily",
        "backup_retention_days": given.keep_days,
        "standard_schedule": {
            "recurrence_type": "DAILY",
            "time_zone": "UTC",
            "backup_window": {"start_hour_of_day": given.hour, "end_hour_of_day": MIDNIGHT},
        },
    }
    inputs = args(
        backup_plan_id=f"{here.label}-backups",
        location=here.site.region,
        resource_type=FILESTORE,
        backup_vault=out("backup_vault"),
        backup_rules=[daily],
    )
    return area.resource("backup_plan", f"{ROOM}/backupPlan:BackupPlan", "backups", inputs)


def _protected(here: GcpStack, area: Area, name: str) -> Node:
    """Return what puts a file system under the plan; a vault of its own project needs no grant for that."""
    key = name.replace("-", "_")
    inputs = args(
        backup_plan_association_id=f"{here.label}-{name}",
        location=here.site.region,
        backup_plan=out("backup_plan"),
        resource=out(key),
        resource_type=FILESTORE,
    )
    return area.resource(f"{key}_backups", f"{ROOM}/backupPlanAssociation:BackupPlanAssociation", name, inputs)
