"""monitoring.py: who is told, and alert policies of what a stack has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import FileStorage, ParallelStorage, gib
from rackwright.plan import ROW, Export, Named, Ref, Repeat, StackOut, args, out, text, value
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import GcpMonitoring
    from rackwright.plan import Node, Plain, Resource
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

CHANNELS = "alert_channels"
"""The output of a site with the channels that are told, and its own channels in the program."""
BYTES_PER_GIB = 2**30
MINUTE, FIVE_MINUTES = "60s", "300s"


def monitoring(here: GcpStack, given: GcpMonitoring) -> Planned:
    """Return the section of the site's alert policies."""
    area = here.area("monitoring", "monitoring")
    nat = (_dropped(here, area, given),) if here.watches("nat") and _has_nat(here) else ()
    full = _full(here, area, given) if here.watches("storage") else ()
    nodes = (*_mail(here, area, given), *nat, *full)
    return Planned(area.titled("Monitoring: who is told, and alert policies of what this stack has"), nodes)


def monitoring_exports(given: GcpMonitoring) -> tuple[Export, ...]:
    """Return what the clusters' alert policies must know."""
    return (Export(CHANNELS, value(_told(given))),)


def node_alerts(here: GcpStack) -> Planned:
    """Return the section of a cluster's alert policy, which finds its machines by their labels."""
    area = here.area("monitoring", "monitoring", "watch")
    names = ("rackwright-datacenter", "rackwright-site", "rackwright-cluster")
    chosen = "".join(f' AND metadata.user_labels."{name}"="{here.labels()[name]}"' for name in names)
    running = _of("compute.googleapis.com/instance/uptime", "gce_instance")
    absent: Plain = {"filter": running + chosen, "duration": FIVE_MINUTES, "aggregations": [_aligned("ALIGN_DELTA")]}
    stopped: Plain = {"display_name": "A node has stopped", "condition_absent": absent}
    policy = _policy(here, area, "node_alert", "nodes", stopped, StackOut("site", (CHANNELS,)))
    return Planned(area.titled("Monitoring: somebody is told when a node stops running"), (policy,))


def _told(given: GcpMonitoring) -> list[Plain]:
    """Return the channels that are told."""
    return [*(out(CHANNELS, "name", row=one) for one in given.notify), *([given.existing] if given.existing else [])]


def _mail(here: GcpStack, area: Area, given: GcpMonitoring) -> tuple[Node, ...]:
    if not given.notify:
        return ()
    channel = area.under("notify").resource(
        CHANNELS,
        "monitoring/notificationChannel:NotificationChannel",
        ROW,
        args(
            type="email",
            display_name=text(f"{here.stack}: ", ROW),
            labels={"email_address": ROW},
            user_labels=here.labels(),
        ),
        depends_on=(Ref("enabled"),),
    )
    over, origin = Named(given.notify), area.under("notify").origin
    return (Repeat("notified", "address", over, (), (channel,), area.section, origin),)


def _has_nat(here: GcpStack) -> bool:
    return here.site.network.nat != "none" and here.site.network.existing is None


def _dropped(here: GcpStack, area: Area, given: GcpMonitoring) -> Resource:
    what = _of("router.googleapis.com/nat/dropped_sent_packets_count", "nat_gateway")
    reason = ' AND metric.labels.reason="OUT_OF_RESOURCES" AND resource.labels.gateway_name="'
    condition: Plain = {
        "display_name": "NAT has no port left and drops packets",
        "condition_threshold": {
            "filter": text(what, reason, out("nat", "name"), '"'),
            "comparison": "COMPARISON_GT",
            "threshold_value": 0,
            "duration": "0s",
            "aggregations": [_aligned("ALIGN_DELTA", FIVE_MINUTES)],
        },
    }
    return _policy(here, area, "nat_alert", "nat", condition, _told(given))


def _full(here: GcpStack, area: Area, given: GcpMonitoring) -> tuple[Resource, ...]:
    """Return the policies of file systems; buckets have no size that could be filled, others' are others' to watch."""
    found: list[Resource] = []
    for name, volume in here.site.storage.items():
        key = name.replace("-", "_")
        if getattr(volume, "existing", None):
            continue
        if isinstance(volume, FileStorage):
            measured = _over(key, given.full_percent)
        elif isinstance(volume, ParallelStorage) and volume.size:
            measured = _below(key, gib(volume.size) * BYTES_PER_GIB * (100 - given.full_percent) // 100)
        else:
            continue
        condition: Plain = {"display_name": f"{name} fills up", "condition_threshold": measured}
        found.append(_policy(here, area, f"{key}_full", f"{name}-full", condition, _told(given)))
    return tuple(found)


def _over(key: str, percent: int) -> Plain:
    """Return the condition of a Filestore."""
    kind = _of("file.googleapis.com/nfs/server/used_bytes_percent", "filestore_instance")
    return {
        "filter": text(kind, ' AND resource.labels.instance_name="', out(key, "name"), '"'),
        "comparison": "COMPARISON_GT",
        "threshold_value": percent,
        "duration": FIVE_MINUTES,
        "aggregations": [_aligned("ALIGN_MEAN")],
    }


def _below(key: str, left: int) -> Plain:
    """Return the condition of Lustre, whose free space is the sum of what its storage targets have."""
    kind = _of("lustre.googleapis.com/instance/available_bytes", "lustre.googleapis.com/Instance")
    target = ' AND metric.labels.component="ost" AND resource.labels.instance_id="'
    return {
        "filter": text(kind, target, out(key, "instance_id"), '"'),
        "comparison": "COMPARISON_LT",
        "threshold_value": left,
        "duration": FIVE_MINUTES,
        "aggregations": [{**_aligned("ALIGN_MEAN"), "cross_series_reducer": "REDUCE_SUM"}],
    }


def _of(metric: str, resource: str) -> str:
    """Return the filter of a metric of a kind of resource."""
    return f'metric.type="{metric}" AND resource.type="{resource}"'


def _aligned(aligner: str, period: str = MINUTE) -> dict[str, Plain]:
    return {"alignment_period": period, "per_series_aligner": aligner}


def _policy(here: GcpStack, area: Area, key: str, name: str, condition: Plain, told: Plain) -> Resource:
    return area.resource(
        key,
        "monitoring/alertPolicy:AlertPolicy",
        name,
        args(
            display_name=f"{here.stack}: {name}",
            combiner="OR",
            conditions=[condition],
            notification_channels=told,
            user_labels=here.labels(),
        ),
        depends_on=() if here.cluster else (Ref("enabled"),),
    )
