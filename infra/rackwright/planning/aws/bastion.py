"""bastion.py: one small machine through which SSH comes into the site, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import image
from rackwright.derive.bastion import DISK_GIB, bastion_arch, bastion_image, bastion_machine
from rackwright.plan import ROW, Column, Export, Named, Ref, Repeat, args, out, text, value
from rackwright.planning.aws import images
from rackwright.planning.aws.context import CLOUD
from rackwright.planning.aws.groups import egress, ingress, security_group
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

SSH = 22
WEB = {"http": 80, "https": 443}
"""Where package mirrors answer: the bastion keeps itself up to date."""
DEFAULT_USER = "ec2-user"


def bastion(here: AwsStack) -> Planned:
    """Return the bastion's section."""
    area, name, arch = here.area("bastion", "access"), _image(here), bastion_arch(here.site)
    looked_up = images.look_up(area, "bastion_image", name, arch, "A running bastion keeps the image it has.")
    nodes = (*looked_up, *_group(here, area), *_machine(here, area))
    return Planned(area.titled("Bastion: the one machine that people reach, on the way to the hosts"), nodes)


def bastion_exports(here: AwsStack) -> tuple[Export, ...]:
    """Return what clusters and whoever connects must know of the bastion, if there is one."""
    if here.site.access.kind != "bastion":
        return ()
    known = image(CLOUD, bastion_image(here.site), bastion_arch(here.site))
    about: Plain = {
        "id": out("bastion_machine"),
        "address": out("bastion_address", "public_ip"),
        "user": (known.user if known else None) or DEFAULT_USER,
        "security_group_id": out("bastion_group"),
    }
    return (Export("bastion", value(about)),)


def _image(here: AwsStack) -> str:
    return here.image(bastion_image(here.site), bastion_arch(here.site))


def _group(here: AwsStack, area: Area) -> tuple[Node, ...]:
    door = ingress(
        area,
        "bastion_ssh",
        text("bastion-ssh-", ROW),
        group="bastion_group",
        why="SSH from a network the blueprint names",
        ports=(SSH, SSH),
        source={"cidr_ipv4": ROW},
    )
    hosts = egress(
        area,
        "bastion_hosts",
        "bastion-hosts",
        group="bastion_group",
        why="SSH to the hosts of the site",
        ports=(SSH, SSH),
        target={"cidr_ipv4": here.site.network.cidr},
    )
    sources = Named(tuple(dict.fromkeys(here.site.access.allow_from)))
    at = area.under("allow_from").origin
    return (
        security_group(area, "bastion_group", "bastion", f"Bastion of {here.stack}", here.label),
        Repeat("bastion_sources", "source", sources, (), (door,), area.section, at),
        hosts,
        _updates(area),
    )


def _updates(area: Area) -> Repeat:
    web = egress(
        area,
        "bastion_web",
        text("bastion-", ROW),
        group="bastion_group",
        why="Updates of the bastion itself",
        ports=(Column("port"), Column("port")),
        target={"cidr_ipv4": "0.0.0.0/0"},
    )
    over, ports = Named(tuple(WEB)), ("port", tuple(map(value, WEB.values())))
    return Repeat("bastion_updates", "protocol", over, (ports,), (web,), area.section, area.origin)


def _machine(here: AwsStack, area: Area) -> tuple[Node, Node]:
    """Return the machine, which may do nothing in the account, and its address, which stays when it is replaced."""
    given, tags = here.site.access.subnet, {"Name": f"{here.label}-bastion"}
    made = args(
        ami=images.found("bastion_image", _image(here), bastion_arch(here.site)),
        instance_type=bastion_machine(here.site),
        subnet_id=given or out("public_subnet", row=here.site.network.zones[0]),
        vpc_security_group_ids=[out("bastion_group")],
        metadata_options={"http_endpoint": "enabled", "http_tokens": "required", "http_put_response_hop_limit": 1},
        root_block_device={
            "volume_type": "gp3",
            "volume_size": DISK_GIB,
            "encrypted": True,
            "kms_key_id": out("site_key", "arn"),
            "delete_on_termination": True,
        },
        tags=tags,
    )
    address = args(domain="vpc", instance=out("bastion_machine"), tags=tags)
    after = () if here.site.network.existing else (Ref("internet_gateway"),)
    return (
        area.resource("bastion_machine", "ec2/instance:Instance", "bastion", made, ignore_changes=("ami",)),
        area.resource("bastion_address", "ec2/eip:Eip", "bastion", address, depends_on=after),
    )
