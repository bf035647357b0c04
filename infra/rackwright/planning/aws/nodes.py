"""nodes.py of a cluster: image, placement, launch template, instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, MachineCluster, gib
from rackwright.catalog import VOLUME, image, machine
from rackwright.derive.disks import ROOT, data_disk
from rackwright.derive.places import home_zone
from rackwright.plan import ROW, Concat, Repeat, StackOut, Timeouts, args, out, text
from rackwright.planning.aws import images
from rackwright.planning.aws.access import profile_arn
from rackwright.planning.aws.capacity import capacity, is_held, is_reserved, reserved_group
from rackwright.planning.aws.context import CLOUD
from rackwright.planning.aws.interfaces import network_interfaces
from rackwright.planning.aws.scaling import SLOW, group
from rackwright.planning.hosts.sets import numbered
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain, Value
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

PLATFORM = "Linux/UNIX"
"""What EC2 calls the operating systems of the catalog's images in a reservation."""
SITE_KEY = StackOut("site", ("key_arn",))
IMDS: dict[str, Plain] = {
    "http_endpoint": "enabled",
    "http_tokens": "required",
    "http_put_response_hop_limit": 1,
    "instance_metadata_tags": "enabled",
}
"""Machines ask for their metadata with a token, and no further than themselves."""
CONTAINED = 2
"""Hops to a container: its bridge is one, and without the metadata it has no identity."""


def nodes(here: AwsStack, cluster: MachineCluster) -> Planned:
    """Return the section of a cluster's nodes."""
    area = here.area("nodes", "clusters", here.cluster)
    zone = home_zone(here.site, cluster)
    found: list[Node] = [*images.look_up(area, "image", _image(here, cluster), _arch(cluster))]
    if is_packed(here, cluster):
        found.append(_placement(here, area))
    if is_held(cluster):
        found.append(_reservation(here, area, cluster, zone))
    found.append(_template(here, area, cluster, zone))
    found += group(here, area, cluster, zone) if is_group(cluster) else (_instances(here, area, cluster),)
    return Planned(area.titled(_title(here, cluster, zone)), tuple(found))


def image_id(here: AwsStack, cluster: MachineCluster) -> Value:
    """Return the id of the image the nodes start from."""
    return images.found("image", _image(here, cluster), _arch(cluster))


def _image(here: AwsStack, cluster: MachineCluster) -> str:
    return here.image(cluster.image, _arch(cluster))


def is_packed(here: AwsStack, cluster: MachineCluster) -> bool:
    """Return whether the nodes go into a placement group of their own; a reservation says where its machines stand."""
    if cluster.placement == "auto":
        return _has_fabric(here, cluster) and cluster.nodes.count > 1 and not is_reserved(cluster)
    return cluster.placement == "cluster" and reserved_group(cluster) is None


def is_group(cluster: MachineCluster) -> bool:
    """Return whether one group stands for all nodes; it brings its own subnet and zone, and tags only what is told."""
    return cluster.provision == "group"


def _has_fabric(here: AwsStack, cluster: MachineCluster) -> bool:
    found = machine(here.site.cloud, cluster.machine)
    return bool(found and found.fabric and found.fabric.interfaces)


def _title(here: AwsStack, cluster: MachineCluster, zone: str) -> str:
    count = cluster.nodes.left
    found = machine(here.site.cloud, cluster.machine)
    cards = found.fabric.efa_interfaces if found and found.fabric else 0
    fabric = f", EFA on {cards} network card{'s' if cards > 1 else ''}" if cards else ""
    return f"Nodes: {count} x {cluster.machine} in {zone}{fabric}"


def _arch(cluster: MachineCluster) -> str:
    found = machine(CLOUD, cluster.machine)
    return found.arch if found else "amd64"


def _placement(here: AwsStack, area: Area) -> Node:
    return area.resource(
        "placement",
        "ec2/placementGroup:PlacementGroup",
        "nodes",
        args(strategy="cluster", tags={"Name": here.label}),
    )


def _reservation(here: AwsStack, area: Area, cluster: MachineCluster, zone: str) -> Node:
    """Return what holds the nodes' machines; only machines that name it use it, and it goes with its stack."""
    return area.under("capacity", "reserve").resource(
        "reservation",
        "ec2/capacityReservation:CapacityReservation",
        "nodes",
        args(
            instance_type=cluster.machine,
            instance_platform=PLATFORM,
            availability_zone=zone,
            instance_count=cluster.nodes.left,
            instance_match_criteria="targeted",
            placement_group_arn=out("placement", "arn") if is_packed(here, cluster) else None,
            tags={"Name": here.label},
        ),
        note="All machines are had at once or none; it is paid for while it stands, with or without machines in it.",
    )


