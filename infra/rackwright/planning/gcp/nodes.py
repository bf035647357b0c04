"""nodes.py of a cluster of machines: image, placement, instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import BlockStorage, MachineCluster, gib
from rackwright.catalog import image, machine
from rackwright.derive.places import home_zone
from rackwright.diagnostics import StepError
from rackwright.plan import ROW, Column, List, Repeat, Span, StackOut, Timeouts, args, out, text, value
from rackwright.plan.values import Map
from rackwright.planning.gcp.capacity import bought
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.fabric import fabric_of, nics_of
from rackwright.planning.gcp.placement import is_packed, placement
from rackwright.planning.hosts.sets import numbered
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain, Value
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

SLOW = "30m"
IMAGE = "bootDisk.initializeParams.image"
"""The SDK passes nested paths on as they are: they are written as the engine spells them."""
SCOPES = ["https://www.googleapis.com/auth/cloud-platform"]
"""What the service account may do is decided by its roles, not by scopes."""

METADATA = {"enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE", "enable-guest-attributes": "TRUE"}
"""Logins by IAM alone; host keys are published as guest attributes, so that whoever connects can know them before."""


def nodes(here: GcpStack, cluster: MachineCluster) -> Planned:
    """Return the section of a cluster's nodes."""
    area, zone = here.area("nodes", "clusters", here.cluster), home_zone(here.site, cluster)
    _refuse_blocks(here, cluster)
    found: list[Node] = [*_image(area, cluster)]
    if is_packed(cluster):
        found.append(placement(here, area, cluster))
    found.append(_instances(here, area, cluster, zone))
    count = cluster.nodes.left
    nics = f", {nics_of(cluster)} network interfaces" if fabric_of(cluster) else ""
    return Planned(area.titled(f"Nodes: {count} x {cluster.machine} in {zone}{nics}"), tuple(found))


def _refuse_blocks(here: GcpStack, cluster: MachineCluster) -> None:
    """Raise StepError where a mount asks for a disk of each machine, or the machines for a group."""
    if cluster.provision == "group":
        message = f"cluster {here.cluster}: groups on Google Cloud are not planned by this version"
        raise StepError(message, hint="use provision: instances")
    for name in cluster.mounts.values():
        if isinstance(here.site.storage.get(name), BlockStorage):
            raise StepError(
                f"storage {name}: block storage on Google Cloud is not planned by this version",
                hint="use kind: file or kind: object",
            )


def image_of(cluster: MachineCluster) -> Value:
    """Return the image the nodes start from: looked up, or as the blueprint gives it."""
    return value(cluster.image) if "/" in cluster.image else out("image", "self_link")


def _image(area: Area, cluster: MachineCluster) -> tuple[Node, ...]:
    if "/" in cluster.image:
        return ()
    found = machine(CLOUD, cluster.machine)
    known = image(CLOUD, cluster.image, found.arch if found else "amd64")
    if known is None:
        raise ValueError(f"image alias {cluster.image} was not checked before planning")
    note = "The alias is resolved when the stack is created and exported; running nodes keep what they have."
    inputs = args(family=known.family, project=known.project)
    return (area.under("image").invoke("image", "compute/getImage:getImage", inputs, note=note),)


def _instances(here: GcpStack, area: Area, cluster: MachineCluster, zone: str) -> Repeat:
    known = machine(CLOUD, cluster.machine)
    disk = cluster.disk_type or (known.boot_disk if known else "") or "pd-ssd"
    instance = area.under("nodes").resource(
        "instances",
        "compute/instance:Instance",
        ROW,
        args(
            name=text(f"{here.blueprint.name}-{here.site_name}-", ROW),
            zone=zone,
            machine_type=cluster.machine,
            boot_disk={
                "initialize_params": {"image": image_of(cluster), "size": gib(cluster.disk), "type": disk},
                "kms_key_self_link": StackOut("site", ("key_id",)),
                "auto_delete": True,
            },
            network_interfaces=_interfaces(cluster),
            service_account={"email": out("node_account", "email"), "scopes": SCOPES},
            shielded_instance_config={
                "enable_secure_boot": not (known and known.accelerators),
                "enable_vtpm": True,
                "enable_integrity_monitoring": True,
            },
            **bought(cluster),
            resource_policies=out("placement", "self_link") if is_packed(cluster) else None,
            metadata=METADATA,
        ),
        ignore_changes=(IMAGE,),
        timeouts=Timeouts(create=SLOW, delete=SLOW),
    )
    over = numbered(here.cluster, cluster)
    return Repeat("nodes", "node", over, (), (instance,), area.section, area.under("nodes").origin)


def _interfaces(cluster: MachineCluster) -> Value:
    """Return the interfaces: the site's network, a second host network with RDMA, then one for each accelerator."""
    found = fabric_of(cluster)
    hosts: tuple[Plain, ...] = ({"subnetwork": StackOut("site", ("subnetwork_id",)), "nic_type": "GVNIC"},)
    if found is None:
        return value(hosts)
    if found.rdma_nics:
        hosts = (*hosts, {"subnetwork": out("second_subnet"), "nic_type": found.nic_type})
        return _joined(hosts, "rdma_subnets", "rdma-", "MRDMA", found.rdma_nics)
    return _joined(hosts, "data_subnets", "data-", found.nic_type, found.data_nics or 0)


def _joined(hosts: tuple[Plain, ...], subnets: str, prefix: str, kind: str | None, count: int) -> Value:
    """Return interfaces of the host followed by `count` that differ in the number of their subnet."""
    item = value({"subnetwork": out(subnets, row=text(prefix, Column("nic"))), "nic_type": kind})
    if not isinstance(item, Map):
        raise TypeError("an interface is a map")
    return List((*map(value, hosts), Span("gcp:compute:InstanceNetworkInterface", "nic", 1, count + 1, item)))
