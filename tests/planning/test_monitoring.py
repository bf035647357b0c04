"""What is watched, and who is told: alarms flat in the number of nodes, topics that CloudWatch can publish to."""

from __future__ import annotations

import pytest
from tests.planning.plans import asked, site_plans

from rackwright.plan import Out, Repeat, StackOut

TOLD = {"notify": ["oncall@acme.example", "infra@acme.example"]}
TRAIN = {"train": {"machine": "g6.xlarge", "nodes": 3}}
STORAGE = {
    "scratch": {"kind": "parallel", "size": "4800GiB"},
    "code": {"kind": "file", "engine": "openzfs", "size": "1TiB", "throughput": 320},
    "home": {"kind": "file"},
}
GIB = 2**30


def test_nothing_is_watched_where_nobody_asks() -> None:
    """A site without a word about it has no alarm and no topic."""
    plans = site_plans("aws", storage=STORAGE, clusters=TRAIN)

    assert [one for plan in plans for one in asked(plan) if "sns/" in one.kind or "metricAlarm" in one.kind] == []


def test_cloudwatch_may_publish_to_the_topic_and_use_its_key() -> None:
    """The topic is encrypted with the site's key; both policies name CloudWatch."""
    (site,) = site_plans("aws", monitoring=TOLD)
    (topic,), (key,) = asked(site, "topic:Topic"), asked(site, "kms/key:Key")
    (policy,) = asked(site, "topicPolicy:TopicPolicy")

    assert topic.values["kms_master_key_id"] == Out("site_key", ("arn",))
    assert "cloudwatch.amazonaws.com" in str(key.values["policy"])
    assert "cloudwatch.amazonaws.com" in str(policy.values["policy"])
    assert [one.inputs["endpoint"] for one in asked(site, "topicSubscription:TopicSubscription")] == TOLD["notify"]


def test_a_topic_that_stands_already_is_looked_up_and_nothing_is_made() -> None:
    """Alarms are told through it alone."""
    site, nodes = site_plans("aws", monitoring={"existing": "arn:aws:sns:us-east-1:111122223333:x"}, clusters=TRAIN)

    assert [one for one in asked(site) if "sns/" in one.kind] == []
    assert [one.name for one in site.exports if one.name == "alarm_topics"] == ["alarm_topics"]
    assert "cloudwatch" not in str(asked(site, "kms/key:Key")[0].values["policy"])
    assert {one.values["alarm_actions"] for one in asked(nodes, "MetricAlarm")} == {StackOut("site", ("alarm_topics",))}


@pytest.mark.parametrize("count", [3, 300])
def test_alarms_of_nodes_are_one_loop(count: int) -> None:
    """One alarm for each node, which its end sets off too; in the plan one Repeat, whatever the number."""
    _, nodes = site_plans("aws", monitoring=TOLD, clusters={"train": {"machine": "g6.xlarge", "nodes": count}})
    alarms = asked(nodes, "MetricAlarm")
    (loop,) = [one for one in nodes.nodes if isinstance(one, Repeat) and one.section == "monitoring"]

    assert len(alarms) == count
    assert len(loop.body) == 1
    assert alarms[2].values["insufficient_data_actions"] == StackOut("site", ("alarm_topics",))
    assert "train-2" in str(alarms[2].values["dimensions"])


def test_the_head_of_a_scheduler_is_watched_too() -> None:
    """On Google Cloud the policy finds it by its labels; on AWS it has an alarm of its own."""
    scheduled = {"train": {**TRAIN["train"], "scheduler": {"kind": "slurm"}}}
    _, nodes = site_plans("aws", monitoring=TOLD, clusters=scheduled)
    dimensions = [str(one.values["dimensions"]) for one in asked(nodes, "MetricAlarm") if one.name == "head"]

    assert len(dimensions) == 1
    assert "head_machine" in dimensions[0]


def test_a_group_is_watched_as_a_whole() -> None:
    """One alarm for the status checks of whichever nodes it has."""
    grouped = {"train": {"machine": "g6.xlarge", "nodes": 40, "provision": "group"}}
    _, nodes = site_plans("aws", monitoring=TOLD, clusters=grouped)
    (alarm,) = asked(nodes, "MetricAlarm")

    assert alarm.inputs["metric_name"] == "StatusCheckFailed"
    assert "AutoScalingGroupName" in str(alarm.values["dimensions"])


@pytest.mark.parametrize(("nat", "names"), [("none", []), ("single", ["nat"]), ("per-zone", ["nat-us-east-1a"])])
def test_each_nat_gateway_is_watched(nat: str, names: list[str]) -> None:
    """As many alarms as gateways."""
    (site,) = site_plans("aws", monitoring=TOLD, network={"nat": nat, "zones": ["us-east-1a"]})

    assert [one.name for one in asked(site, "MetricAlarm")] == names


def test_file_systems_of_a_fixed_size_are_watched_until_they_are_full() -> None:
    """Lustre tells what is free, OpenZFS what is used; EFS has no size."""
    (site,) = site_plans("aws", monitoring={**TOLD, "watch": ["storage"], "full_percent": 90}, storage=STORAGE)
    alarms = {one.name: (one.inputs["metric_name"], one.inputs["threshold"]) for one in asked(site, "MetricAlarm")}

    assert alarms == {
        "scratch-full": ("FreeDataStorageCapacity", 480 * GIB),
        "code-full": ("UsedStorageCapacity", 1024 * GIB * 90 // 100),
    }


def test_google_cloud_watches_a_cluster_by_its_labels() -> None:
    """One policy for any number of nodes; slices, which have no uptime, have none."""
    clusters = {"train": {"machine": "g2-standard-4", "nodes": 300}, "slice": {"accelerator": "v6e-16"}}
    _, train, slices = site_plans("gcp", monitoring=TOLD, clusters=clusters)
    (policy,) = asked(train, "alertPolicy:AlertPolicy")

    watched = policy.inputs["conditions"][0]["condition_absent"]["filter"]

    assert 'metadata.user_labels."rackwright-cluster"="train"' in watched
    assert policy.values["notification_channels"] == StackOut("site", ("alert_channels",))
    assert asked(slices, "alertPolicy:AlertPolicy") == []


def test_google_cloud_watches_nat_and_file_systems() -> None:
    """Each has a policy, told through a channel for each address."""
    storage = {"home": {"kind": "file", "size": "1TiB"}, "scratch": {"kind": "parallel", "size": "18000GiB"}}
    (site,) = site_plans("gcp", monitoring=TOLD, storage=storage)
    policies = {one.name: one.inputs["conditions"][0]["condition_threshold"] for one in asked(site, "AlertPolicy")}

    assert [one.name for one in asked(site, "NotificationChannel")] == TOLD["notify"]
    assert {name: one["threshold_value"] for name, one in policies.items()} == {
        "nat": 0,
        "home-full": 85,
        "scratch-full": 18000 * GIB * 15 // 100,
    }
