"""Rules over plans see names in every row and inputs however they are nested."""

from __future__ import annotations

import base64
from dataclasses import replace

from rackwright.plan import (
    KEY,
    Column,
    Concat,
    Export,
    Inputs,
    Lit,
    Named,
    Numbered,
    Options,
    Out,
    Plan,
    Provider,
    Repeat,
    Resource,
    Section,
    out,
    value,
)
from rackwright.rules import check_plans
from rackwright.rules.inputs import UNKNOWN, at, texts

SIZES = {"PLAN-E124", "PLAN-E125"}
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
ORIGIN = ("sites", "use1", "clusters", "train")
PROVIDER = Provider("provider", "gcp", Lit("gcp"), (), "account", ORIGIN)


def instance(name: Concat | Lit | Column) -> Resource:
    """Return an instance of that name."""
    inputs = (("name", name), ("network", Out("provider", ("id",))))
    return Resource("instances", "gcp:compute/instance:Instance", name, inputs, "nodes", ORIGIN, Options("provider"))


def plan(repeat: Repeat) -> Plan:
    """Return a plan of one Repeat."""
    sections = (Section("account", "Account", ORIGIN), Section("nodes", "Nodes", ORIGIN))
    return Plan("a.b.c", "a", "gcp", "r", "p", "t", sections, (PROVIDER, repeat), ())


def test_names_are_looked_at_in_every_row() -> None:
    """Node 100 is one letter too long, node 99 is not."""
    name = Concat((Lit("n" * 60), Lit("-"), Column(KEY)))
    fits = Repeat("nodes", "node", Numbered("", 100), (), (instance(name),), "nodes", ORIGIN)
    bursts = Repeat("nodes", "node", Numbered("", 101), (), (instance(name),), "nodes", ORIGIN)

    assert check_plans((plan(fits),)) == ()
    assert [(one.code, one.path) for one in check_plans((plan(bursts),))] == [("NAME-E101", ORIGIN)]


def test_names_of_what_is_made_once_are_looked_at() -> None:
    """A file system is named by datacenter, site and storage, which may be longer together than Google Cloud takes."""
    kind, name = "gcp:lustre/instance:Instance", "d" * 30 + "-" + "s" * 33
    inputs = (("instance_id", Lit(name)),)
    made = Resource("scratch", kind, Lit("scratch"), inputs, "nodes", ORIGIN, Options("provider"))
    whole = plan(Repeat("nodes", "node", Numbered("", 1), (), (instance(Lit("n")),), "nodes", ORIGIN))

    found = [one for one in check_plans((replace(whole, nodes=(*whole.nodes, made)),)) if one.code == "NAME-E101"]
    assert [one.message for one in found] == [f"'{name}' (64 characters) cannot be a Managed Lustre name"]


def test_names_come_from_columns_too() -> None:
    """A cell of the table is part of the name of its row."""
    repeat = Repeat(
        "rows", "row", Named(("a", "b")), (("kind", (Lit("x"), Lit("y"))),), (instance(Lit("n")),), "nodes", ORIGIN
    )

    assert texts(Concat((Column(KEY), Column("kind"))), repeat) == ("ax", "by")
    assert texts(Out("provider", ("id",)), repeat) == ()


def test_inputs_that_are_outputs_are_unknown() -> None:
    """A rule can tell what is not set from what is not known yet."""
    node = instance(Lit("n"))

    assert at(node, "network") == (UNKNOWN,)
    assert at(node, "network.name") == (UNKNOWN,)
    assert at(node, "name") == ("n",)
    assert at(node, "disk.size") == (None,)


def test_every_item_of_a_list_counts() -> None:
    """The second of two interfaces with a public address is found; one that is not known yet is not."""
    lists = ([{"network": "a"}], [{"network": "a"}, {"access_configs": [{}]}], [{"access_configs": [out("provider")]}])
    found = [codes("gcp:compute/instance:Instance", (("network_interfaces", value(one)),)) for one in lists]

    assert found == [[], ["PLAN-E102"], []]


