"""head.py of a cluster: the machine of its scheduler, what it may do, and the ports between it and the nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import gib
from rackwright.catalog import VOLUME
from rackwright.derive.head import head_machine, head_name
from rackwright.derive.places import home_zone
from rackwright.plan import Export, StackOut, args, out, value
from rackwright.planning import ports
from rackwright.planning.aws.access import identity, profile_name, ssh
from rackwright.planning.aws.groups import egress, ingress, security_group
from rackwright.planning.aws.network import ANYWHERE
from rackwright.planning.aws.nodes import IMDS, SITE_KEY, image_id
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import MachineCluster, Slurm
    from rackwright.plan import Node
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

STORAGE = StackOut("site", ("storage_clients_security_group_id",))


def head(here: AwsStack, cluster: MachineCluster, slurm: Slurm) -> Planned:
    """Return the section of a cluster's head."""
    area = here.area("head", "clusters", here.cluster, "scheduler")
    made = _machine(here, area, cluster, slurm)
    nodes = (*identity(here, area, "head", "head"), *_group(here, area), *ssh(here, area, "head", "head"), made)
    return Planned(area.titled("Head: Slurm's controller, from which people submit jobs to the nodes"), nodes)


def head_exports(here: AwsStack) -> tuple[Export, ...]:
    """Return address and id of the head by its name, as those of the nodes are exported."""
    name = head_name(here.cluster)
    return (
        Export("head_hosts", value({name: out("head_machine", "private_ip")})),
        Export("head_instance_ids", value({name: out("head_machine")})),
    )


def _group(here: AwsStack, area: Area) -> tuple[Node, ...]:
    """Return the head's security group, and the ports of Slurm between it and the nodes."""
    nodes, head = ({"referenced_security_group_id": out(f"{one}_group")} for one in ("node", "head"))
    own = security_group(
        area, "head_group", "head", f"Head of {here.stack}", f"{here.label}-head", vpc=StackOut("site", ("vpc_id",))
    )
    out_of = egress(
        area,
        "head_out",
        "head-out",
        group="head_group",
        why="Packages, storage, AWS and the nodes",
        ports=None,
        target={"cidr_ipv4": ANYWHERE},
    )
    passed = (
        ("head", "controller", "Nodes report to slurmctld", (ports.CONTROLLER, ports.CONTROLLER), nodes),
        ("head", "jobs", "Nodes answer srun", ports.JOBS, nodes),
        ("node", "slurmd", "The head starts jobs through slurmd", (ports.NODE, ports.NODE), head),
    )
    rules = (
        ingress(area, f"{of}_{what}", f"{of}-{what}", group=f"{of}_group", why=why, ports=range_, source=source)
        for of, what, why, range_, source in passed
    )
    return (own, *rules, out_of)


def _machine(here: AwsStack, area: Area, cluster: MachineCluster, slurm: Slurm) -> Node:
    """Return the machine, in the zone of the nodes and from their image."""
    made = args(
        ami=image_id(here, cluster),
        instance_type=head_machine(here.site, cluster, slurm),
        subnet_id=StackOut("site", ("private_subnet_ids", home_zone(here.site, cluster))),
        associate_public_ip_address=False,
        iam_instance_profile=profile_name(here),
        vpc_security_group_ids=[out("head_group"), STORAGE],
        metadata_options={**IMDS},
        root_block_device={
            "volume_type": VOLUME,
            "volume_size": gib(slurm.disk),
            "encrypted": True,
            "kms_key_id": SITE_KEY,
            "delete_on_termination": True,
        },
        tags={"Name": f"{here.label}-head"},
    )
    name, note = head_name(here.cluster), "It has the image of the nodes, and with it their version of Slurm."
    return area.resource("head_machine", "ec2/instance:Instance", name, made, note=note, ignore_changes=("ami",))
