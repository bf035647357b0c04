"""access.py of a cluster: what its nodes may do, and who may reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.derive.registries import registries
from rackwright.plan import ROW, Json, Named, Repeat, StackOut, args, out, text, value
from rackwright.planning.aws import policies
from rackwright.planning.aws.context import CLOUD
from rackwright.planning.aws.groups import egress, ingress, security_group
from rackwright.planning.aws.network import ANYWHERE
from rackwright.planning.aws.openings import opened
from rackwright.planning.hosts import used_buckets
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.blueprint import ObjectStorage
    from rackwright.plan import Node, Value
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

SSH = 22
SESSIONS = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"


def access(here: AwsStack) -> Planned:
    """Return the access section: role, profile and security group of the nodes."""
    area = here.area("access", "access")
    nodes = (*identity(here, area, "node", "nodes"), *_images_policy(here, area), *_group(here, area))
    return Planned(area.titled("Access: what the nodes may do and who may reach them"), nodes)


def identity(here: AwsStack, area: Area, key: str, name: str) -> tuple[Node, ...]:
    """Return role and profile of hosts, who take sessions and use the storage of their cluster; none that stands."""
    if here.site.security.identity.existing:
        return ()
    role = area.resource(
        f"{key}_role",
        "iam/role:Role",
        name,
        args(
            description=f"{name.capitalize()} of {here.stack}",
            assume_role_policy=Json(value(policies.assumed_by("ec2.amazonaws.com"))),
            permissions_boundary=here.site.security.permissions_boundary,
        ),
    )
    sessions = area.resource(
        f"{key}_sessions",
        "iam/rolePolicyAttachment:RolePolicyAttachment",
        f"{name}-ssm",
        args(role=out(f"{key}_role", "name"), policy_arn=SESSIONS),
    )
    profile = area.resource(
        f"{key}_profile", "iam/instanceProfile:InstanceProfile", name, args(role=out(f"{key}_role", "name"))
    )
    return (role, sessions, *_storage_policy(here, area, key, name), profile)


def profile_arn(here: AwsStack) -> Value:
    """Return the ARN of the nodes' instance profile: one that stands already, or the cluster's own."""
    standing = here.site.security.identity.existing
    return value(standing) if standing else out("node_profile", "arn")


def profile_name(here: AwsStack) -> Value:
    """Return the name of the head's instance profile, likewise; an ARN ends with it, after its path."""
    standing = here.site.security.identity.existing
    return value(standing.rpartition("/")[2]) if standing else out("head_profile", "name")


def _storage_policy(here: AwsStack, area: Area, key: str, name: str) -> tuple[Node, ...]:
    used = used_buckets(here.site, here.cluster)
    if not used:
        return ()
    keys = [StackOut("site", ("key_arn",)), *dict.fromkeys(value(one) for one in map(_key, used.values()) if one)]
    document = policies.use_storage([StackOut("site", (f"{one.replace('-', '_')}_arn",)) for one in used], keys)
    return (
        area.resource(
            f"{key}_storage",
            "iam/rolePolicy:RolePolicy",
            f"{name}-storage",
            args(role=out(f"{key}_role"), policy=Json(value(document))),
        ),
    )


def _images_policy(here: AwsStack, area: Area) -> tuple[Node, ...]:
    """Return what lets nodes pull the images that their own commands run in, where ECR has them."""
    used = registries(here.site.clusters[here.cluster], CLOUD)
    if not used or here.site.security.identity.existing:
        return ()
    return (
        area.resource(
            "node_images",
            "iam/rolePolicy:RolePolicy",
            "nodes-images",
            args(role=out("node_role"), policy=Json(value(policies.pull_images(used)))),
        ),
    )


def _key(bucket: ObjectStorage) -> str | None:
    """Return the key of a bucket that stands already, where it says one."""
    return bucket.existing.key if bucket.existing else None


def _group(here: AwsStack, area: Area) -> tuple[Node, ...]:
    itself = {"referenced_security_group_id": out("node_group")}
    group = security_group(
        area,
        "node_group",
        "nodes",
        f"Nodes of {here.stack}",
        here.label,
        vpc=StackOut("site", ("vpc_id",)),
    )
    within = "All traffic between nodes"
    note = "EFA carries its traffic only where the group admits everything from itself and to itself."
    return (
        group,
        ingress(area, "nodes_in", "nodes-self", group="node_group", why=within, ports=None, source=itself, note=note),
        egress(area, "nodes_within", "nodes-self", group="node_group", why=within, ports=None, target=itself),
        egress(
            area,
            "nodes_out",
            "nodes-out",
            group="node_group",
            why="Packages, storage and AWS",
            ports=None,
            target={"cidr_ipv4": ANYWHERE},
        ),
        *ssh(here, area, "node", "nodes"),
        *opened(here, area),
    )


def ssh(here: AwsStack, area: Area, key: str, name: str) -> tuple[Node, ...]:
    """Return SSH from the site's own door or from the networks that the blueprint names; sessions need none."""
    if here.site.access.kind == "bastion":
        return (_through(area, key, name, "bastion", StackOut("site", ("bastion", "security_group_id"))),)
    if here.site.access.kind == "instance-connect":
        door = StackOut("site", ("connect_security_group_id",))
        return (_through(area, key, name, "Instance Connect Endpoint", door),)
    if here.site.access.kind != "direct" or not here.site.access.allow_from:
        return ()
    rule = ingress(
        area,
        f"{name}_ssh",
        text(f"{name}-ssh-", ROW),
        group=f"{key}_group",
        why="SSH from a network the blueprint names",
        ports=(SSH, SSH),
        source={"cidr_ipv4": ROW},
    )
    over = Named(tuple(dict.fromkeys(here.site.access.allow_from)))
    sources = "ssh_sources" if key == "node" else f"{key}_ssh_sources"
    return (Repeat(sources, "source", over, (), (rule,), area.section, area.under("allow_from").origin),)


def _through(area: Area, key: str, name: str, door: str, group: StackOut) -> Node:
    """Return SSH from the security group of the site's own door."""
    return ingress(
        area,
        f"{name}_ssh",
        f"{name}-ssh",
        group=f"{key}_group",
        why=f"SSH from the {door}",
        ports=(SSH, SSH),
        source={"referenced_security_group_id": group},
    )
