"""Buckets on Google Cloud: classes, soft deletion and caches as asked."""

from __future__ import annotations

from tests.planning.plans import asked, policy, site_plans

from rackwright.plan import Lit, Out


def test_a_bucket_is_cached_where_asked() -> None:
    """One cache for each zone, of this bucket; the bucket itself is protected, its caches are not."""
    bucket = {"kind": "object", "cached_in": ["us-central1-a", "us-central1-b"]}
    (site,) = site_plans("gcp", storage={"data-sets": bucket})
    caches, (made,) = asked(site, "anywhereCache:AnywhereCache"), asked(site, "bucket:Bucket")

    assert [one.name for one in caches] == ["data-sets-us-central1-a", "data-sets-us-central1-b"]
    assert [one.values["zone"] for one in caches] == [Lit("us-central1-a"), Lit("us-central1-b")]
    assert {one.values["bucket"] for one in caches} == {Out("data_sets", ("name",))}
    assert (policy(made.options), {policy(one.options) for one in caches}) == ("protect", {"delete"})


def test_objects_move_and_are_kept_as_asked() -> None:
    """Autoclass is said only where it is asked for; deleted objects are kept a week by default."""
    storage = {"plain": {"kind": "object"}, "moved": {"kind": "object", "autoclass": True, "soft_delete_days": 0}}
    plain, moved = (one.inputs for one in asked(site_plans("gcp", storage=storage)[0], "bucket:Bucket"))

    assert ("autoclass" in plain, moved["autoclass"]) == (False, {"enabled": True})
    assert plain["soft_delete_policy"] == {"retention_duration_seconds": 604_800}
    assert moved["soft_delete_policy"] == {"retention_duration_seconds": 0}


def test_filestore_lives_where_its_tier_does() -> None:
    """Regional tiers in the region, the others in the first zone."""
    tiers = ("BASIC_HDD", "ZONAL", "REGIONAL", "ENTERPRISE")
    storage = {f"home{at}": {"kind": "file", "tier": tier, "size": "1TiB"} for at, tier in enumerate(tiers)}
    made = asked(site_plans("gcp", storage=storage)[0], "filestore/instance:Instance")

    assert [one.inputs["location"] for one in made] == ["us-central1-a", "us-central1-a", "us-central1", "us-central1"]
    assert ["kms_key_name" in one.inputs for one in made] == [False, True, True, True]
