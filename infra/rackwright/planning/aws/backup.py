"""backup.py: a vault, a plan that fills it every day, and what it backs up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Column, Json, Named, Repeat, args, out, value
from rackwright.planning.aws import policies
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import Backup
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

DAYS_TO_THINK = 3
"""Days in which a compliance lock can still be removed; the fewest that AWS Backup takes."""
POLICIES = {
    "file": {
        "backup": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
        "restore": "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
    },
    "object": {
        "backup-objects": "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup",
        "restore-objects": "arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore",
    },
}
"""AWS's own policies for the service, by kind of storage (AWS Backup developer guide, managed policies)."""


def backup(here: AwsStack, given: Backup) -> Planned:
    """Return the section of the site's backups."""
    area = here.area("backup", "backup")
    asking = [name for name, one in here.site.storage.items() if getattr(one, "backups", False)]
    kinds = {str(here.site.storage[name].kind) for name in asking}
    title = f"Backups: {', '.join(asking)}, every day at {given.hour}:00 UTC, kept {given.keep_days} days"
    nodes = (*_plan(area, given), *_lock(area, given), *_role(here, area, kinds), _selection(area, asking))
    return Planned(area.titled(title), nodes)


def _plan(area: Area, given: Backup) -> tuple[Node, Node]:
    """Return the vault, which no destroy empties, and the plan that fills it."""
    vault = area.resource(
        "backup_vault", "backup/vault:Vault", "backups", args(kms_key_arn=out("site_key", "arn")), protect=True
    )
    daily: Plain = {
        "rule_name": "daily",
        "target_vault_name": out("backup_vault", "name"),
        "schedule": f"cron(0 {given.hour} * * ? *)",
        "lifecycle": {"delete_after": given.keep_days},
    }
    return vault, area.resource("backup_plan", "backup/plan:Plan", "backups", args(rules=[daily]))


def _lock(area: Area, given: Backup) -> tuple[Node, ...]:
    """Return what keeps backups for their days: AWS takes a lock that has days to think for one of compliance."""
    if given.lock == "none":
        return ()
    strict = given.lock == "compliance"
    inputs = args(
        backup_vault_name=out("backup_vault", "name"),
        min_retention_days=given.keep_days,
        changeable_for_days=DAYS_TO_THINK if strict else None,
    )
    kept = f"{DAYS_TO_THINK} days after the first deployment nobody can remove it any more." if strict else ""
    kind = "backup/vaultLockConfiguration:VaultLockConfiguration"
    return (area.under("lock").resource("backup_lock", kind, "backups", inputs, note=kept),)


def _role(here: AwsStack, area: Area, kinds: set[str]) -> tuple[Node, Node]:
    role = area.resource(
        "backup_role",
        "iam/role:Role",
        "backups",
        args(
            description=f"Backs up and restores the storage of {here.stack}",
            assume_role_policy=Json(value(policies.assumed_by("backup.amazonaws.com"))),
            permissions_boundary=here.site.security.permissions_boundary,
        ),
    )
    named = {key: arn for kind, some in POLICIES.items() if kind in kinds for key, arn in some.items()}
    attached = area.resource(
        "backup_policies",
        "iam/rolePolicyAttachment:RolePolicyAttachment",
        ROW,
        args(role=out("backup_role", "name"), policy_arn=Column("policy")),
    )
    table = (("policy", tuple(value(arn) for arn in named.values())),)
    over = Named(tuple(named))
    return role, Repeat("backup_grants", "purpose", over, table, (attached,), area.section, area.origin)


def _selection(area: Area, asking: list[str]) -> Node:
    return area.resource(
        "backup_selection",
        "backup/selection:Selection",
        "backups",
        args(
            plan_id=out("backup_plan"),
            iam_role_arn=out("backup_role", "arn"),
            resources=[out(name.replace("-", "_"), "arn") for name in asking],
        ),
    )
