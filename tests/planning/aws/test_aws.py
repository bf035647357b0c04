"""What an expert asks of a plan for AWS."""

from __future__ import annotations

from typing import Any

import pytest
from tests.catalog.families import families
from tests.planning.plans import asked, site_plans

from rackwright.catalog import machine, machines
from rackwright.plan import Invoke, Out, Ref, StackOut, expand, host_names
from rackwright.rules.inputs import UNKNOWN, known

ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"]
TEMPLATE, INGRESS, EGRESS = "launchTemplate:LaunchTemplate", "SecurityGroupIngressRule", "SecurityGroupEgressRule"


def cluster(machine_type: str = "p5.48xlarge", nodes: Any = 4, **more: Any) -> dict[str, Any]:
    """Return the key `clusters` of a site with one cluster."""
    return {"train": {"machine": machine_type, "nodes": nodes, **more}}


def template(machine_type: str, **more: Any) -> dict[str, Any]:
    """Return what is known of the launch template of a cluster."""
    (found,) = asked(site_plans("aws", clusters=cluster(machine_type, **more))[1], TEMPLATE)
    return found.inputs


FIRST = {members[0].name for members in families(machines("aws")).values()}
"""A machine of each family."""


@pytest.mark.parametrize("name", sorted({one.name for one in machines("aws") if one.fabric} | FIRST))
def test_interfaces_are_as_the_catalog_says(name: str) -> None:
    """Each network card is used as its machine's fabric says; without a fabric there is one plain interface."""
    known = machine("aws", name)
    layout = (known.fabric.interfaces if known and known.fabric else None) or ()
    found = template(name)["network_interfaces"]
    places = [(one["network_card_index"], one["device_index"], one.get("interface_type")) for one in found]

    assert places == ([(one.card, one.device, one.kind) for one in layout] or [(0, 0, None)])
    assert len({(card, device) for card, device, _ in places}) == len(places)


@pytest.mark.parametrize("name", ["g6.xlarge", "p5.48xlarge"])
def test_nodes_have_no_public_address(name: str) -> None:
    """Every interface stands in a private subnet of the site; none asks for a public address."""
    for one in template(name)["network_interfaces"]:
        assert one.get("associate_public_ip_address") in {None, "false"}
    site, nodes = site_plans("aws", clusters=cluster(name))
    raw = str(asked(nodes, TEMPLATE)[0].values["network_interfaces"])

    assert raw.count("'private_subnet_ids', 'us-east-1a'") == len(template(name)["network_interfaces"])
    assert [one.inputs["map_public_ip_on_launch"] for one in asked(site, "subnet:Subnet")] == [False] * 6
    assert asked(nodes, "eip:Eip") == []


def test_only_the_first_interface_speaks_to_storage() -> None:
    """The interface that carries IP is in the storage clients' group; EFA cards are in the nodes' group alone."""
    groups = [len(one["security_groups"]) for one in template("p5.48xlarge")["network_interfaces"]]

    assert groups == [2] + [1] * 32


@pytest.mark.parametrize(("nat", "gateways", "public"), [("none", 0, 0), ("single", 1, 3), ("per-zone", 3, 3)])
def test_gateways_are_as_many_as_asked(nat: str, gateways: int, public: int) -> None:
    """No NAT, one, or one a zone, each with one address; without any there is no public subnet and no way out."""
    (site,) = site_plans("aws", network={"nat": nat})
    routes = asked(site, "route:Route")
    out = [one.values["nat_gateway_id"] for one in routes if "nat_gateway_id" in one.inputs]
    rows = [one.row.value if isinstance(one, Out) and one.row else None for one in out]  # type: ignore[union-attr]

    assert len(asked(site, "natGateway:NatGateway")) == len(asked(site, "eip:Eip")) == gateways
    assert len([one for one in asked(site, "subnet:Subnet") if one.name.startswith("public-")]) == public
    assert len(asked(site, "internetGateway:InternetGateway")) == min(gateways, 1)
    assert rows == {"none": [], "single": [None] * 3, "per-zone": ZONES}[nat]


@pytest.mark.parametrize("name", ["g6.xlarge", "p5.48xlarge"])
def test_nodes_are_reached_by_nodes_alone(name: str) -> None:
    """Through sessions nothing comes in but the group itself, which EFA needs in both directions."""
    _, nodes = site_plans("aws", clusters=cluster(name))
    itself = Out("node_group", ("id",))

    assert [one.name for one in asked(nodes, INGRESS)] == ["nodes-self"]
    for one in (*asked(nodes, INGRESS), asked(nodes, EGRESS)[0]):
        assert one.values["security_group_id"] == one.values["referenced_security_group_id"] == itself
        assert one.inputs["ip_protocol"] == "-1"