def test_disks_of_a_launch_template_are_encrypted() -> None:
    """Every disk says so; a template that says nothing leaves it to the image, which is not enough."""
    tokens = ("metadata_options", value({"http_tokens": "required"}))
    right = value([{"device_name": "/dev/sda1", "ebs": {"encrypted": "true"}}])
    wrong = value([{"device_name": "/dev/sda1", "ebs": {"encrypted": "true"}}, {"ebs": {"volume_size": 100}}])

    assert codes(TEMPLATE, (tokens, ("block_device_mappings", right))) == []
    assert codes(TEMPLATE, (tokens, ("block_device_mappings", wrong))) == ["PLAN-E104"]
    assert codes(TEMPLATE, (tokens,)) == ["PLAN-E104"]


def codes(kind: str, inputs: Inputs) -> list[str]:
    """Return the codes found in a plan of one resource."""
    node = Resource("node", kind, Lit("n"), inputs, "nodes", ORIGIN, Options("provider"))
    sections = (Section("account", "Account", ORIGIN), Section("nodes", "Nodes", ORIGIN))
    one = Plan("a.b.c", "a", "gcp", "r", "p", "t", sections, (PROVIDER, node), ())
    return [finding.code for finding in check_plans((one,))]


def test_a_name_stands_once_among_nodes_resources_and_exports() -> None:
    """A second node, resource or export of a name is found where its blueprint key stands."""
    first = Resource("key", "aws:s3/bucket:Bucket", Lit("key"), (), "nodes", ORIGIN, Options("provider"))
    again = replace(first, origin=(*ORIGIN, "again"))
    renamed = replace(again, key="other")
    exports = (Export("key_arn", out("provider")), Export("key_arn", out("key")))
    whole = plan(Repeat("rows", "row", Named(()), (), (), "nodes", ORIGIN))

    for nodes, given, path in (
        ((PROVIDER, first, again), (), again.origin),
        ((PROVIDER, first, renamed), (), again.origin),
        ((PROVIDER, first), exports, ORIGIN),
    ):
        found = check_plans((replace(whole, nodes=nodes, exports=given),))
        assert [(one.code, one.path) for one in found] == [("PLAN-E107", path)]


def test_user_data_is_counted_before_it_is_encoded() -> None:
    """A launch template holds Base64, an instance text; what is not Base64 has no size."""
    limit = 16 * 1024
    fits, bursts = (base64.b64encode(b"x" * size).decode() for size in (limit, limit + 1))
    found = [sizes(TEMPLATE, user_data=text) for text in (fits, bursts, "no Base64!" * limit)]

    assert found == [[], ["PLAN-E125"], []]
    assert sizes("aws:ec2/instance:Instance", user_data="x" * limit) == []
    assert sizes("aws:ec2/instance:Instance", user_data="\u00e9" * limit) == ["PLAN-E125"]


def test_user_data_of_a_template_is_encoded() -> None:
    """What is Base64, or not known yet, passes; a script as it is written does not, and an instance takes it."""
    told = value({"http_tokens": "required"}), value([{"ebs": {"encrypted": "true"}}])
    rest = tuple(zip(("metadata_options", "block_device_mappings"), told, strict=True))
    texts = Lit("IyEvYmluL2Jhc2gK"), out("script", "content"), Lit("#!/bin/bash")
    found = [codes(TEMPLATE, (("user_data", text), *rest)) for text in texts]

    assert found == [[], ["PLAN-E106"], ["PLAN-E127"]]
    assert codes("aws:ec2/instance:Instance", (("user_data", Lit("#!/bin/bash")),)) == []


def test_a_vpc_names_its_hosts() -> None:
    """AWS resolves names where nothing is said, and names hosts only where it is told to."""
    on, off = Lit(value=True), Lit(value=False)
    found = [
        codes("aws:ec2/vpc:Vpc", given)
        for given in (
            (("enable_dns_hostnames", on),),
            (("enable_dns_support", off), ("enable_dns_hostnames", on)),
            (("enable_dns_support", on),),
        )
    ]

    assert found == [[], ["PLAN-E126"], ["PLAN-E126"]]


def test_white_space_of_a_policy_is_not_counted() -> None:
    """A trust policy of 2,048 characters fits, however it is laid out."""
    assert sizes("aws:iam/role:Role", assume_role_policy="x \n" * 2_048) == []
    assert sizes("aws:iam/role:Role", assume_role_policy="x" * 2_049) == ["PLAN-E124"]


def sizes(kind: str, **inputs: str) -> list[str]:
    """Return the codes about size that are found in a plan of one resource."""
    return [code for code in codes(kind, tuple((name, Lit(text)) for name, text in inputs.items())) if code in SIZES]
