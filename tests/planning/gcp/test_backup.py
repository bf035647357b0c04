"""Backups on Google Cloud: a vault of the site, a plan for each day, and the file systems under it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planning.plans import Asked, asked, policy, site_plans

from rackwright.plan import Lit, Out

ROOM = "backupdisasterrecovery/"


def backed_up(plan: dict[str, Any]) -> list[Asked]:
    """Return what is planned for the backups of two file systems, of which one asks for them, by a plan of a site."""
    home = {"kind": "file", "size": "1TiB"}
    storage = {"team-home": home | {"backups": True}, "spare": home}
    (site,) = site_plans("gcp", storage=storage, backup=plan)
    return [one for one in asked(site) if ROOM in one.kind]


def test_what_asks_is_backed_up_every_day() -> None:
    """Into a vault that no destroy empties, from the hour on that is said, for as long as is said."""
    vault, plan, protected = backed_up({"keep_days": 7, "hour": 3})
    (rule,) = plan.inputs["backup_rules"]

    assert (policy(vault.options), protected.values["resource"]) == ("protect", Out("team_home", ("id",)))
    assert (vault.inputs["location"], plan.inputs["location"]) == ("us-central1", "us-central1")
    assert (plan.values["backup_vault"], protected.values["backup_plan"]) == (
        Out("backup_vault", ("id",)),
        Out("backup_plan", ("id",)),
    )
    assert (rule["backup_retention_days"], rule["standard_schedule"]["recurrence_type"]) == (7, "DAILY")
    assert rule["standard_schedule"]["backup_window"] == {"start_hour_of_day": 3, "end_hour_of_day": 24}


@pytest.mark.parametrize(("lock", "seconds"), [("none", "86400s"), ("compliance", "604800s")])
def test_a_vault_keeps_backups_from_everybody_as_asked(lock: str, seconds: str) -> None:
    """For a day, which is the least, or for all of their days."""
    vault, *_ = backed_up({"keep_days": 7, "lock": lock})

    assert vault.inputs["backup_minimum_enforced_retention_duration"] == seconds


def test_a_site_calls_the_service_only_with_a_plan() -> None:
    """Its API is enabled where something is backed up."""
    home = {"kind": "file", "size": "1TiB", "backups": True}
    plans = [site_plans("gcp", storage={"home": home}, **more)[0] for more in ({}, {"backup": {}})]

    assert ["backupdr.googleapis.com" in str(asked(one, "projects/service:Service")) for one in plans] == [False, True]


def test_every_disk_of_a_volume_that_asks_follows_a_schedule() -> None:
    """Each node's own, from the next hour at which snapshots may begin; they stay in the region and expire."""
    cache = {"kind": "block", "size": "1TiB"}
    storage = {"my-notes": cache | {"backups": True}, "cache": cache}
    cluster = {"machine": "n2-standard-8", "nodes": 2, "mounts": {"/notes": "my-notes", "/cache": "cache"}}
    site, train = site_plans("gcp", storage=storage, clusters={"train": cluster}, backup={"keep_days": 7, "hour": 21})
    (policy,), disks = asked(train, "ResourcePolicy"), asked(train, "DiskResourcePolicyAttachment")
    given = policy.inputs["snapshot_schedule_policy"]

    assert [one for one in asked(site) if ROOM in one.kind] == []
    assert [one.name for one in disks] == ["train-0-my-notes", "train-1-my-notes"]
    assert disks[1].values["disk"] == Out("my_notes_disks", ("name",), Lit("train-1"))
    assert {one.values["name"] for one in disks} == {Out("snapshots", ("name",))}
    assert given["schedule"]["daily_schedule"] == {"days_in_cycle": 1, "start_time": "00:00"}
    assert given["retention_policy"]["max_retention_days"] == 7
    assert given["snapshot_properties"]["storage_locations"] == "us-central1"