def test_direct_access_opens_ssh_from_the_named_networks() -> None:
    """One rule a network, on port 22; a network that stands twice has one rule."""
    access = {"kind": "direct", "allow_from": ["10.0.0.0/8", "203.0.113.0/24", "10.0.0.0/8"]}
    _, nodes = site_plans("aws", access=access, clusters=cluster())
    opened = [one.inputs for one in asked(nodes, INGRESS) if one.name.startswith("nodes-ssh-")]

    assert [(one["cidr_ipv4"], one["from_port"], one["to_port"]) for one in opened] == [
        ("10.0.0.0/8", 22, 22),
        ("203.0.113.0/24", 22, 22),
    ]


def test_systems_manager_is_reached_inside_the_vpc() -> None:
    """Sessions have their interface endpoints; with direct access there is S3 alone."""
    (sessions,) = site_plans("aws")
    (direct,) = site_plans("aws", access={"kind": "direct", "allow_from": ["10.0.0.0/8"]})
    services = [one.name for one in asked(sessions, "vpcEndpoint:VpcEndpoint")]

    assert services == ["s3", "ssm", "ssmmessages", "ec2messages"]
    assert [one.name for one in asked(direct, "vpcEndpoint:VpcEndpoint")] == ["s3"]


RESERVED, GROUP = "cr-0123456789abcdef0", "arn:aws:resource-groups:us-east-1:111122223333:group/h100"
SPOT, SPECIFICATION, TARGET = "instance_market_options", "capacity_reservation_specification", "capacity_reservation_"


@pytest.mark.parametrize(
    ("capacity", "market", "target"),
    [
        ({}, None, None),
        ({"kind": "spot"}, ("spot", "one-time", "terminate"), None),
        ({"kind": "spot", "interruption": "stop"}, ("spot", "persistent", "stop"), None),
        ({"reservation": RESERVED}, None, {f"{TARGET}id": RESERVED}),
        ({"reservation": GROUP}, None, {f"{TARGET}resource_group_arn": GROUP}),
        (
            {"kind": "block", "reservation": RESERVED, "starts": "2027-03-01", "ends": "2027-03-15"},
            ("capacity-block",),
            {f"{TARGET}id": RESERVED},
        ),
    ],
)
def test_capacity_is_bought_as_asked(capacity: Any, market: Any, target: Any) -> None:
    """A template names the market and the reservation that the blueprint names, and nothing else."""
    found = template("p5.48xlarge", capacity=capacity)
    options = found.get(SPOT)
    said = options and (options["market_type"], *options.get("spot_options", {}).values())
    reserved = found.get(SPECIFICATION)

    assert (said, reserved and reserved[f"{TARGET}target"]) == (market, target)


@pytest.mark.parametrize(
    ("reservation", "placed", "groups"),
    [({}, {}, 0), ({"group": "h100"}, {"group_name": "h100"}, 0)],
)
def test_reserved_machines_stand_where_they_were_reserved(reservation: Any, placed: Any, groups: int) -> None:
    """No placement group is made for a reservation; the one that it was made in is named."""
    capacity = {"reservation": RESERVED, **reservation}
    _, plan = site_plans("aws", clusters=cluster(capacity=capacity))

    assert template("p5.48xlarge", capacity=capacity)["placement"] == {**placed, "availability_zone": "us-east-1a"}
    assert len(asked(plan, "placementGroup:PlacementGroup")) == groups


@pytest.mark.parametrize(
    ("name", "nodes", "placement", "packed"),
    [
        ("p5.48xlarge", 4, "auto", 1),
        ("p5.48xlarge", 1, "auto", 0),
        ("g6.xlarge", 4, "auto", 0),
        ("g6.xlarge", 4, "cluster", 1),
        ("p5.48xlarge", 4, "none", 0),
    ],
)
def test_machines_with_a_fabric_stand_together(name: str, nodes: int, placement: str, packed: int) -> None:
    """`auto` packs several machines with a fabric; `cluster` packs any, `none` packs none."""
    _, plan = site_plans("aws", clusters=cluster(name, nodes, placement=placement))

    assert len(asked(plan, "placementGroup:PlacementGroup")) == packed


