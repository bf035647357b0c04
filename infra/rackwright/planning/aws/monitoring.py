"""monitoring.py: who is told, and alarms of what the site has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FileStorage, ParallelStorage, gib
from rackwright.plan import ROW, Export, Json, Named, Repeat, args, out, text, value
from rackwright.planning.aws import policies
from rackwright.planning.aws.alarms import MINUTE, TOPICS, alarm
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import AwsMonitoring
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

BYTES_PER_GIB = 2**30


def monitoring(here: AwsStack, given: AwsMonitoring) -> Planned:
    """Return the section of the site's alarms."""
    area = here.area("monitoring", "monitoring")
    nat = _nat(here, area, _told(given)) if here.watches("nat") else ()
    full = _full(here, area, given) if here.watches("storage") else ()
    nodes = (*_topic(here, area, given), *nat, *full)
    return Planned(area.titled("Monitoring: who is told, and alarms of what this stack has"), nodes)


def monitoring_exports(given: AwsMonitoring) -> tuple[Export, ...]:
    """Return what the clusters' alarms must know."""
    return (Export(TOPICS, value(_told(given))),)


def _told(given: AwsMonitoring) -> list[Plain]:
    """Return the topics that are told."""
    keys = {"alarm_topic": given.notify, "existing_topic": given.existing}
    return [out(key, "arn") for key, asked in keys.items() if asked]


def _topic(here: AwsStack, area: Area, given: AwsMonitoring) -> tuple[Node, ...]:
    """Return the topic of the site with those who read it, and the one that stands already."""
    found: list[Node] = []
    if given.notify:
        found += _own_topic(here, area, given)
    if given.existing:
        name = given.existing.rpartition(":")[2]
        found.append(area.under("existing").invoke("existing_topic", "sns/getTopic:getTopic", args(name=name)))
    return tuple(found)


def _own_topic(here: AwsStack, area: Area, given: AwsMonitoring) -> tuple[Node, ...]:
    title = args(display_name=f"Alarms of {here.stack}", kms_master_key_id=out("site_key", "arn"))
    admitted = args(arn=out("alarm_topic", "arn"), policy=Json(value(policies.publish_alarms(here, "alarm_topic"))))
    mail = args(topic=out("alarm_topic", "arn"), protocol="email", endpoint=ROW)
    readers = area.under("notify").resource("alarm_mail", "sns/topicSubscription:TopicSubscription", ROW, mail)
    note = "AWS writes to each address and tells it nothing else until it has confirmed."
    over, origin = Named(given.notify), area.under("notify").origin
    return (
        area.resource("alarm_topic", "sns/topic:Topic", "alarms", title),
        area.resource("alarm_topic_policy", "sns/topicPolicy:TopicPolicy", "alarms", admitted),
        Repeat("notified", "address", over, (), (readers,), area.section, origin, note),
    )


def _nat(here: AwsStack, area: Area, told: Plain) -> tuple[Node, ...]:
    """Return the alarms of the NAT gateways that the site makes."""
    given = here.site.network
    if given.nat == "none" or given.existing:
        return ()
    if given.nat == "single":
        return (alarm(area, "nat_alarm", "nat", told, _exhausted(here, f"{here.label}-nat", out("nat_gateway"))),)
    measured = _exhausted(here, text(f"{here.label}-nat-", ROW), out("nat_gateways", row=ROW))
    each = alarm(area, "nat_alarms", text("nat-", ROW), told, measured)
    return (Repeat("watched_zones", "zone", Named(given.zones), (), (each,), area.section, area.origin),)


def _exhausted(here: AwsStack, name: Plain, gateway: Plain) -> dict[str, Plain]:
    return {
        "name": name,
        "alarm_description": f"NAT of {here.stack} has no port left for a new connection",
        "namespace": "AWS/NATGateway",
        "metric_name": "ErrorPortAllocation",
        "dimensions": {"NatGatewayId": gateway},
        "statistic": "Sum",
        "comparison_operator": "GreaterThanThreshold",
        "threshold": 0,
        "period": 5 * MINUTE,
        "evaluation_periods": 1,
    }


def _full(here: AwsStack, area: Area, given: AwsMonitoring) -> tuple[Node, ...]:
    """Return the alarms of file systems of a fixed size; S3 and EFS have none that could be filled."""
    found: list[Node] = []
    for name, volume in here.site.storage.items():
        measured: tuple[str, str, str, int]
        if isinstance(volume, ParallelStorage) and volume.size:
            left = gib(volume.size) * BYTES_PER_GIB * (100 - given.full_percent) // 100
            measured = ("FreeDataStorageCapacity", "Sum", "LessThanThreshold", left)
        elif isinstance(volume, FileStorage) and volume.engine == "openzfs" and volume.size:
            used = gib(volume.size) * BYTES_PER_GIB * given.full_percent // 100
            measured = ("UsedStorageCapacity", "Average", "GreaterThanThreshold", used)
        else:
            continue
        key = name.replace("-", "_")
        found.append(alarm(area, f"{key}_full", f"{name}-full", _told(given), _filling(here, name, *measured)))
    return tuple(found)


def _filling(here: AwsStack, name: str, metric: str, statistic: str, comparison: str, most: int) -> dict[str, Plain]:
    return {
        "name": f"{here.label}-{name}-full",
        "alarm_description": f"{name} of {here.stack} fills up",
        "namespace": "AWS/FSx",
        "metric_name": metric,
        "dimensions": {"FileSystemId": out(name.replace("-", "_"))},
        "statistic": statistic,
        "comparison_operator": comparison,
        "threshold": most,
        "period": MINUTE,
        "evaluation_periods": 5,
    }
