"""bastion.py: one small machine through which SSH comes into the site, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.catalog import machine
from rackwright.derive.bastion import DISK_GIB, bastion_arch, bastion_image, bastion_machine
from rackwright.plan import Export, Ref, args, out, value
from rackwright.planning.gcp import images
from rackwright.planning.gcp.access import firewall
from rackwright.planning.gcp.context import CLOUD
from rackwright.planning.gcp.machines import METADATA, SCOPES
from rackwright.planning.gcp.nodes import IMAGE
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.gcp.context import GcpStack


def bastion(here: GcpStack) -> Planned:
    """Return the bastion's section; in a Shared VPC its firewall is the host project's to make."""
    area, image = here.area("bastion", "access"), _image(here)
    note = "A running bastion keeps the image it has."
    nodes = (
        *images.look_up(area, "bastion_image", image, bastion_arch(here.site), note),
        _account(here, area),
        *(() if here.is_shared else (_door(here, area),)),
        *_machine(here, area),
    )
    return Planned(area.titled("Bastion: the one machine that people reach, on the way to the hosts"), nodes)


def bastion_exports(here: GcpStack) -> tuple[Export, ...]:
    """Return what clusters and whoever connects must know of the bastion, if there is one."""
    if here.site.access.kind != "bastion":
        return ()
    about = {
        "id": out("bastion_machine", "name"),
        "zone": out("bastion_machine", "zone"),
        "address": out("bastion_address", "address"),
        "service_account": out("bastion_account", "email"),
    }
    return (Export("bastion", value(about)),)


def _account(here: GcpStack, area: Area) -> Node:
    inputs = args(account_id=f"{here.label}-bastion", display_name=f"Bastion of {here.stack}")
    return area.resource(
        "bastion_account",
        "serviceaccount/account:Account",
        "bastion",
        inputs,
        note="It has no role: the firewall knows the bastion by it.",
        depends_on=(Ref("enabled"),),
    )


def _door(here: GcpStack, area: Area) -> Node:
    return firewall(
        area,
        "bastion",
        f"{here.label}-bastion",
        network=out("vpc"),
        description="SSH to the bastion from networks the blueprint names",
        source={"source_ranges": list(dict.fromkeys(here.site.access.allow_from))},
        target=[out("bastion_account", "email")],
        tcp=["22"],
    )


def _image(here: GcpStack) -> str:
    return here.image(bastion_image(here.site), bastion_arch(here.site))


def _machine(here: GcpStack, area: Area) -> tuple[Node, Node]:
    name, known = f"{here.label}-bastion", machine(CLOUD, bastion_machine(here.site))
    image = images.found("bastion_image", _image(here))
    disk: Plain = {
        "image": image,
        "size": DISK_GIB,
        "type": (known.boot_disk if known else "") or "pd-balanced",
        "labels": here.labels(),
    }
    address = args(name=name, region=here.site.region)
    made = args(
        name=name,
        zone=here.site.network.zones[0],
        machine_type=bastion_machine(here.site),
        boot_disk={"initialize_params": disk, "kms_key_self_link": out("site_key"), "auto_delete": True},
        network_interfaces=[
            {"subnetwork": out("hosts"), "access_configs": [{"nat_ip": out("bastion_address", "address")}]}
        ],
        service_account={"email": out("bastion_account", "email"), "scopes": SCOPES},
        shielded_instance_config={
            "enable_secure_boot": True,
            "enable_vtpm": True,
            "enable_integrity_monitoring": True,
        },
        metadata=METADATA,
    )
    granted = (Ref("compute_grant"),)
    return (
        area.resource("bastion_address", "compute/address:Address", "bastion", address, depends_on=(Ref("enabled"),)),
        area.resource(
            "bastion_machine", "compute/instance:Instance", "bastion", made, depends_on=granted, ignore_changes=(IMAGE,)
        ),
    )