def test_disks_are_encrypted_with_the_key_of_the_site() -> None:
    """The boot disk and every mounted block volume have the site's key, and go with their machine."""
    storage = {"cache": {"kind": "block", "size": "2TiB", "iops": 4000, "throughput": 500}}
    plans = site_plans("aws", storage=storage, clusters=cluster(mounts={"/cache": "cache"}))
    disks = asked(plans[1], TEMPLATE)[0].inputs["block_device_mappings"]

    assert [(one["device_name"], one["ebs"]["volume_size"]) for one in disks] == [
        ("/dev/sda1", 200),
        ("/dev/sdf", 2048),
    ]
    assert [one["ebs"]["encrypted"] for one in disks] == ["true", "true"]
    assert (disks[1]["ebs"]["iops"], disks[1]["ebs"]["throughput"]) == (4000, 500)
    assert str(asked(plans[1], TEMPLATE)[0].values).count(str(StackOut("site", ("key_arn",)))) == 2
    assert disks[0]["ebs"]["kms_key_id"] is UNKNOWN


@pytest.mark.parametrize(
    ("given", "deployment", "throughput", "metadata", "backups"),
    [
        ({}, "PERSISTENT_2", 250, {"mode": "AUTOMATIC"}, None),
        ({"metadata_iops": 12000}, "PERSISTENT_2", 250, {"mode": "USER_PROVISIONED", "iops": 12000}, None),
        ({"backup_days": 7}, "PERSISTENT_2", 250, {"mode": "AUTOMATIC"}, 7),
        ({"lifetime": "scratch"}, "SCRATCH_2", None, None, None),
    ],
)
def test_lustre_is_asked_for_what_its_lifetime_takes(
    given: Any, deployment: str, throughput: Any, metadata: Any, backups: Any
) -> None:
    """A scratch file system has no throughput, metadata, backups or key of one's own; AWS refuses it otherwise."""
    (site,) = site_plans("aws", storage={"scratch": {"kind": "parallel", "size": "4800GiB", **given}})
    (made,) = asked(site, "LustreFileSystem")

    assert made.inputs["deployment_type"] == deployment
    assert made.inputs.get("per_unit_storage_throughput") == throughput
    assert made.inputs.get("metadata_configuration") == metadata
    assert made.inputs.get("automatic_backup_retention_days") == backups
    assert ("kms_key_id" in made.inputs) is (deployment == "PERSISTENT_2")


def test_every_link_has_its_path() -> None:
    """Links of a file system stand at the paths that the blueprint gives; the one without is named like its bucket."""
    lustre = {"kind": "parallel", "size": "4800GiB", "linked_to": "datasets", "links": {"models": "/weights"}}
    storage = {"datasets": {"kind": "object"}, "models": {"kind": "object"}, "scratch": lustre}
    (site,) = site_plans("aws", storage=storage)
    links = asked(site, "DataRepositoryAssociation")

    assert {one.name: one.inputs["file_system_path"] for one in links} == {
        "scratch-datasets": "/datasets",
        "scratch-models": "/weights",
    }


def test_objects_age_by_prefix() -> None:
    """A bucket's lifecycle moves and deletes what the blueprint says, besides tidying up."""
    ages = {"logs/": {"expire_after_days": 30}, "runs/": {"infrequent_after_days": 30, "expire_after_days": 90}}
    (site,) = site_plans("aws", storage={"datasets": {"kind": "object", "lifecycle": ages}})
    (made,) = asked(site, "BucketLifecycleConfiguration")
    tidy, logs, runs = made.inputs["rules"]

    assert tidy["id"] == "tidy"
    assert (logs["filter"], logs["expiration"], "transitions" in logs) == ({"prefix": "logs/"}, {"days": 30}, False)
    assert (runs["transitions"], runs["expiration"]) == ([{"days": 30, "storage_class": "STANDARD_IA"}], {"days": 90})


@pytest.mark.parametrize("backups", [True, False])
def test_efs_is_backed_up_where_asked(backups: bool) -> None:  # noqa: FBT001 - a case
    """A backup policy is there if the blueprint asks for backups."""
    (site,) = site_plans("aws", storage={"home": {"kind": "file", "backups": backups}})

    assert len(asked(site, "backupPolicy:BackupPolicy")) == int(backups)


