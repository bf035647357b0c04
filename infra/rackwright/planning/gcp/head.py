"""head.py of a cluster: the machine of its scheduler, what it may do, and the ports between it and the nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import gib
from rackwright.catalog import machine
from rackwright.derive.head import head_machine, head_name
from rackwright.derive.places import home_zone
from rackwright.plan import Export, StackOut, args, out, value
from rackwright.planning import ports
from rackwright.planning.gcp.access import account_of, buckets, firewall, ssh
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.machines import METADATA, SITE_KEY, identity, image_of
from rackwright.planning.gcp.nodes import IMAGE
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster, Slurm
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack

ADDRESS = ("network_interfaces", 0, "network_ip")


def head(here: GcpStack, cluster: MachineCluster, slurm: Slurm) -> Planned:
    """Return the section of a cluster's head; in a Shared VPC its firewall is the host project's to make."""
    area = here.area("head", "clusters", here.cluster, "scheduler")
    nodes = (
        *account_of(here, area, "head", "head", f"{here.label}-head"),
        *buckets(here, area, "head", "head"),
        *(() if here.is_shared else _firewall(here, area)),
        _machine(here, area, cluster, slurm),
    )
    return Planned(area.titled("Head: Slurm's controller, from which people submit jobs to the nodes"), nodes)


def head_exports(here: GcpStack) -> tuple[Export, ...]:
    """Return the address of the head by its name, as those of the nodes are exported."""
    return (Export("head_hosts", value({head_name(here.cluster): out("head_machine", *ADDRESS)})),)


def _firewall(here: GcpStack, area: Area) -> tuple[Node, ...]:
    nodes, head = ([here.account(one)] for one in ("node", "head"))
    inward: list[Plain] = [str(ports.CONTROLLER), "-".join(map(str, ports.JOBS))]
    passed: tuple[tuple[str, str, list[Plain], list[Plain], list[Plain]], ...] = (
        ("controller", "Nodes report to slurmctld and answer srun", [*nodes], [*head], inward),
        ("slurmd", "The head starts jobs through slurmd", [*head], [*nodes], [str(ports.NODE)]),
    )
    rules = (
        firewall(
            area,
            what,
            f"{here.label}-{what}",
            network=StackOut("site", ("network_id",)),
            description=why,
            source={"source_service_accounts": source},
            target=target,
            tcp=tcp,
        )
        for what, why, source, target, tcp in passed
    )
    return (*ssh(here, area, "head-ssh", [*head]), *rules)


def _machine(here: GcpStack, area: Area, cluster: MachineCluster, slurm: Slurm) -> Node:
    """Return the machine, in the zone of the nodes and from their image."""
    kind = head_machine(here.site, cluster, slurm)
    known, name = machine(CLOUD, kind), head_name(here.cluster)
    disk: Plain = {
        "image": image_of(here, cluster),
        "size": gib(slurm.disk),
        "type": (known.boot_disk if known else "") or "pd-balanced",
        "labels": here.labels(),
    }
    made = args(
        name=f"{here.blueprint.name}-{here.site_name}-{name}",
        zone=home_zone(here.site, cluster),
        machine_type=kind,
        boot_disk={"initialize_params": disk, "kms_key_self_link": SITE_KEY, "auto_delete": True},
        network_interfaces=[{"subnetwork": StackOut("site", ("subnetwork_id",))}],
        service_account=identity(here, "head"),
        shielded_instance_config={
            "enable_secure_boot": True,
            "enable_vtpm": True,
            "enable_integrity_monitoring": True,
        },
        metadata=METADATA,
    )
    note = "It has the image of the nodes, and with it their version of Slurm."
    return area.resource("head_machine", "compute/instance:Instance", name, made, note=note, ignore_changes=(IMAGE,))