def _template(here: AwsStack, area: Area, cluster: MachineCluster, zone: str) -> Node:
    fabric = _fabric_note(cluster)
    is_locked = _image(here, cluster) != cluster.image
    locked = f"The image is {cluster.image}, as blueprint.lock has it." if is_locked else ""
    hops = "Two hops carry metadata to containers." if is_contained(cluster) else ""
    tagged = ("volume", "network-interface", *(("instance",) if is_group(cluster) else ()))
    return area.resource(
        "template",
        "ec2/launchTemplate:LaunchTemplate",
        "nodes",
        args(
            description=f"Nodes of {here.stack}",
            image_id=image_id(here, cluster),
            instance_type=cluster.machine,
            iam_instance_profile={"arn": profile_arn(here)},
            metadata_options=_metadata(cluster),
            block_device_mappings=_disks(here, cluster),
            network_interfaces=network_interfaces(here, cluster, None if is_group(cluster) else zone),
            placement=_placed(here, cluster, zone),
            **capacity(cluster),
            tag_specifications=[{"resource_type": kind, "tags": here.tags()} for kind in tagged],
        ),
        note=" ".join(filter(None, (fabric, hops, locked))),
        ignore_changes=("image_id",),
    )


def is_contained(cluster: MachineCluster) -> bool:
    """Return whether the nodes run containers."""
    return cluster.software.containers != "none"


def _metadata(cluster: MachineCluster) -> dict[str, Plain]:
    """Return who may ask a node for its metadata: the node itself, and its containers where it runs some."""
    return {**IMDS, "http_put_response_hop_limit": CONTAINED} if is_contained(cluster) else {**IMDS}


def _fabric_note(cluster: MachineCluster) -> str:
    """Return what a reader should know of the interfaces; not every machine has EFA on the card that carries IP."""
    found = machine(CLOUD, cluster.machine)
    layout = (found.fabric.interfaces if found and found.fabric else None) or ()
    if not layout:
        return ""
    if any(interface.card == 0 and interface.kind == "efa-only" for interface in layout):
        return "Card 0 carries IP; every card carries EFA. EFA-only interfaces take no address."
    return "Card 0 carries IP alone. EFA-only interfaces carry the fabric and take no address."


def _placed(here: AwsStack, cluster: MachineCluster, zone: str) -> dict[str, Plain] | None:
    """Return the placement group and the zone of the nodes, as far as the template says them."""
    group_name = out("placement", "name") if is_packed(here, cluster) else reserved_group(cluster)
    named: dict[str, Plain] = {"group_name": group_name} if group_name else {}
    return (named if is_group(cluster) else {**named, "availability_zone": zone}) or None


def _disks(here: AwsStack, cluster: MachineCluster) -> list[Plain]:
    """Return the boot disk and, for every block volume that is mounted, a disk of its own."""
    known = image(CLOUD, cluster.image, _arch(cluster))
    boot = _disk((known.root_device if known else None) or ROOT, gib(cluster.disk))
    volumes = [here.site.storage[name] for name in dict.fromkeys(cluster.mounts.values())]
    data = [one for one in volumes if isinstance(one, BlockStorage)]
    return [boot, *(_disk(data_disk(number), gib(one.size), one) for number, one in enumerate(data))]


def _disk(device: str, size: int, volume: BlockStorage | None = None) -> Plain:
    asked = {"iops": volume.iops, "throughput": volume.throughput} if volume else {}
    speed: dict[str, Plain] = {name: number for name, number in asked.items() if number}
    return {
        "device_name": device,
        "ebs": {
            "volume_type": (volume.type if volume else None) or VOLUME,
            "volume_size": size,
            **speed,
            "encrypted": "true",
            "kms_key_id": SITE_KEY,
            "delete_on_termination": "true",
        },
    }


def _instances(here: AwsStack, area: Area, cluster: MachineCluster) -> Repeat:
    instance = area.under("nodes").resource(
        "instances",
        "ec2/instance:Instance",
        ROW,
        args(
            launch_template={"id": out("template"), "version": Concat((out("template", "latest_version"),))},
            tags={"Name": text(f"{here.blueprint.name}-{here.site_name}-", ROW)},
        ),
        timeouts=Timeouts(create=SLOW, delete=SLOW),
    )
    over = numbered(here.cluster, cluster)
    return Repeat("nodes", "node", over, (), (instance,), area.section, area.under("nodes").origin)