def test_a_vpc_that_stands_already_is_read_and_nothing_more() -> None:
    """No VPC, subnet, route, gateway, endpoint or flow log is made; subnets are asked for by VPC, zone and block."""
    blocks = ["10.40.0.0/24", "10.40.1.0/24", "10.40.2.0/24"]
    ids = [f"subnet-0123456789abcdef{index}" for index in range(3)]
    subnets = {zone: {"id": one, "cidr": cidr} for zone, one, cidr in zip(ZONES, ids, blocks, strict=True)}
    existing = {"vpc": "vpc-0123456789abcdef0", "subnets": subnets}
    storage = {"home": {"kind": "file"}}
    site, _ = site_plans("aws", network={"existing": existing}, storage=storage, clusters=cluster())
    lookups = [node for _, node in expand(site) if isinstance(node, Invoke)]
    found = [dict(node.inputs) for node in lookups if node.key == "private_subnets"]

    assert {one.kind.split(":")[1].split("/")[0] for one in asked(site)} == {"kms", "ec2", "efs", "vpc"}
    assert {one.kind for one in asked(site) if ":ec2/" in one.kind} == {"aws:ec2/securityGroup:SecurityGroup"}
    assert [known(one["cidr_block"]) for one in found] == blocks
    assert [known(one["availability_zone"]) for one in found] == ZONES
    assert [known(one["id"]) for one in found] == ids


def test_every_role_is_bounded_where_the_account_asks_for_it() -> None:
    """The permissions boundary of the blueprint stands on each role; without one, on none."""
    boundary = "arn:aws:iam::111122223333:policy/boundary"
    bounded = site_plans("aws", security={"permissions_boundary": boundary}, clusters=cluster())
    free = site_plans("aws", clusters=cluster())

    assert {one.inputs["permissions_boundary"] for plan in bounded for one in asked(plan, "role:Role")} == {boundary}
    assert [one.inputs.get("permissions_boundary") for plan in free for one in asked(plan, "role:Role")] == [None] * 2


def test_hosts_without_a_way_out_reach_what_they_call() -> None:
    """With `nat: none` keys, logs, metrics, images and identities have endpoints; a list says otherwise."""
    closed, chosen, none = (
        [one.name for one in asked(site_plans("aws", network={"nat": "none", **more})[0], "vpcEndpoint:VpcEndpoint")]
        for more in ({}, {"endpoints": ["logs", "fsx", "logs"]}, {"endpoints": []})
    )
    sessions = ["s3", "ssm", "ssmmessages", "ec2messages"]

    assert closed == [*sessions, "ec2", "ecr.api", "ecr.dkr", "kms", "logs", "monitoring", "sts"]
    assert chosen == [*sessions, "logs", "fsx"]
    assert none == sessions


def test_a_group_stands_for_any_number_of_nodes() -> None:
    """Ten nodes and five thousand differ in a number: one group, one template, one question who its members are."""
    few, many = (site_plans("aws", clusters=cluster(nodes=count, provision="group"))[1] for count in (10, 5000))
    sizes = {"min_size": 5000, "max_size": 5000, "desired_capacity": 5000}
    (group,) = asked(many, "group:Group")

    assert len(expand(few)) == len(expand(many))
    assert {key: group.inputs[key] for key in sizes} == sizes
    assert asked(many, "instance:Instance") == []
    assert [len(host_names(one)) for plan in (few, many) for one in plan.host_sets] == [10, 5000]


def test_a_group_may_use_the_key_of_its_disks() -> None:
    """The role that starts machines is the group's own, has a grant on the site's key, and the group waits for it."""
    _, plan = site_plans("aws", clusters=cluster(provision="group"))
    (grant,), (group,) = asked(plan, "kms/grant:Grant"), asked(plan, "group:Group")
    role = Out("scaling_role", ("arn",))

    assert (grant.values["key_id"], grant.values["grantee_principal"]) == (StackOut("site", ("key_arn",)), role)
    assert {"CreateGrant", "Decrypt"} < set(grant.inputs["operations"])
    assert group.values["service_linked_role_arn"] == role
    assert group.options.depends_on == (Ref("scaling_key"),)


@pytest.mark.parametrize("name", ["g6.xlarge", "p5.48xlarge"])
def test_a_group_says_where_its_machines_stand(name: str) -> None:
    """The group has the subnet; its template has none and no zone, and tags the machines."""
    found = template(name, provision="group", placement="none")

    assert [one for one in found["network_interfaces"] if "subnet_id" in one] == []
    assert "placement" not in found
    assert [one["resource_type"] for one in found["tag_specifications"]] == ["volume", "network-interface", "instance"]
