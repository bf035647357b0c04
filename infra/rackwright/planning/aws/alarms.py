"""CloudWatch alarms: what is measured of what, and who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.plan import ROW, Repeat, StackOut, args, out, text
from rackwright.planning.hosts.sets import numbered
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rackwright.blueprint import MachineCluster
    from rackwright.plan import Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

TOPICS = "alarm_topics"
"""The output of a site with the topics that are told."""
MINUTE = 60


def alarm(
    area: Area, key: str, name: Plain, told: Plain, measured: Mapping[str, Plain], *, unmeasured: bool = False
) -> Resource:
    """Return an alarm; `unmeasured`: when measurements stop, that is told too."""
    return area.resource(
        key,
        "cloudwatch/metricAlarm:MetricAlarm",
        name,
        args(
            **measured,
            treat_missing_data="missing" if unmeasured else "notBreaching",
            alarm_actions=told,
            insufficient_data_actions=told if unmeasured else None,
        ),
    )


def node_alarms(here: AwsStack, cluster: MachineCluster) -> Planned:
    """Return the section of a cluster's alarms: one for each node, or one for the group of them."""
    area, told = here.area("monitoring", "monitoring", "watch"), StackOut("site", (TOPICS,))
    if cluster.provision == "group":
        whole: Plain = {"AutoScalingGroupName": out("group", "name")}
        member = _failed(f"{here.label}-group-status", f"any node of {here.stack}", whole)
        grouped = alarm(area, "node_alarm", "nodes", told, member, unmeasured=True)
        return Planned(area.titled("Monitoring: an alarm for the status checks of the group's nodes"), (grouped,))
    called = text(f"{here.blueprint.name}-{here.site_name}-", ROW, "-status")
    checked = _failed(called, text(ROW, f" of {here.stack}"), {"InstanceId": out("instances", row=ROW)})
    each = alarm(area, "node_alarms", ROW, told, checked, unmeasured=True)
    over = numbered(here.cluster, cluster)
    note = "A node that stops is no longer measured, which is told like a check that fails."
    watched = Repeat("watched", "node", over, (), (each,), area.section, area.origin, note)
    head = (_head(here, area, told),) if cluster.scheduler else ()
    return Planned(area.titled("Monitoring: an alarm for the status checks of each node"), (watched, *head))


def _head(here: AwsStack, area: Area, told: Plain) -> Resource:
    checked = _failed(f"{here.label}-head-status", f"the head of {here.stack}", {"InstanceId": out("head_machine")})
    return alarm(area, "head_alarm", "head", told, checked, unmeasured=True)


def _failed(called: Plain, what: Plain, dimensions: Plain) -> dict[str, Plain]:
    """Return that a status check fails for two minutes, of the machine or of what it runs on."""
    return {
        "name": called,
        "alarm_description": text("A status check failed, or nothing is measured: ", what),
        "namespace": "AWS/EC2",
        "metric_name": "StatusCheckFailed",
        "dimensions": dimensions,
        "statistic": "Maximum",
        "comparison_operator": "GreaterThanThreshold",
        "threshold": 0,
        "period": MINUTE,
        "evaluation_periods": 2,
    }
