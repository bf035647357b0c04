"""What an instance and the template of a group say alike: its interfaces, its identity, how it is protected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import attachables, machine
from rackwright.derive.choice import host
from rackwright.plan import Column, List, Span, StackOut, out, text, value
from rackwright.plan.values import Map
from rackwright.planning.gcp import images
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.fabric import fabric_of

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster
    from rackwright.plan import Plain, Value
    from rackwright.planning.gcp.context import GcpStack

SLOW = "30m"
SCOPES = ["https://www.googleapis.com/auth/cloud-platform"]
"""What the service account may do is decided by its roles, not by scopes."""
SITE_KEY = StackOut("site", ("key_id",))
METADATA = {"enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE", "enable-guest-attributes": "TRUE"}
"""Logins by IAM alone; host keys are published as guest attributes, so that whoever connects can know them before."""


def identity(here: GcpStack, hosts: str) -> Plain:
    """Return what `hosts` (node, head) are known as."""
    return {"email": here.account(hosts), "scopes": SCOPES}


def image_of(here: GcpStack, cluster: MachineCluster) -> Value:
    """Return the image the nodes start from: looked up, or as the blueprint or its lock gives it."""
    return images.found("image", image_name(here, cluster))


def image_name(here: GcpStack, cluster: MachineCluster) -> str:
    """Return the image the nodes start from as its alias, or as the blueprint or its lock names it."""
    return here.image(cluster.image, arch_of(cluster))


def locked_note(here: GcpStack, cluster: MachineCluster) -> str:
    """Return the comment that says which alias a locked image is; blank where it is none."""
    locked = image_name(here, cluster) != cluster.image
    return f"The image is {cluster.image}, as blueprint.lock has it." if locked else ""


def arch_of(cluster: MachineCluster) -> str:
    """Return the architecture of the cluster's machines."""
    found = machine(CLOUD, cluster.machine)
    return found.arch if found else "amd64"


def boot_type(cluster: MachineCluster) -> str:
    """Return what the boot disk is: as the blueprint says, or as the catalog does for the machine."""
    known = machine(CLOUD, cluster.machine)
    return cluster.disk_type or (known.boot_disk if known else "") or "pd-ssd"


def accelerators(cluster: MachineCluster) -> Plain:
    """Return the accelerators that are attached; None where the machine type says all there is."""
    found, asked = machine(CLOUD, cluster.machine), cluster.attached
    names = {one.accelerator: one.type for one in attachables(CLOUD, found.family if found else "")}
    return [{"type": names[asked.type], "count": asked.count}] if asked else None


def described(cluster: MachineCluster) -> str:
    """Return the machines of a cluster in words: how many of which type, with what is attached to each."""
    asked = cluster.attached
    more = f" with {asked.count} x {asked.type}" if asked else ""
    return f"{cluster.nodes.left} x {cluster.machine}{more}"


def bandwidth(cluster: MachineCluster) -> Plain:
    """Return the tier of what a machine may send in all; None where nothing is bought beyond its share."""
    return {"total_egress_bandwidth_tier": "TIER_1"} if cluster.bandwidth == "tier-1" else None


def shielded(cluster: MachineCluster) -> Plain:
    """Return how the boot is protected; drivers of accelerators are not signed, so that secure boot refuses them."""
    known = host(CLOUD, cluster)
    return {
        "enable_secure_boot": not (known and known.accelerators),
        "enable_vtpm": True,
        "enable_integrity_monitoring": True,
    }


def interfaces(cluster: MachineCluster, kind: str) -> Value:
    """Return the interfaces: the site's network, a second host network with RDMA, then one for each accelerator.

    `kind` is what the SDK calls an interface of the resource.
    """
    found = fabric_of(cluster)
    hosts: tuple[Plain, ...] = ({"subnetwork": StackOut("site", ("subnetwork_id",)), "nic_type": "GVNIC"},)
    if found is None:
        return value(hosts)
    if found.rdma_nics:
        hosts = (*hosts, {"subnetwork": out("second_subnet"), "nic_type": found.nic_type})
        return _joined(hosts, kind, {"subnetwork": _subnet("rdma"), "nic_type": "MRDMA"}, found.rdma_nics)
    return _joined(hosts, kind, {"subnetwork": _subnet("data"), "nic_type": found.nic_type}, found.data_nics or 0)


def _subnet(prefix: str) -> Value:
    return out(f"{prefix}_subnets", row=text(f"{prefix}-", Column("nic")))


def _joined(hosts: tuple[Plain, ...], kind: str, each: dict[str, Plain], count: int) -> Value:
    """Return interfaces of the host followed by `count` that differ in the number of their subnet."""
    return List((*map(value, hosts), alike(kind, "nic", range(1, count + 1), each)))


def alike(kind: str, column: str, numbers: range, each: dict[str, Plain]) -> Span:
    """Return items of a list that differ in their number at most; `kind` is what the SDK calls one."""
    item = value(each)
    if not isinstance(item, Map):
        raise TypeError("an item is a map")
    return Span(f"gcp:compute:{kind}", column, numbers.start, numbers.stop, item)
